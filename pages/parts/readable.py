"""A table as a page to read and to put on a web site: one section a row, nothing to load, nothing to run."""

from collections.abc import Sequence

from pages.parts.markup import Html, join, tag

Pair = tuple[str, object]  # what, and its value in words

STYLE = Html(
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:46em;margin:0 auto;padding:24px 16px}"
    "h1{font-size:28px;line-height:1.2}h2{font-size:20px;margin:32px 0 8px;border-top:1px solid;padding-top:12px}"
    "dl{display:grid;grid-template-columns:minmax(9em,max-content) 1fr;gap:2px 18px;margin:0}dt{opacity:.75}dd{margin:0}"
    "@media(max-width:480px){dl{grid-template-columns:1fr}dd{margin-bottom:8px}}@media print{section{break-inside:avoid}}"
)


def page(lang: str, title: str, facts: Sequence[Pair], rows: Sequence[Sequence[Pair]]) -> bytes:
    """Return a whole HTML document in UTF-8: title, what it is true of, then each row under its first value."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", STYLE),
    )
    sections = [tag("section", tag("h2", row[0][1]), _pairs(row[1:])) for row in rows]
    body = tag("body", tag("main", tag("h1", title), _pairs(facts), *sections))
    return join((Html("<!doctype html>"), tag("html", head, body, lang=lang))).encode("utf-8")


def _pairs(pairs: Sequence[Pair]) -> Html:
    return tag("dl", *(join((tag("dt", what), tag("dd", words))) for what, words in pairs))
