"""Who gives and with what leverage: by kind of partner, by programme, by year."""

from collections.abc import Sequence

from metrics.definitions import Kpi
from pages.parts import chart, tables
from pages.parts.fiche_columns import label
from pages.parts.fiche_reads import Group, groups
from pages.parts.levier_bars import Bar, bars
from pages.parts.levier_reads import kpi_of
from pages.parts.markup import Html, link, section, tag
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import numbers, t, units
from pages.texts.leverage import funders_title, leverage_words, years_title

MOST = 20  # programmes drawn, the largest; the table has them all
RAISED, CONCENTRATION = "cofinancing_raised", "funder_concentration"
TONES = {
    "state": "public1",
    "region": "public1",
    "department": "public2",
    "intermunicipality": "public2",
    "eu": "public3",
    "public_agency": "public3",
    "public_bank": "public3",
    "higher_education": "public3",
    "company": "private1",
    "association": "private2",
    "foundation": "private2",
}


def funders(source: Source, kpi: Kpi) -> Html:
    """What each kind of partner gives, with its leverage; blue public, mauve private."""
    by, given = "partner_kind", _given(source)
    if not given:
        return Html("")
    ratios = _ratios_by(source, kpi, by)
    rows = [
        Bar(
            _name(by, group.id),
            group.reading.value,
            units.text(group.reading.value, "eur"),
            TONES.get(group.id or "", "other"),
            aside=leverage_words(ratios.get(group.id)),
        )
        for group in given
    ]
    named = [(label(by, group.id or "") or t("non renseigné"), group.reading.value or 0.0) for group in given]
    note = t("Montants notifiés, et effet de levier de chacun. Bleus : public. Mauves : privé.")
    under = chart.under(
        ", ".join(f"{name} {units.text(amount, 'eur')}" for name, amount in named),
        tables.drawn(source.whole_town(), "levier-financeurs"),
        _concentration(source),
    )
    return section(funders_title(named), bars(rows, numbers="after"), under, note=note)


def _given(source: Source) -> list[Group]:
    """The kinds of partner that give something, the largest first."""
    by = "partner_kind"
    found = groups(source, RAISED, by) if _has(source, RAISED, by) else ()
    return [group for group in found if group.reading.value]


def _ratios_by(source: Source, kpi: Kpi, by: str) -> dict[str | None, float | None]:
    return {group.id: group.reading.value for group in groups(source, kpi.id, by)} if by in kpi.by else {}


@tables.offered("levier-financeurs")
def funders_table(source: Source, asked: Asked) -> Table | None:
    """What each kind of partner gives, with its leverage, for the whole town."""
    by, kpi = "partner_kind", kpi_of(source.catalogue)
    if kpi is None:
        return None
    ratios = _ratios_by(source, kpi, by)
    columns = (
        Column(t("Type de partenaire")),
        Column(t("Notifié"), "number", "eur"),
        Column(t("Effet de levier"), "number"),
    )
    rows = [
        [
            _name(by, group.id),
            Cell(group.reading.value, units.text(group.reading.value, "eur")),
            Cell(ratios.get(group.id), leverage_words(ratios.get(group.id)).removeprefix("· ")),
        ]
        for group in _given(source)
    ]
    return tables.table(
        source, t("Cofinancements par type de partenaire"), columns, rows, version=kpi.version
    )


def _name(by: str, id: str | None) -> str:
    """A group's name with a capital, as it stands in front of its bar."""
    words = label(by, id) if id else t("non renseigné")
    return words[:1].upper() + words[1:]


def _has(source: Source, kpi_id: str, by: str) -> bool:
    kpi = source.kpi(kpi_id)
    return kpi is not None and by in kpi.by


def _concentration(source: Source) -> Html | str:
    """The concentration index, linked to its own sheet."""
    reading, kpi = source.readings().get(CONCENTRATION), source.kpi(CONCENTRATION)
    if reading is None or reading.value is None or kpi is None:
        return ""
    words = t("Concentration des financeurs : {value}", value=units.text(reading.value, kpi.unit))
    return tag("span", link(source.link("fiche", kpi=kpi.id), words), ".")


def ratios(source: Source, kpi: Kpi, by: str) -> Html:
    """The leverage by programme or year, own funds spread pro rata to the awards."""
    known = _known(source, kpi, by)
    if not known:
        return Html("")
    named = [(_name(by, group.id), group.reading.value or 0.0) for group in known]
    rows = [
        Bar(name, value, numbers.decimal(value, 2), aside=units.text(group.reading.numerator, "eur"))
        for (name, value), group in zip(named, known, strict=True)
    ]
    is_year = by == "year"
    title = years_title(named) if is_year else _range_title(named)
    note = (
        t("Effet de levier par année de notification et montants notifiés.")
        if is_year
        else t("Effet de levier par programme et montants notifiés.")
    )
    foot = t(
        "Fonds propres répartis au prorata des montants notifiés ; une moyenne de ces rapports ne serait pas l’effet de levier."
    )
    body = tables.drawn(source.whole_town(), "levier-repartition", by=by)
    sentence = ", ".join(f"{name} {numbers.decimal(value, 2)}" for name, value in named)
    return section(title, bars(rows[:MOST]), chart.under(sentence, body, foot), note=note)


@tables.offered("levier-repartition")
def ratios_table(source: Source, asked: Asked) -> Table | None:
    """The leverage ``by`` year or programme, for the whole town."""
    kpi, by = kpi_of(source.catalogue), asked.get("by", "year")
    if kpi is None or by not in ("year", "programme"):
        return None
    columns = (
        Column(t("Année") if by == "year" else t("Programme")),
        Column(t("Effet de levier"), "number"),
        Column(t("Notifié"), "number", "eur"),
        Column(t("Fonds propres"), "number", "eur"),
    )
    rows = [
        [
            _name(by, group.id),
            Cell(group.reading.value, numbers.decimal(group.reading.value or 0.0, 2)),
            Cell(group.reading.numerator, units.text(group.reading.numerator, "eur")),
            Cell(group.reading.denominator, units.text(group.reading.denominator, "eur")),
        ]
        for group in _known(source, kpi, by)
    ]
    title = t("Effet de levier par année") if by == "year" else t("Effet de levier par programme")
    return tables.table(source, title, columns, rows, version=kpi.version, about=by)


def _known(source: Source, kpi: Kpi, by: str) -> list[Group]:
    """The groups of a breakdown that have a value."""
    found = groups(source, kpi.id, by) if by in kpi.by else ()
    return [group for group in found if group.reading.value is not None]


def _range_title(named: Sequence[tuple[str, float]]) -> str:
    (high_name, high), (low_name, low) = named[0], named[-1]
    return t(
        "De {low} ({low_name}) à {high} ({high_name})",
        low=numbers.decimal(low, 2),
        low_name=low_name,
        high=numbers.decimal(high, 2),
        high_name=high_name,
    )
