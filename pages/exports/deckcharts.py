"""Native charts that PowerPoint edits: a line with its target, bars by status, a ladder. Styled once, here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from pages.charts.palette import LIGHT
from pages.exports.deck import Box, Page, rgb
from pages.exports.legal import tag
from pages.exports.numberformats import number_format
from pages.exports.quietbook import data
from pages.texts import t

SMALL, TINY = 11, 10
Values = Sequence[float | None]


def trend(
    page: Page,
    box: Box,
    label: str,
    points: Sequence[tuple[date, float | None]],
    target: float | None,
    unit: str,
    described: str,
) -> None:
    """A value through time, with a dashed line at its target where there is one."""
    days = [day for day, _ in points]
    series: list[tuple[str, Values]] = [(label, [value for _, value in points])]
    if target is not None:
        series.append((t("Cible"), [target] * len(points)))
    form = number_format(unit)
    chart = page.chart(box, XL_CHART_TYPE.LINE, data(days, series, form), described)
    _plain(chart)
    _stroke(chart.plots[0].series[0], LIGHT.accent, 2.25)
    if target is not None:
        _stroke(chart.plots[0].series[1], LIGHT.ink2, 1.25, is_dashed=True)
    _values(chart, form)
    _dates(chart)


def bars(
    page: Page,
    box: Box,
    names: Sequence[str],
    series: Sequence[tuple[str, Values]],
    form: str,
    described: str,
    *,
    colours: Sequence[Sequence[str]],
    most: float | None = None,
    upright: bool = False,
) -> None:
    """Bars from zero, the first name at the top, a number at the end of each; ``colours`` of each series' points."""
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if upright else XL_CHART_TYPE.BAR_CLUSTERED
    chart = page.chart(box, kind, data(names, series, form), described)
    _plain(chart, with_legend=len(series) > 1)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap, plot.vary_by_categories = 90, -10, False
    _labelled(plot, form)
    for one, hues in zip(plot.series, colours, strict=True):
        _coloured(one, hues)
    chart.category_axis.reverse_order = not upright
    axis = chart.value_axis
    axis.minimum_scale, axis.visible, axis.has_major_gridlines = 0, False, False
    if most is not None:
        axis.maximum_scale = most


def _plain(chart: Any, with_legend: bool = False) -> None:
    """Our font and ink, no title of its own (the slide says it), the language, no legend unless there are two series."""
    chart.has_title, chart.has_legend = False, with_legend
    if with_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size = Pt(SMALL)
    chart.font.size, chart.font.color.rgb = Pt(SMALL), rgb(LIGHT.ink)
    space = chart._chartSpace
    said = space.find("{*}lang")
    if said is None:
        said = parse_xml(f"<c:lang {nsdecls('c')}/>")
        first = space.find("{*}date1904")
        space.insert(0 if first is None else 1, said)
    said.set("val", tag())
    axis = chart.category_axis
    axis.format.line.color.rgb, axis.major_tick_mark = rgb(LIGHT.rule), XL_TICK_MARK.NONE
    axis.has_major_gridlines = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def _values(chart: Any, form: str) -> None:
    axis = chart.value_axis
    axis.format.line.fill.background()
    axis.major_gridlines.format.line.color.rgb = rgb(LIGHT.rule)
    axis.major_tick_mark = XL_TICK_MARK.NONE
    labels = axis.tick_labels
    labels.number_format, labels.number_format_is_linked = form, False


def _dates(chart: Any) -> None:
    """Name one month a year under a line; its points lie where their dates are."""
    labels = chart.category_axis.tick_labels
    labels.font.size, labels.number_format, labels.number_format_is_linked = Pt(TINY), "mm/yyyy", False
    axis = chart.category_axis._element
    told = (("baseTimeUnit", "months"), ("majorUnit", 12), ("majorTimeUnit", "months"))
    for one in axis.xpath("c:baseTimeUnit | c:majorUnit | c:majorTimeUnit"):
        axis.remove(one)
    for name, value in told:
        axis.append(parse_xml(f'<c:{name} {nsdecls("c")} val="{value}"/>'))


def _stroke(series: Any, colour: str, wide: float, is_dashed: bool = False) -> None:
    series.smooth = False
    line = series.format.line
    line.color.rgb, line.width = rgb(colour), Pt(wide)
    if is_dashed:
        line.dash_style = MSO_LINE.DASH
    series.marker.style = XL_MARKER_STYLE.NONE


def _coloured(series: Any, hues: Sequence[str]) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(hues[0] if hues else LIGHT.accent)
    for at, hue in enumerate(hues):
        if hue != hues[0]:
            fill = series.points[at].format.fill
            fill.solid()
            fill.fore_color.rgb = rgb(hue)


def _labelled(plot: Any, form: str) -> None:
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = form, False
    labels.position, labels.show_value = XL_LABEL_POSITION.OUTSIDE_END, True
    labels.font.size = Pt(SMALL)
