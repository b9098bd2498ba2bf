"""A chart with what look.md asks: its finding as title, its table under a switch, one sentence for who cannot see it."""

from typing import Any

import streamlit as st

from pages.charts.ready import Ready
from pages.parts.markup import Html, div, heading, section, show, tag
from pages.texts import t

CONFIG = {
    "displayModeBar": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}


def theme() -> str:
    """The browser's theme, ``light`` or ``dark``: plotly does not follow CSS."""
    return st.context.theme.type or "light"


def draw(figure: dict[str, Any], *, key: str, sentence: str, narrow: dict[str, Any] | None = None) -> None:
    """Draw a plotly figure (a dict), with a twin for phones when its words need one; CSS shows the right one."""
    if narrow is None:
        return _plot(figure, key, sentence)
    with st.container(key=f"wide-{key}"):
        _plot(figure, f"{key}-wide", sentence)
    with st.container(key=f"narrow-{key}"):
        _plot(narrow, f"{key}-narrow", sentence)


def _plot(figure: dict[str, Any], key: str, sentence: str) -> None:
    st.plotly_chart(Ready(figure), theme=None, config=CONFIG, key=key, width="stretch", alt=sentence)


def chart(
    figure: dict[str, Any],
    *,
    key: str,
    title: object,
    sentence: str,
    table: Html,
    note: object = "",
    foot: object = "",
    narrow: dict[str, Any] | None = None,
) -> None:
    """Title (the finding), note (what is shown), the chart, then source and date, sentence and table."""
    show(section(title, note=note))
    draw(figure, key=key, sentence=sentence, narrow=narrow)
    show(under(sentence, table, foot))


def under(sentence: str, table: Html, foot: object = "") -> Html:
    """What stands under a chart: its footnote, its sentence for screen readers, its table under a switch."""
    return Html(
        div("lv-note", foot) + tag("p", sentence, class_="lv-hidden") + switch(table)
        if foot
        else tag("p", sentence, class_="lv-hidden") + switch(table)
    )


def switch(table: Html, words: str = "") -> Html:
    """A table under a switch that needs no rerun."""
    return tag("details", tag("summary", words or t("Voir les nombres en tableau")), table, class_="lv-more")


def finding(title: object, note: object = "") -> Html:
    """A heading and its note without the section's rule."""
    return Html(heading(2, title) + (div("lv-lead", note) if note else ""))
