"""An entry not yet saved, on the data: its value, its last 24 months, its directorates. Computed, stored nowhere."""

from dataclasses import dataclass
from functools import lru_cache

from metrics import compute
from metrics.definitions import Kpi
from metrics.editing import Candidate
from metrics.reading import Reading
from pages.parts import card, reads, status
from pages.parts.definition_save import candidate
from pages.parts.formula import period
from pages.parts.markup import Html, div, facts, heading, join, table, tag
from pages.parts.source import Source
from pages.texts import judgements, numbers, said, t, units

MONTHS = 24


@lru_cache(maxsize=64)
def tried(source: Source, name: str, text: str, ids: tuple[str, ...]) -> Candidate:
    """The catalogue with a file as it would be, kept as long as nothing changes."""
    return candidate(source, name, text, ids)


def refusals(found: Candidate) -> Html:
    """Why entries are refused and how to mend them."""
    items = (
        div("lv-notice bad", tag("p", tag("b", said(one.reason))), tag("p", said(one.mend)), role="alert")
        for one in found.refused
    )
    return join(items)


@dataclass(frozen=True)
class Preview:
    """What an entry gives, and whether its statement fails: then there is nothing to save."""

    html: Html
    failed: bool = False


@lru_cache(maxsize=64)
def preview(source: Source, name: str, text: str, id: str) -> Preview:
    """Value at the data date, sparkline, n, formula in words, and directorates of an entry that stands."""
    found = tried(source, name, text, (id,))
    if found.kpi is None or source.as_of is None:
        return Preview(Html(""))
    dates = sorted({source.as_of, *source.dates[:MONTHS]})
    series = compute.readings(source.engine, found.catalogue, [id], dates)
    now = next(reading for reading in series if reading.as_of == source.as_of)
    parts = (
        heading(2, t("Aperçu sur les données")),
        _value(source, found.kpi, now, series),
        _by(source, found, id),
    )
    return Preview(join(parts), failed=(now.reason or "").startswith("failed"))


def _value(source: Source, kpi: Kpi, now: Reading, series: list[Reading]) -> Html:
    one = {reading.period: reading for reading in series}
    drawn = card.trend(list(one.values()), kpi, source.as_of)
    why = "" if now.value is not None else tag("p", judgements.reason(now.reason))
    pairs = [
        (t("Au"), numbers.day(now.as_of)),
        (t("Effectif (n)"), numbers.NONE if now.n is None else numbers.decimal(now.n)),
        (t("Numérateur"), numbers.NONE if now.numerator is None else numbers.plain(now.numerator)),
        (t("Dénominateur"), numbers.NONE if now.denominator is None else numbers.plain(now.denominator)),
        (t("Période"), period(kpi)),
        (t("Version"), f"{kpi.version}"),
    ]
    return join(
        (div("lv-tried", card.value(now, kpi), drawn), why, div("", status.of_reading(now)), facts(pairs))
    )


def _by(source: Source, found: Candidate, id: str) -> Html:
    """The same entry by directorate, where it may be broken down so."""
    assert found.kpi is not None and source.as_of is not None
    if reads.DIMENSION not in found.kpi.by:
        return Html("")
    parts = compute.readings(source.engine, found.catalogue, [id], [source.as_of], by=reads.DIMENSION)
    lines = [
        (r.scope[reads.DIMENSION] or t("sans direction"), units.text(r.value, found.kpi.unit), f"{r.n or 0}")
        for r in parts
        if r.n
    ]
    head = (t("Direction"), t("Valeur"), t("n"))
    return table(head, lines, right=(1, 2), caption=t("Par direction")) if lines else Html("")
