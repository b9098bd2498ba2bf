"""The store as its keeper sees it: history, freshness, the catalogue in use, the check of the books."""

from collections.abc import Sequence

from data.report import Freshness, ImportRecord, Verification
from data.rounding import ANSWERS, FEW
from pages.parts import tables
from pages.parts.guard import notice
from pages.parts.markup import Html, facts, tag
from pages.parts.once import kept
from pages.parts.report import rows, title_of
from pages.parts.source import Source
from pages.parts.tables import Cell, Column
from pages.texts import numbers, said, t, tn
from schemas.tables import TABLES

SHOWN = 100


@kept(maxsize=16)
def books(source: Source) -> tuple[tuple[Freshness, ...], tuple[ImportRecord, ...]]:
    """The tables' freshness and the history, read once for each version and role."""
    return tuple(source.store.freshness(source.actor)), tuple(source.store.history(source.actor))


def title(source: Source, fresh: Sequence[Freshness]) -> str:
    """The finding of the screen: how much is there, and how recent."""
    decided = sum(
        f.rows or 0 for f in fresh if TABLES[f.table].is_journal and not TABLES[f.table].is_register
    )
    fresh = [f for f in fresh if not TABLES[f.table].is_journal]
    total = sum(f.rows or 0 for f in fresh)
    if not total:
        return t("Aucune donnée pour l’instant")
    filled = sum(1 for f in fresh if f.rows or f.last_import)
    held = t("{rows} dans {tables}", rows=rows(total), tables=tn("{n} table", "{n} tables", filled))
    if decided:
        held = tn(
            "{held}, et {n} décision (cibles, bases, notes)",
            "{held}, et {n} décisions (cibles, bases, notes)",
            decided,
            held=held,
            n=numbers.decimal(decided),
        )
    if source.latest is None:
        return held
    return t("{held}, à jour au {day}", held=held, day=numbers.day(source.latest))


def history(source: Source) -> Html:
    """Imports and undos, the last first."""
    body = tables.drawn(source, "imports-historique", class_="lv-history", most=SHOWN)
    return body or tag("p", t("Aucun import."), class_="lv-grey")


@tables.offered("imports-historique")
def history_table(source: Source, asked: tables.Asked) -> tables.Table:
    """Every import and undo, the last first."""
    columns = (
        Column(t("N°")),
        Column(t("Quand"), "moment"),
        Column(t("Qui")),
        Column(t("Fichiers")),
        Column(t("Lignes"), "number", "n"),
        Column(t("État")),
    )
    rows = [_record(record) for record in reversed(books(source)[1])]
    return tables.table(source, t("Historique des imports"), columns, rows)


def _record(record: ImportRecord) -> list[Cell | tables.Value]:
    files = Cell(", ".join(record.files) or None, ", ".join(record.files) or numbers.NONE)
    return [
        f"{record.import_id}",
        record.at,
        record.actor,
        files,
        _count(record.withdrawn or record.written),
        _state(record),
    ]


def _count(rows: int | None, table: str = ANSWERS) -> Cell | int:
    """A count of rows; survey answers too few to be counted say so, those to optional scales are never counted."""
    return Cell(None, said(FEW) if table == ANSWERS else numbers.NONE) if rows is None else rows


def _state(record: ImportRecord) -> str:
    if record.undoes is not None:
        return t("annule l’import {n}", n=record.undoes)
    if record.undone_by is not None:
        return t("annulé")
    if record.withdrawn:
        return tn("{n} ligne retirée", "{n} lignes retirées", record.withdrawn)
    if record.warnings:
        return tn("enregistré, {n} avertissement", "enregistré, {n} avertissements", record.warnings)
    return t("enregistré")


def freshness(source: Source) -> Html:
    """Per table: rows, last event, last import."""
    return tables.drawn(source, "imports-fraicheur")


@tables.offered("imports-fraicheur")
def freshness_table(source: Source, asked: tables.Asked) -> tables.Table:
    """Per table: rows, last event, last import."""
    columns = (
        Column(t("Table")),
        Column(t("Lignes"), "number", "n"),
        Column(t("Dernier évènement"), "date"),
        Column(t("Dernier import")),
    )
    rows = [
        [
            title_of(f.table),
            _count(f.rows, f.table),
            Cell(f.last_event, numbers.day(f.last_event)),
            _import(f),
        ]
        for f in books(source)[0]
    ]
    return tables.table(source, t("Fraîcheur des tables"), columns, rows)


def _import(fresh: Freshness) -> str:
    if fresh.last_import is None:
        return numbers.NONE
    return t("n° {n}, {at}", n=fresh.last_import, at=numbers.short_day(fresh.imported_at))


def catalogue(source: Source) -> Html:
    """Which definitions the store uses, and how many were refused."""
    bound, held = source.store.catalogue(source.actor), source.catalogue
    origin = (
        t("livré : {name}", name=bound.shipped)
        if bound.shipped
        else t("venu avec un import")
        if bound.files
        else t("celui de la ville")
    )
    pairs = [
        (t("Tableau de bord"), source.town),
        (t("Catalogue"), origin),
        (t("Indicateurs"), numbers.decimal(len(held.kpis))),
        (t("Entrées refusées"), numbers.decimal(len(held.refused))),
    ]
    return facts(pairs)


def verification(found: Verification) -> Html:
    """Whether the books agree; what is wrong if not."""
    if found.ok:
        mark = (found.content_sha256 or "")[:12]
        return notice(
            t("Registre et tables concordent."), t("Empreinte du contenu : {mark}", mark=mark), "good"
        )
    words = " ".join(said(problem) for problem in found.problems)
    return notice(t("Registre et tables ne concordent pas."), words)
