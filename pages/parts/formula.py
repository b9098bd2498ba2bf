"""A KPI's formula and period in words, as metrics says them, with the statement beside."""

from metrics import words
from metrics.definitions import Kpi
from pages.parts.markup import Html, join, tag
from pages.parts.source import Source
from pages.texts import numbers, said, t


def formula(source: Source, kpi: Kpi) -> Html:
    """In words, then as written in the catalogue."""
    written = tag("code", kpi.sql) if kpi.sql else ""
    return join((tag("div", said(words.formula(kpi))), written))


def period(kpi: Kpi) -> str:
    """Which rows count at the date."""
    spans = {
        "in_period": lambda: t("dans le mois, le trimestre ou l’année"),
        "year_to_date": lambda: t("depuis le 1er janvier"),
        "rolling_12_months": lambda: t("sur douze mois glissants"),
        "cumulative": lambda: t("cumulé"),
        "stock": lambda: t("présent à la date"),
        "between": lambda: t("entre deux dates fixes"),
        "snapshot": lambda: t("vu à la date"),
        "all": lambda: t("sans date"),
    }
    if kpi.period is None:
        return numbers.NONE
    words_ = spans[kpi.period.span]()
    if kpi.period.since:
        return t("{period} depuis le {day}", period=words_, day=numbers.day(kpi.period.since))
    return words_
