"""Our own HTML: one block a call, every datum escaped. Nothing else in the product writes markup."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from pages.texts import language

VOID = frozenset({"input", "br", "hr", "img", "meta"})


class Html(str):
    """Markup that is ready: its data are escaped. A plain str never is."""

    __slots__ = ()


def esc(datum: object) -> Html:
    """A datum made harmless; Html passes untouched; None is nothing."""
    if isinstance(datum, Html):
        return datum
    return Html(escape(str(datum), quote=True)) if datum is not None else Html("")


def tag(element: str, /, *children: object, **attributes: object) -> Html:
    """One element: ``tag("a", label, href=address, class_="x")``. False and None leave an attribute out.

    Underscores end a name that Python reserves (``class_``, ``for_``) and stand for hyphens inside it.
    """
    said = "".join(
        _attribute(key, value)
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    opened = f"<{element}{said}>"
    return Html(opened if element in VOID else f"{opened}{join(children)}</{element}>")


def _attribute(key: str, value: object) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value), quote=True)}"'


def join(parts: Iterable[object], glue: str = "") -> Html:
    """Parts in a row, data among them escaped."""
    return Html(glue.join(esc(part) for part in parts))


def div(class_: str, *children: object, **attributes: object) -> Html:
    """A ``<div>`` of a class."""
    return tag("div", *children, class_=class_, **attributes)


def span(class_: str, *children: object, **attributes: object) -> Html:
    """A ``<span>`` of a class."""
    return tag("span", *children, class_=class_, **attributes)


def link(href: str, *children: object, **attributes: object) -> Html:
    """A link within the application, followed without a reload."""
    return tag("a", *children, href=href, **attributes)


def heading(level: int, *children: object, **attributes: object) -> Html:
    """A heading: Streamlit would give a real h1-h6 a tabbable English anchor."""
    return tag("div", *children, role="heading", aria_level=level, class_=f"lv-h{level}", **attributes)


def section(title: object, *children: object, note: object = None, class_: str = "") -> Html:
    """A section under its ink rule: a finding as title, what is shown as note."""
    said = div("lv-lead", note) if note else ""
    return tag("section", heading(2, title), said, *children, class_=f"lv-section {class_}".strip())


def table(
    head: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    caption: str = "",
    right: Iterable[int] = (),
    class_: str = "",
) -> Html:
    """A table; the first cell of a row names it. ``right`` lists the columns of numbers.

    Rankings and class ``lv-labels`` are stacked on a phone, where each cell bears the title of its column.
    """
    at_right, is_stacked = frozenset(right), bool({"lv-ranks", "lv-labels"} & set(class_.split()))

    def cell(name: str, index: int, content: object, **more: object) -> Html:
        return tag(name, content, class_="num" if index in at_right else None, **more)

    top = tag("tr", *(cell("th", i, h, scope="col") for i, h in enumerate(head)))
    body = [
        tag(
            "tr",
            *(cell("th" if i == 0 else "td", i, c, **_more(i, head, is_stacked)) for i, c in enumerate(row)),
        )
        for row in rows
    ]
    said = tag("caption", caption, class_="lv-hidden") if caption else ""
    return div(
        "lv-scroll",
        tag("table", said, tag("thead", top), tag("tbody", *body), class_=f"lv-table {class_}".strip()),
    )


def _more(index: int, head: Sequence[object], is_stacked: bool) -> dict[str, object]:
    """What a cell says besides its content: the first that it names its row, those of a stack their column's title."""
    if index == 0:
        return {"scope": "row"}
    return {"data_head": head[index]} if is_stacked else {}


def facts(pairs: Iterable[tuple[object, object]]) -> Html:
    """A definition list: what on the left, how much on the right."""
    return tag("dl", *(join((tag("dt", k), tag("dd", v))) for k, v in pairs), class_="lv-facts")


def show(*parts: object) -> None:
    """Put markup on the page in one element."""
    flat = join(parts).replace("\r", " ").replace("\n", " ")
    st.markdown(f'<div class="lv" lang="{language()}">{flat}</div>', unsafe_allow_html=True)
