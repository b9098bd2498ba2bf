"""The tables of the sealed weeks: the list, and between two moments values, changes, corrections, decisions."""

from collections.abc import Iterator, Mapping, Sequence

from data.problems import NoSuchWeek, SealAltered
from metrics.meetings import Action, Decision, read_actions, read_meeting
from metrics.reading import Reading
from pages.exports.table import Cell, Column, Table
from pages.parts import status, tables, weeks_reads
from pages.parts.markup import join, link
from pages.parts.source import Source
from pages.parts.tables import Asked
from pages.parts.weeks_reads import Pair
from pages.texts import judgements, numbers, said, sentences, t, units
from pages.texts.weeks import week_title
from schemas.tables import TABLES

LIST, VALUES, CHANGES = "semaines-liste", "semaines-valeurs", "semaines-changements"
CORRECTED, DECIDED = "semaines-corrections", "semaines-decisions"


@tables.offered(LIST)
def list_table(source: Source, asked: Asked) -> Table:
    """Every sealed week, the last sealed first."""
    columns = (
        Column(t("Semaine")),
        Column(t("Code"), on_screen=False),
        Column(t("Données au"), "date"),
        Column(t("Revue tenue le"), "date"),
        Column(t("Scellée le"), "date"),
        Column(t("Par")),
        Column(t("Décisions"), "number", "n"),
        Column(t("Actions"), "number", "n"),
        Column(t("État")),
        Column(t("Ouvrir"), in_file=False),
        Column(t("Empreinte"), on_screen=False),
        Column(t("Maillon"), on_screen=False),
    )
    rows = list(_weeks(source))
    return tables.table(source, t("Semaines scellées"), columns, rows)


def _weeks(source: Source) -> Iterator[list[object]]:
    engine, wrong = source.live.engine(source.actor), weeks_reads.problems(source)
    for seal in weeks_reads.weeks(source):
        held = read_meeting(engine, seal.week)
        counts = [len(held.decisions), len(held.actions)] if held else [None, None]
        state = t("altérée") if wrong.get(seal.week) else t("intacte")
        there = link(source.link("", week=seal.week), t("Synthèse"))
        review = link(source.link("revue", week=seal.week, meeting=seal.week), t("Revue"))
        since = link(source.link("semaines", since=seal.week, until=weeks_reads.TODAY), t("Depuis"))
        opened = Cell(None, join((there, review, since), " · "))
        name = Cell(seal.week, link(source.link("", week=seal.week), week_title(seal.week)))
        days = [seal.as_of, seal.held_on, seal.sealed_on]
        yield [
            name,
            seal.week,
            *days,
            seal.sealed_by,
            *counts,
            state,
            opened,
            seal.content_sha256,
            seal.chain,
        ]


def _pair(source: Source, asked: Asked) -> Pair | None:
    """The moments of an address; None where one of them cannot be opened."""
    try:
        return weeks_reads.pair(source, asked.get("since", ""), asked.get("until", ""))
    except (NoSuchWeek, SealAltered):
        return None


def _made(
    source: Source, pair: Pair, title: str, columns: Sequence[Column], rows: Sequence[Sequence[object]]
) -> Table:
    about = f"{pair.since.week}-{pair.until.week or weeks_reads.TODAY}"
    return tables.table(source, title, columns, rows, filters=pair.words, about=about)


@tables.offered(VALUES)
def values_table(source: Source, asked: Asked) -> Table | None:
    """The KPIs at both moments, the headline and what is judged otherwise first."""
    pair = _pair(source, asked)
    if pair is None:
        return None
    columns = (
        *(Column(words) for words in (t("Code"), t("Indicateur"))),
        *(Column(words, "number") for words in (t("Valeur d’alors"), t("Valeur d’ensuite"))),
        Column(t("Unité"), on_screen=False),
        *(Column(words) for words in (t("Statut d’alors"), t("Statut d’ensuite"))),
        *(Column(words, "number", on_screen=False) for words in (t("Cible d’alors"), t("Cible d’ensuite"))),
    )
    found = weeks_reads.sides(pair.since, pair.until)
    rows = []
    for side in found:
        unit = side.kpi.unit
        name = Cell(
            said(side.kpi.label), link(pair.until.link("fiche", kpi=side.kpi.id), said(side.kpi.label))
        )
        values = [_value(one, unit) for one in (side.then, side.now)]
        judged = [Cell(judgements.word_of(one), status.of_reading(one)) for one in (side.then, side.now)]
        goals = [one.target if one else None for one in (side.then, side.now)]
        rows.append([side.kpi.code, name, *values, units.unit_name(unit), *judged, *goals])
    return _made(source, pair, t("Valeurs d’alors, valeurs d’ensuite"), columns, rows)


def _value(reading: Reading | None, unit: str) -> Cell:
    if reading is None or reading.value is None:
        return Cell(None)
    return Cell(reading.value, units.text(reading.value, unit))


@tables.offered(CHANGES)
def changes_table(source: Source, asked: Asked) -> Table | None:
    """Everything that changed, stands or left between two moments, in sentences."""
    pair = _pair(source, asked)
    found = weeks_reads.between(pair.since, pair.until) if pair else None
    if pair is None or found is None:
        return None
    columns = [
        Column(words)
        for words in (
            t("Quoi"),
            t("Titre"),
            t("Phrase"),
            t("Clé"),
            t("Indicateur"),
            t("Projet"),
            t("Partenaire"),
        )
    ]
    rows = [[_what(one), *_said(one, pair.until)] for one in found] + [
        [t("ne tient plus"), *_said(one, pair.since)] for one in weeks_reads.gone(pair.since, pair.until)
    ]
    return _made(source, pair, t("Changements"), columns, rows)


def _what(one: weeks_reads.Change) -> str:
    if one.is_new:
        return t("nouveau")
    return t("s’aggrave") if one.is_news else t("tient encore")


def _said(one: weeks_reads.Change, source: Source) -> list[object]:
    words = [sentences.title(one, source.catalogue), sentences.sentence(one, source.catalogue)]
    return [*words, one.key, one.kpi or None, one.project or None, one.partner or None]


@tables.offered(CORRECTED)
def corrected_table(source: Source, asked: Asked) -> Table | None:
    """Which data of the past were corrected since, by which import and whom."""
    pair = _pair(source, asked)
    found = weeks_reads.between(pair.since, pair.until) if pair else None
    if pair is None or found is None:
        return None
    columns = (
        Column(t("Table")),
        *(Column(words, "number", "n") for words in (t("Modifiées"), t("Ajoutées"), t("Retirées"))),
        Column(t("Colonnes")),
        *(Column(words, "date") for words in (t("Du"), t("Au"))),
        Column(t("Import"), "number", "n"),
        Column(t("Fichiers")),
        Column(t("Importé le"), "moment"),
        Column(t("Par")),
    )
    rows = [_correction(pair, one) for one in found if one.kind == "correction"]
    return _made(source, pair, t("Données corrigées"), columns, rows)


def _correction(pair: Pair, one: weeks_reads.Change) -> list[object]:
    facts, table = one.facts, TABLES[one.table]
    counts = [int(facts.get(name) or 0) for name in ("changed", "added", "removed")]
    names = ", ".join(said(table.column(name).title) for name in facts.get("columns") or ())
    number = Cell(
        int(facts["number"]), link(pair.until.link("imports"), t("Import {n}", n=int(facts["number"])))
    )
    files = ", ".join(facts.get("files") or ()) or None
    days = [facts.get("first_on"), facts.get("last_on")]
    return [
        said(table.title),
        *counts,
        names or None,
        *days,
        number,
        files,
        facts.get("at"),
        facts.get("actor"),
    ]


@tables.offered(DECIDED)
def decided_table(source: Source, asked: Asked) -> Table | None:
    """The decisions and actions of the reviews of both moments as they were sealed, with the state of the later one."""
    pair = _pair(source, asked)
    if pair is None:
        return None
    columns = (
        *(Column(words) for words in (t("Semaine"), t("Quoi"), t("En mots"), t("Qui"))),
        Column(t("Pour le"), "date"),
        Column(t("État")),
    )
    ended = {one.action_id: one for one in read_actions(pair.until.engine)}
    rows = [row for moment in (pair.since, pair.until) for row in _decided(moment, ended)]
    return _made(source, pair, t("Décisions et actions"), columns, rows)


def _decided(moment: Source, ended: Mapping[str, Action]) -> Iterator[list[object]]:
    held = weeks_reads.meeting(moment)
    if held is None:
        return
    shown = Cell(held.meeting_id, week_title(held.meeting_id))
    for decision in held.decisions:
        yield [shown, t("Décision"), _about(moment, decision), decision.decided_by or None, None, None]
    for action in held.actions:
        state = _state(action, ended.get(action.action_id, action))
        yield [shown, t("Action"), _about(moment, action), action.owner, action.due_on, state]


def _about(moment: Source, one: Decision | Action) -> Cell:
    """The words, and what they are about as a link."""
    if one.kpi:
        return Cell(one.words, link(moment.link("fiche", kpi=one.kpi), one.words))
    if one.project:
        return Cell(one.words, link(moment.link("projet", id=one.project), one.words))
    return Cell(
        one.words, link(moment.link("partenaire", id=one.partner), one.words) if one.partner else None
    )


def _state(then: Action, now: Action) -> str:
    """How an action stands at the later moment; said where it was closed between the two."""
    closed = t(" le {day}", day=numbers.day(now.closed_on)) if now.closed_on else ""
    words = {"open": t("à faire"), "done": t("faite"), "dropped": t("abandonnée")}
    told = f"{words.get(now.state, now.state)}{closed}"
    return t("{state}, close entre les deux", state=told) if then.is_open and not now.is_open else told
