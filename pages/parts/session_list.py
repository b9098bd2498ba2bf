"""The sessions recorded last, by whom, each with the way to correct or withdraw it."""

from pages.parts import session_reads, session_words, tables
from pages.parts.fiche_rows import may_see
from pages.parts.markup import link, section, show, tag
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import numbers, t

TABLE = "seance-dernieres"


def draw(source: Source) -> None:
    """Put the list on the page."""
    drawn = tables.drawn(session_reads.now(source), TABLE, class_="lv-labels lv-eco-tight")
    none = tag("p", t("Aucune séance n’est encore notée."), class_="lv-grey")
    note = t("Saisies ou importées. Ouvrez-en une pour la corriger ou la retirer.")
    show(section(t("Dernières séances notées"), drawn or none, note=note))


@tables.offered(TABLE)
def last_table(source: Source, asked: Asked) -> Table | None:
    """The ten sessions recorded last, with who recorded them and how."""
    if not may_see(source) or not (found := session_reads.last(source)):
        return None
    names = {p.practice: p.name for p in session_reads.practices(source)}
    by = session_reads.origins(source, [id for id, _ in found])
    rows = []
    for id, session in found:
        who, file, number, at = by[id]
        what = session_words.named(session, names)
        href = source.link("seance", session=session.session_id)
        said = t("Corriger ou retirer : {held}", held=session_words.held(session, names))
        rows.append(
            [
                Cell(what, link(href, what, aria_label=said)),
                session.held_on,
                session.directorate or t("plusieurs directions"),
                session.participants,
                session.newcomers,
                session.opinions,
                session.opinions_relevant,
                session.hours,
                who,
                file,
                Cell(number, t("import {n}, {day}", n=number, day=numbers.short_day(at))),
                session.session_id,
            ]
        )
    return tables.table(source, t("Dernières séances notées"), _columns(), rows)


def _columns() -> list[Column]:
    return [
        Column(t("Séance")),
        Column(t("Date"), "date"),
        Column(t("Direction")),
        Column(t("Participants"), "number", "n"),
        Column(t("Nouveaux"), "number", "n"),
        Column(t("Avis"), "number", "n"),
        Column(t("Pertinents"), "number", "n"),
        Column(t("Heures"), "number", "hours"),
        Column(t("Par")),
        Column(t("Source")),
        Column(t("Import")),
        Column(t("Identifiant"), on_screen=False),
    ]
