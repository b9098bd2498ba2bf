"""The tables of a proof, on screen and as files: rows of each side, freshness, checks, and who changed what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from data.access import ALLOWED
from data.report import ImportRecord
from metrics.definitions import Kpi
from metrics.rechecks import Outcome
from pages.parts import (
    archive,
    definition_save,
    fiche_files,
    fiche_rows,
    proof_reads,
    proof_words,
    tables,
)
from pages.parts.report import title_of
from pages.parts.source import Source
from pages.parts.status import status
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import beside, numbers, said, t, tn, units

ROWS, FRESH, CHECKS, CHANGES = "preuve-lignes", "preuve-fraicheur", "preuve-controles", "preuve-modifications"
MOST = 5000  # rows whose imports are counted one by one


@tables.offered(ROWS)
def rows_table(source: Source, asked: Asked) -> Table | None:
    """All rows of a side (``side``) of the KPI ``asked``, with their origin; the role is checked on the way."""
    kpi = source.kpi(asked.get("kpi", ""))
    side = (
        next((s for s in proof_reads.parts(source, kpi) if s.role == asked.get("side", "")), None)
        if kpi
        else None
    )
    if kpi is None or side is None:
        return None
    frame, _ = proof_reads.side_rows(source, kpi, side.role)
    words = t("{label} : {side}", label=said(kpi.label), side=proof_words.role(side).lower())
    return fiche_files.rows_of(source, kpi, frame, words)


@tables.offered(FRESH)
def freshness_table(source: Source, asked: Asked) -> Table | None:
    """The tables that the KPI ``asked`` rests on: rows, last event, last import."""
    kpi = source.kpi(asked.get("kpi", ""))
    if kpi is None:
        return None
    wanted = proof_reads.tables_of(source, kpi)
    columns = (
        Column(t("Table")),
        Column(t("Lignes"), "number", "n"),
        Column(t("Dernier évènement"), "date"),
        Column(t("Dernier import"), "number", "n"),
        Column(t("Importé le"), "moment"),
    )
    rows = [
        [title_of(f.table), f.rows, f.last_event, f.last_import, f.imported_at]
        for f in archive.books(source)[0]
        if f.table in wanted
    ]
    title = t("{label} : fraîcheur des tables", label=said(kpi.label))
    return tables.table(source, title, columns, rows, about=kpi.id)


@tables.offered(CHECKS)
def checks_table(source: Source, asked: Asked) -> Table | None:
    """What was checked about the value ``asked``, on what, and with which result; computed again when the page is made."""
    kpi = source.kpi(asked.get("kpi", ""))
    if kpi is None:
        return None
    columns = (Column(t("Contrôle")), Column(t("Porte sur")), Column(t("Résultat")), Column(t("Détail")))
    rows = [[what, where, _outcome(outcome), detail] for what, where, outcome, detail in _checks(source, kpi)]
    title = t("{label} : contrôles", label=said(kpi.label))
    return tables.table(source, title, columns, rows, version=kpi.version, about=kpi.id)


def _outcome(outcome: Outcome) -> Cell:
    words = {
        "passed": lambda: t("conforme"),
        "warned": lambda: t("à savoir"),
        "failed": lambda: t("en défaut"),
        "not_run": lambda: t("non rejoué"),
    }[outcome]()
    return Cell(words, status(proof_words.MARKS[outcome], words))


Line = tuple[str, str, Outcome, str]


def _checks(source: Source, kpi: Kpi) -> Iterator[Line]:
    found = proof_reads.checks(source, kpi.id)
    if found.value is not None:
        words = t("recalculé : {again}", again=units.text(found.value.again, kpi.unit, exact=True))
        yield (
            t("La valeur affichée est celle que ses lignes donnent à l’instant"),
            said(kpi.label),
            found.value.outcome,
            words,
        )
    for side, same in found.sums:
        told = t(
            "{shown} affichés, {again} additionnés",
            shown=numbers.plain(same.shown or 0),
            again=numbers.plain(same.again or 0),
        )
        yield t("Les lignes ouvertes s’additionnent au chiffre"), proof_words.role(side), same.outcome, told
    yield _cells(source, kpi)
    for rule in found.rules:
        where = ", ".join(title_of(name) for name in rule.tables)
        yield (
            f"{rule.number}. {proof_words.rule(rule.number)}",
            where,
            rule.outcome,
            proof_words.rule_result(rule),
        )
    if found.facts:
        outcome, words = proof_words.facts_result(found.facts, kpi)
        yield (
            t("Les valeurs données en exemple dans la définition se retrouvent"),
            t("Catalogue"),
            outcome,
            words,
        )
    yield _books(source)


def _cells(source: Source, kpi: Kpi) -> Line:
    """The checks of single cells, made when the rows came: no import enters with one bad cell."""
    wanted = proof_reads.tables_of(source, kpi)
    brought = sorted({f.last_import for f in archive.books(source)[0] if f.table in wanted and f.last_import})
    listed = ", ".join(map(str, brought))
    words = tn(
        "vérifiées à l’import {imports}", "vérifiées aux imports {imports}", len(brought), imports=listed
    )
    where = ", ".join(title_of(name) for name in wanted)
    rule = t(
        "Chaque cellule a son type, ses bornes et ses valeurs permises ; une seule fausse refuse le fichier entier"
    )
    return rule, where, "passed" if brought else "not_run", words if brought else t("aucun import")


def _books(source: Source) -> Line:
    """What the store does by itself: at start and before each writing the books are compared, else nothing is served."""
    version = source.store.version(source.actor)
    words = t("copie servie : {version}", version=version)
    return (
        t("Le registre et les tables concordent, sinon rien n’est servi"),
        t("Le magasin de données"),
        "passed",
        words,
    )


@dataclass(frozen=True)
class Change:
    """One thing that was done: when, by whom, what, and its words."""

    at: date | datetime | None
    who: str
    what: str
    words: str

    @property
    def order(self) -> str:
        """The day as text, so that days and moments stand in one order."""
        return self.at.isoformat() if self.at else ""


@tables.offered(CHANGES)
def changes_table(source: Source, asked: Asked) -> Table | None:
    """Who changed what about the KPI ``asked``: targets, bases, notes, definitions, and the imports of its tables; the last first."""
    kpi = source.kpi(asked.get("kpi", ""))
    if kpi is None:
        return None
    columns = (Column(t("Quand")), Column(t("Qui")), Column(t("Quoi")), Column(t("Détail")))
    done = sorted(
        [*decided(source, kpi), *defined(source, kpi), *imported(source, kpi)],
        key=lambda c: c.order,
        reverse=True,
    )
    rows = [[Cell(c.order or None, _when(c.at)), c.who or None, c.what, c.words] for c in done]
    title = t("{label} : qui a modifié quoi", label=said(kpi.label))
    return tables.table(source, title, columns, rows, version=kpi.version, about=kpi.id)


def _when(at: date | datetime | None) -> str:
    if at is None:
        return t("sans date")
    return numbers.moment(at) if isinstance(at, datetime) else numbers.short_day(at)


def decided(source: Source, kpi: Kpi) -> Iterator[Change]:
    """The decisions of journals: targets, new bases, notes, of the town and of the source's scope."""
    scopes = ["", source.scope] if source.scope else [""]
    for goal in (goal for scope in scopes for goal in source.goals.history(kpi.id, scope)):
        aimed = t(
            "Cible {target}, à partir du {day}",
            target=beside.target(goal.of(kpi)),
            day=numbers.day(goal.valid_from),
        )
        yield Change(
            goal.decided_on or goal.valid_from,
            goal.decided_by,
            t("Cible décidée"),
            f"{aimed} : {goal.reason}",
        )
    for base in source.rebases(kpi.id):
        since = t("Base recalculée à partir du {day}", day=numbers.day(base.rebased_on))
        yield Change(
            base.decided_on or base.rebased_on, base.decided_by, t("Base refaite"), f"{since} : {base.reason}"
        )
    for note in source.annotations(kpi.id):
        about = t("Sur le point du {day}", day=numbers.day(note.noted_on))
        yield Change(note.written_on or note.noted_on, note.signed_by, t("Note"), f"{about} : {note.words}")


def defined(source: Source, kpi: Kpi) -> Iterator[Change]:
    """The definition in force and those it replaced; when a text was replaced is known, by whom is not."""
    replaced = definition_save.replaced_at(source, kpi.id)
    for version, at in replaced:
        yield Change(
            at, "", t("Définition remplacée"), t("La version {n} est gardée telle quelle.", n=version)
        )
    words = t("Version {n}, fichier {file}", n=kpi.version, file=kpi.file)
    yield Change(None, kpi.owner, t("Définition en vigueur"), words)


def imported(source: Source, kpi: Kpi) -> Iterator[Change]:
    """The imports and undos that touched the tables of a value, with how many of its very rows each brought."""
    wanted = proof_reads.tables_of(source, kpi)
    brought = _brought(source, kpi)
    for record in archive.books(source)[1]:
        told = _counts(record, wanted)
        if not told:
            continue
        rows = brought.get(record.import_id)
        if rows:
            told += " ; " + tn(
                "{n} ligne de ce chiffre", "{n} lignes de ce chiffre", rows, n=numbers.decimal(rows)
            )
        files = ", ".join(record.files[:3]) + (" …" if len(record.files) > 3 else "")
        what = (
            t("Import {n} annulé", n=record.undoes) if record.undoes else t("Import {n}", n=record.import_id)
        )
        undone = t(" (annulé depuis)") if record.undone_by else ""
        yield Change(record.at, record.actor, f"{what}{undone}", f"{files} : {told}" if files else told)


def _counts(record: ImportRecord, wanted: Sequence[str]) -> str:
    """How many rows of these tables a record touched, by table."""
    found = []
    for name in wanted:
        touched = [
            side.get(name) for side in (record.added, record.changed, record.taken_back) if name in side
        ]
        if touched:
            count = sum(filter(None, touched))
            if count or None in touched:
                found.append(f"{title_of(name)} {numbers.decimal(count) if count else t('nombre non dit')}")
    return ", ".join(found)


def _brought(source: Source, kpi: Kpi) -> dict[int, int]:
    """How many of the rows behind a value each import brought; {} where the role opens no row, or they are too many."""
    if "read_rows" not in ALLOWED.get(source.actor.role, frozenset()) or kpi.is_survey:
        return {}
    ids: set[int] = set()
    for side in proof_reads.parts(source, kpi):
        frame, _ = proof_reads.side_rows(source, kpi, side.role)
        ids |= {int(number) for number in frame["_id"]}
    counts: dict[int, int] = {}
    for origin in fiche_rows.origins_of(source, sorted(ids)) if len(ids) <= MOST else ():
        if origin is not None:
            counts[origin.import_id] = counts.get(origin.import_id, 0) + 1
    return counts
