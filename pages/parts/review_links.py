"""The addresses of a review: its point, its form, its step, and whether it is projected, which links keep."""

import streamlit as st

from pages.parts import projection
from pages.parts.source import Source

PATH = "revue"


def to(source: Source, **params: str) -> str:
    """An address within the review; ``projection`` stays as it is unless given ("" leaves it)."""
    kept = projection.kept(projection.asked())
    week = st.query_params.get("meeting", "")
    kept |= {"meeting": week} if week else {}
    return source.link(PATH, **{name: value for name, value in (kept | params).items() if value})


def point(source: Source, item_id: str) -> str:
    """The address of a point: the page goes to its beginning."""
    return f"{to(source, item=item_id)}#point"
