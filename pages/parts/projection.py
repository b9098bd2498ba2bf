"""Projection: the same screen in larger type under a slim masthead, for a council room. It is in the address (``projection=1``)."""

import streamlit as st

from pages.parts.markup import Html, link, span
from pages.parts.source import Source
from pages.texts import t

PARAM = "projection"


def asked() -> bool:
    """Whether the running visit is projected."""
    return st.query_params.get(PARAM, "") == "1"


def kept(is_on: bool) -> dict[str, str]:
    """The parameter, for links that stay projected; {} where the screen is not."""
    return {PARAM: "1"} if is_on else {}


def marker(is_on: bool) -> Html:
    """What tells the style sheet (pages/static/projection.css) that this page is projected; "" where it is not."""
    return span("lv-projected", hidden=True) if is_on else Html("")


def switch(source: Source, is_on: bool, path: str, **params: str) -> Html:
    """The link that projects a screen, or brings it back."""
    words = t("Quitter la projection") if is_on else t("Projeter")
    return link(source.link(path, **params, **kept(not is_on)), words, class_="lv-switch")
