"""The drawing of a point under discussion: a KPI's last values, a file's stages, a plan's parts, a partner's exchanges."""

from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.charts.palette import palette
from pages.charts.review import Figure, Line, Spot, few
from pages.parts import chart, fiche_trend, levier_panels, sheet_reads, signal_words, tables
from pages.parts.markup import Html, join, show
from pages.parts.once import SHEETS, kept
from pages.parts.project_stages import bar
from pages.parts.signal_reads import control
from pages.parts.source import Source
from pages.texts import said, t

WIDE, PHONE = 10, 5  # points drawn


def of_kpi(source: Source, kpi: Kpi) -> None:
    """The last values of a KPI, within its usual noise; nothing where two are not known."""
    found = _figures(source, kpi.id, chart.theme())
    if found is None:
        return
    wide, narrow, sentence = found
    chart.draw(wide, narrow=narrow, key=f"review-{kpi.id}", sentence=sentence)
    numbers = fiche_trend.numbers_table(kpi, fiche_trend.span(source.series(kpi.id), True)[-WIDE:])
    files = tables.links(source, "fiche-serie", said(kpi.label), kpi=kpi.id)
    show(chart.under(sentence, join((numbers, files))))


@kept(maxsize=SHEETS)
def _figures(source: Source, kpi_id: str, theme: str) -> tuple[Figure, Figure, str] | None:
    kpi, shown = source.catalogue.every[kpi_id], fiche_trend.span(source.series(kpi_id), True)
    if sum(reading.value is not None for reading in shown) < 2:
        return None
    goal = fiche_trend.goal(kpi) if kpi.target is not None and not kpi.band else None
    target = Line(goal.value, goal.words) if goal else None
    limits, colours = _limits(source, kpi), palette(theme)
    names = [line.words for line in (target, *limits) if line]
    room = 24 + round(8.6 * max(map(len, names), default=0))
    wide = few(_spots(kpi, shown[-WIDE:]), colours, source.lang, target=target, limits=limits, room=room)
    narrow = few(
        _spots(kpi, shown[-PHONE:]), colours, source.lang, target=target, limits=limits, room=room, height=220
    )
    return wide, narrow, fiche_trend.sentence(kpi, shown[-WIDE:])


def _spots(kpi: Kpi, shown: tuple[Reading, ...]) -> list[Spot]:
    return [
        Spot(r.as_of, r.value, "" if r.value is None else fiche_trend.mark_words(r.value, kpi.unit))
        for r in shown
    ]


def _limits(source: Source, kpi: Kpi) -> tuple[Line | None, Line | None]:
    """The limits of the usual noise in force, where the values themselves are charted."""
    found = control(source, kpi.id)
    if found.chart is None or found.method == "increment" or not found.chart.segments[-1].limits.is_drawn:
        return None, None
    low, high = signal_words.drawn_limits(kpi, found, len(found.chart.segments) - 1)
    lower, upper = (
        None if value is None else Line(value, t("limite {value}", value=signal_words.value(value, kpi.unit)))
        for value in (low, high)
    )
    return lower, upper


def of_project(source: Source, project: str) -> Html:
    """The stages of a file."""
    stages = sheet_reads.stages(source, project)
    return bar(stages, source.as_of) if stages and source.as_of else Html("")


def of_plan(source: Source, project: str) -> Html:
    """The parts of a won plan and what the law says of it."""
    found = sheet_reads.plan(source, project)
    return levier_panels.bars([found]) if found is not None else Html("")


def of_partner(source: Source, partner: str) -> Html:
    """The exchanges of a partner with the town by year."""
    return tables.drawn(source, "partenaire-echanges", id=partner)
