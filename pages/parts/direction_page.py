"""A directorate's own page: its people, its KPIs in three groups, its score, its files, what moved."""

from metrics import cascade, scores
from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.parts import page, tables
from pages.parts.card import card
from pages.parts.directions_reads import MOST_FILES, File, files, staff, structure, within
from pages.parts.fiche_columns import label as code_label
from pages.parts.fiche_finding import label, start_of, value_words
from pages.parts.markup import Html, div, esc, facts, join, link, section, span, tag
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source
from pages.parts.svg import arrow
from pages.parts.tables import Cell, Column
from pages.parts.why_words import delta
from pages.texts import numbers, t, tn, units

FEW = 6  # moves told


@kept(maxsize=VIEWS)
def body(source: Source, name: str) -> Html:
    """The page of a directorate that is known, kept by store version, language, date and name."""
    here = within(source, name)
    kpis = cascade.identical(source.catalogue)
    return join(
        (
            _head(here, name),
            _identical(here, kpis),
            _own(source, name),
            div("lv-two", _moved(here, kpis), _alone(source)),
            _files(source, name),
        )
    )


def _head(here: Source, name: str) -> Html:
    readings = cascade.readings_of(here.catalogue, name, here.readings(), here.whole_town().readings())
    rolled = scores.roll_up(cascade.of_directorate(here.catalogue, name, readings), readings).total
    judged = [one for one in readings.values() if one.score is not None]
    met = sum(one.status == "on_target" for one in judged)
    title = (
        tn(
            "{name} : une cible atteinte sur {all}",
            "{name} : {n} cibles atteintes sur {all}",
            met,
            name=name,
            all=len(judged),
        )
        if judged and met
        else t("{name} : aucune des {all} cibles n’est atteinte", name=name, all=len(judged))
        if judged
        else t("{name} : aucun indicateur n’y est jugé à cette date", name=name)
    )
    covered = units.text(rolled.coverage, "ratio")
    score = (
        t("{score} sur 100", score=numbers.score(rolled.score, rolled.status == "on_target"))
        if rolled.score is not None
        else t("non calculé, trop peu du poids est couvert")
    )
    about = staff(here, name)
    pairs = [
        (t("Effectif"), _people(about) if about else t("aucun état des effectifs ne la nomme")),
        (t("Score"), score),
        (t("Couverture du poids"), covered),
        (t("Dossiers pilotés"), numbers.decimal(len(files(here, name)))),
    ]
    steer = link(here.link(""), t("Toute la synthèse de cette direction"))
    return page.head(
        title,
        kicker=join((link(here.link("directions"), t("Directions")), " · ", numbers.day(here.as_of))),
        lead=steer,
        aside=facts(pairs),
    )


def _people(about: object) -> str:
    headcount, fte, day = (getattr(about, field) for field in ("headcount", "fte", "as_of"))
    told = tn("{n} agent", "{n} agents", headcount, n=numbers.decimal(headcount))
    if fte is not None:
        told = t("{people}, {fte} ETP", people=told, fte=numbers.plain(fte, 1))
    return t("{people} au {day}", people=told, day=numbers.day(day))


def _identical(here: Source, kpis: list[Kpi]) -> Html:
    readings = here.readings()
    cards = [card(here, kpi, readings[kpi.id]) for kpi in kpis if kpi.id in readings]
    title = tn(
        "Un indicateur identique à celui de la Ville",
        "{n} indicateurs identiques à ceux de la Ville",
        len(cards),
    )
    note = t(
        "La même définition, recalculée sur les lignes de la direction. Un montant n’y est jugé que par une cible qui lui est propre."
    )
    if not cards:
        return section(t("Aucun indicateur de la Ville n’a de ligne pour cette direction"), note=note)
    return section(title, div("lv-cards", *cards), note=note)


def _own(source: Source, name: str) -> Html:
    """Contributive and own KPIs, each group under its title; they are computed on the perimeter that their note tells."""
    own = cascade.own_of(source.catalogue, name)
    feeding = [kpi for kpi in own if kpi.contributes_to]
    alone = [kpi for kpi in own if not kpi.contributes_to]
    return join(
        (
            _group(source, feeding, t("Contributifs : ils nourrissent un indicateur de la Ville")),
            _group(source, alone, t("Propres à la direction")),
        )
    )


def _group(source: Source, kpis: list[Kpi], title: str) -> Html:
    if not kpis:
        return section(title, tag("p", t("Aucun au catalogue.")))
    whole = source.whole_town()
    readings = whole.readings()
    shown = [join((card(whole, kpi, readings.get(kpi.id)), _feeds(source, kpi))) for kpi in kpis]
    return section(title, div("lv-cards", *(tag("div", one) for one in shown)))


def _feeds(source: Source, kpi: Kpi) -> Html:
    """On whose rows it is computed, and which KPI of the town it feeds."""
    fed = source.catalogue.kpis.get(kpi.contributes_to)
    parts = [esc(t("Périmètre : Ville"))] if cascade.is_town_wide(kpi) else []
    if fed is not None:
        to = link(source.whole_town().link("fiche", kpi=fed.id), label(fed))
        parts.append(join((t("Nourrit"), " ", to)))
    return div("lv-note", join(parts, " · ")) if parts else Html("")


def _moved(here: Source, kpis: list[Kpi]) -> Html:
    """The KPIs that moved since a year before, those whose score moved most first."""
    moves = []
    for kpi in kpis:
        now = here.readings().get(kpi.id)
        start = start_of(now, here.series(kpi.id)) if now is not None and now.value is not None else None
        if now is not None and start is not None:
            moves.append((kpi, start, now))
    if not moves:
        return section(t("Rien n’a bougé depuis un an"))
    moves.sort(key=lambda one: -abs((one[2].score or 0.0) - (one[1].score or 0.0)))
    items = [_move(here, *one) for one in moves[:FEW]]
    title = tn("Un indicateur a bougé", "{n} indicateurs ont bougé", len(moves))
    note = t("Les {n} dont le score a le plus changé.", n=FEW) if len(moves) > FEW else ""
    return section(title, tag("ul", *items, class_="lv-moved"), note=note)


def _move(here: Source, kpi: Kpi, start: Reading, now: Reading) -> Html:
    before, after = start.value or 0.0, now.value or 0.0
    better = None if kpi.direction == "band" else (after > before) == (kpi.direction == "up")
    word = (
        t("sans sens imposé")
        if better is None
        else t("dans le bon sens")
        if better
        else t("dans le mauvais sens")
    )
    kind = "wave" if better is None else "up" if better else "down"  # the arrow says better or worse
    told = t(
        "de {before} en {month} à {after}",
        before=value_words(before, kpi.unit),
        month=numbers.month(start.as_of),
        after=value_words(after, kpi.unit),
    )
    return tag(
        "li",
        link(here.link("fiche", kpi=kpi.id), label(kpi)),
        span("lv-grey", told),
        span("num", arrow(kind), " ", delta(after - before, kpi.unit), " ", span("lv-grey", word)),
    )


def _alone(source: Source) -> Html:
    """The other directorates, to go from one to the next."""
    items = [tag("li", link(source.link("direction", name=name), name)) for name in structure(source)]
    return section(t("Toutes les directions"), tag("ul", *items, class_="lv-news"))


def _files(source: Source, name: str) -> Html:
    found = files(source, name)
    title = tn("Un dossier ouvert piloté", "{n} dossiers ouverts pilotés", len(found))
    if not found:
        return section(t("Aucun dossier ouvert piloté à cette date"))
    note = t("Du plus ancien au plus récent.")
    if len(found) == MOST_FILES:
        note = t("Les {n} plus anciens.", n=MOST_FILES)
    return section(
        title, tables.drawn(source, "direction-dossiers", class_="lv-stack", directorate=name), note=note
    )


@tables.offered("direction-dossiers")
def files_table(source: Source, asked: tables.Asked) -> tables.Table | None:
    """The open files that ``directorate`` leads, the oldest first."""
    name = asked.get("directorate", "") or source.scope
    found = files(source, name) if name else ()
    if not found:
        return None
    columns = [
        Column(t("Identifiant"), on_screen=False),
        Column(t("Dossier")),
        Column(t("Thème")),
        Column(t("Étape")),
        Column(t("Ouvert le"), "date", on_screen=False),
        Column(t("Ouvert depuis"), "number", "days"),
        Column(t("Coût HT"), "number", "eur"),
    ]
    title = t("Dossiers pilotés par {name}", name=name)
    return tables.table(source, title, columns, [_file(source, one) for one in found], filters=name)


def _file(source: Source, one: File) -> list[object]:
    age = (source.as_of - one.opened_on).days if source.as_of else 0
    return [
        one.project_id,
        Cell(one.title, join((span("lv-code", one.project_id), " ", one.title))),
        one.theme,
        code_label("stage", one.stage) if one.stage else t("aucune étape"),
        one.opened_on,
        Cell(age, t("{n} j", n=numbers.decimal(age))),
        Cell(one.total_cost_amount, units.text(one.total_cost_amount, "eur")),
    ]


def unknown(source: Source, asked: str) -> Html:
    """For a name that no directorate bears: which there are."""
    names = structure(source)
    title = (
        t("Aucune direction ne s’appelle « {name} »", name=asked)
        if asked
        else t("De quelle direction voulez-vous la fiche ?")
    )
    items = [tag("li", link(source.link("direction", name=name), name)) for name in names]
    lead = "" if names else t("Ni effectifs ni projets ne nomment de direction à cette date.")
    return join(
        (
            page.head(title, kicker=t("Fiche direction"), lead=lead),
            section(t("Les directions"), tag("ul", *items, class_="lv-news")),
        )
    )
