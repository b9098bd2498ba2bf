"""A practice's sheet: what it is, how far it has come, what its sessions gave, and each of them down to its cell. It prints."""

from metrics.ecosystem import Practice
from pages.parts import eco_panels, eco_reads, eco_tables, eco_words, overview, page, session_words, tables
from pages.parts.fiche_columns import label
from pages.parts.fiche_rows import brought, may_see, origins_of, place
from pages.parts.markup import Html, div, facts, heading, join, link, section, tag
from pages.parts.signal_forms import may_write
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import numbers, t, tn, units

SESSIONS = "outil-seances"


def body(source: Source, asked: str) -> Html:
    """The whole sheet of the practice that the address names; who may not open rows does without its sessions."""
    found = eco_reads.practices_of(source)
    if found is None:
        return overview.empty(source, t("Fiche outil"))
    practice = found.of(asked)
    if practice is None:
        return _unknown(source, asked, found.practices)
    head = page.head(
        practice.name,
        kicker=t("Outil du levier « {lever} »", lever=label("lever", practice.lever)),
        lead=practice.description,
        aside=session_words.way(source, practice.practice),
    )
    return join(
        (
            head,
            div("lv-two", _about(practice), _uses(source, practice)),
            _opinions(practice),
            _sessions(source, practice),
            _files(source, practice),
        )
    )


def _about(practice: Practice) -> Html:
    pairs = [
        (t("Levier"), label("lever", practice.lever)),
        (t("Révolution"), str(practice.revolution)),
        (t("État"), eco_words.mark(practice.state, eco_words.dated(practice))),
        (t("Expérimenté le"), numbers.day(practice.trialled_on)),
        (t("Validé le"), numbers.day(practice.validated_on)),
        (t("Mis en œuvre le"), numbers.day(practice.deployed_on)),
    ]
    return section(t("L’outil"), facts(pairs))


def _uses(source: Source, practice: Practice) -> Html:
    uses = practice.uses
    returned = (
        numbers.NONE
        if uses.return_rate is None
        else t("{share} de {n} participations", share=units.text(uses.return_rate, "ratio"), n=uses.counted)
    )
    alone = ", ".join(f"{name} ({n})" for name, n in practice.autonomous)
    pairs = [
        (t("Séances"), numbers.decimal(uses.sessions)),
        (t("Participations"), numbers.decimal(uses.participants)),
        (t("Nouveaux participants"), eco_words.count(uses.newcomers)),
        (t("Taux de retour"), returned),
        (t("Heures mobilisées"), eco_words.known_hours(uses)),
        (t("Coût externe"), eco_words.cost(uses)),
        (t("Score avant et après"), eco_words.before_after(uses)),
        (t("Directions autonomes, 90 jours (séances)"), alone or t("aucune")),
    ]
    note = source.scope or t("Toute la ville")
    return section(t("Ce que les séances ont donné"), facts(pairs), note=note)


def _opinions(practice: Practice) -> Html:
    found = practice.uses.relevance
    if found is None:
        return section(
            t("Aucun avis exprimé"), tag("p", t("Les avis se saisissent avec la séance."), class_="lv-grey")
        )
    share, low, high = found
    title = t(
        "{relevant} avis « pertinent » sur {n}", relevant=practice.uses.relevant, n=practice.uses.opinions
    )
    words = t(
        "{share}, intervalle exact à 95 % (Clopper-Pearson) {limits}. Ce sont des volontaires : rien n’est dit de ceux qui ne sont pas venus.",
        share=units.text(share, "ratio"),
        limits=units.interval(low, high, "ratio"),
    )
    return section(title, tag("p", words))


def _sessions(source: Source, practice: Practice) -> Html:
    if not may_see(source):
        return section(t("Les séances"), note=t("Votre rôle ne permet pas de voir les lignes."))
    drawn = tables.drawn(source, SESSIONS, class_="lv-labels lv-eco-tight", id=practice.practice)
    title = tn("{n} séance", "{n} séances", practice.uses.sessions)
    none = tag("p", t("Aucune séance à cette date."), class_="lv-grey")
    return section(title if drawn else t("Les séances"), drawn or none)


def _files(source: Source, practice: Practice) -> Html:
    words = t("Fiche de {name}", name=practice.name)
    return section(
        t("Cette fiche en open data"),
        tables.links(source, eco_tables.PRACTICES, words, id=practice.practice),
        eco_panels.open_data(source, id=practice.practice),
        tag("p", link(source.link("ecosysteme"), t("Voir les 12 leviers"))),
        class_="lv-eco-files",
    )


@tables.offered(SESSIONS)
def sessions_table(source: Source, asked: Asked) -> Table | None:
    """The sessions of practice ``id`` up to the date, each with the cell it comes from."""
    id = asked.get("id", "")
    if source.as_of is None or not (found := eco_reads.sessions(source, id)):
        return None
    origins = origins_of(source, [int(row["_id"]) for row in found])
    rows = [
        [
            _opened(source, row["session_id"]),
            row["held_on"],
            row["directorate"] or t("plusieurs directions"),
            t("équipe projet") if row["is_run_by_team"] else t("direction"),
            *(row[name] for name in COUNTS),
            place(origin),
            brought(origin),
        ]
        for row, origin in zip(found, origins, strict=True)
    ]
    return tables.table(source, t("Séances de {id}", id=id), _columns(), rows, about=id)


def _opened(source: Source, id: str) -> object:
    """A session's identifier, for who may note sessions the way to correct it."""
    if not may_write(source):
        return id
    said = t("Corriger ou retirer : {held}", held=id)
    return Cell(id, link(source.link("seance", session=id), id, aria_label=said))


COUNTS = ("participants", "newcomers", "opinions", "opinions_relevant", "hours", "external_cost_amount")


def _columns() -> list[Column]:
    return [
        Column(t("Séance")),
        Column(t("Date"), "date"),
        Column(t("Direction")),
        Column(t("Animée par")),
        Column(t("Participants"), "number", "n"),
        Column(t("Nouveaux"), "number", "n"),
        Column(t("Avis"), "number", "n"),
        Column(t("Pertinents"), "number", "n"),
        Column(t("Heures"), "number", "hours"),
        Column(t("Coût externe"), "number", "eur"),
        Column(t("Fichier, feuille, ligne")),
        Column(t("Import")),
    ]


def _unknown(source: Source, asked: str, known: tuple[Practice, ...]) -> Html:
    """A code that nobody knows: every practice there is."""
    title = (
        t("Aucun outil ne porte le code « {asked} »", asked=asked[:60])
        if asked
        else t("Quel outil voulez-vous ouvrir ?")
    )
    items = [tag("li", link(source.link("outil", id=p.practice), p.name)) for p in known]
    way = link(source.link("ecosysteme"), t("Voir les 12 leviers"), class_="lv-button main")
    listed = div("lv-notice", heading(3, t("Les outils")), tag("ul", *items), role="status") if items else ""
    return join((page.head(title, kicker=t("Fiche outil")), listed, tag("p", way)))
