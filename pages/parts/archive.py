"""The store as its keeper sees it: history, freshness, the catalogue in use, the check of the books."""

from collections.abc import Sequence
from functools import lru_cache

from data.report import Freshness, ImportRecord, Verification
from pages.parts import numbers
from pages.parts.guard import notice
from pages.parts.markup import Html, facts, join, table, tag
from pages.parts.report import rows, summed, title_of
from pages.parts.source import Source
from pages.texts import said, t, tn

SHOWN = 100


@lru_cache(maxsize=16)
def books(source: Source) -> tuple[tuple[Freshness, ...], tuple[ImportRecord, ...]]:
    """The tables' freshness and the history, read once for each version and role."""
    return tuple(source.store.freshness(source.actor)), tuple(source.store.history(source.actor))


def title(source: Source, fresh: Sequence[Freshness]) -> str:
    """The finding of the screen: how much is there, and how recent."""
    total = sum(f.rows for f in fresh)
    if not total:
        return t("Aucune donnée pour l’instant")
    filled = sum(1 for f in fresh if f.rows)
    held = t("{rows} dans {tables}", rows=rows(total), tables=tn("{n} table", "{n} tables", filled))
    if source.latest is None:
        return held
    return t("{held}, à jour au {day}", held=held, day=numbers.day(source.latest))


def history(records: Sequence[ImportRecord]) -> Html:
    """Imports and undos, the last first."""
    if not records:
        return tag("p", t("Aucun import."), class_="lv-grey")
    head = (t("N°"), t("Quand"), t("Qui"), t("Fichiers"), t("Lignes"), t("État"))
    last = list(reversed(records))[:SHOWN]
    written = table(
        head, map(_record, last), right=(4,), caption=t("Historique des imports"), class_="lv-history"
    )
    rest = len(records) - len(last)
    return join(
        (
            written,
            tag("p", t("et {n} plus anciens.", n=numbers.decimal(rest)), class_="lv-note")
            if rest > 0
            else "",
        )
    )


def _record(record: ImportRecord) -> tuple[object, ...]:
    files = ", ".join(record.files) or numbers.NONE
    touched = summed((record.added, record.changed))
    return f"{record.import_id}", numbers.moment(record.at), record.actor, files, touched, _state(record)


def _state(record: ImportRecord) -> str:
    if record.undoes is not None:
        return t("annule l’import {n}", n=record.undoes)
    if record.undone_by is not None:
        return t("annulé")
    if record.warnings:
        return tn("enregistré, {n} avertissement", "enregistré, {n} avertissements", record.warnings)
    return t("enregistré")


def freshness(fresh: Sequence[Freshness]) -> Html:
    """Per table: rows, last event, last import."""
    head = (t("Table"), t("Lignes"), t("Dernier évènement"), t("Dernier import"))
    lines = [
        (title_of(f.table), numbers.decimal(f.rows), numbers.day(f.last_event), _import(f)) for f in fresh
    ]
    return table(head, lines, right=(1,), caption=t("Fraîcheur des tables"))


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
