"""Every table of the product: described once, drawn on a screen with its CSV and its workbook under it.

A part that has a table describes it in a *maker* and gives it a name, the file's and the address's::

    @tables.offered("levier-plans")
    def plans_table(source: Source, asked: Asked) -> Table | None:
        rows = [[Cell(plan.title, link(…)), plan.own, plan.own_share, …] for plan in …]
        return tables.table(source, t("Plans"), [Column(t("Projet")), Column(t("Fonds propres"), "number", "eur"), …], rows)

and draws it wherever markup stands: ``tables.drawn(source, "levier-plans")`` in a cached body, or
``tables.show(source, "levier-plans")`` alone in one element. ``asked`` are the screen's own parameters (``kpi``, ``by``…),
text from the address: what they name may not exist (return None). The files are made when somebody opens their
address, by the same maker under the same role: nothing is made ahead, and a rerun costs nothing for them. Values are
raw, in base units (euros, 0 to 1, days, dates; None is unknown); a Cell adds the drawing where the value's own
words, by its column's kind and unit, would not do. Rows of files need ``read_rows``: the maker's reads require it.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

import streamlit as st

from pages.exports import csvfile, jsonfile, xlsx
from pages.exports.table import Cell, Column, Table, Value, raw
from pages.parts import markup, readable
from pages.parts.markup import Html, join, span, tag
from pages.parts.once import SHEETS, kept
from pages.parts.source import Source
from pages.texts import numbers, t, tn, units, use

__all__ = ["Asked", "Cell", "Column", "Table", "Value", "drawn", "links", "make", "offered", "show", "table"]

Asked: TypeAlias = Mapping[str, str]
Maker: TypeAlias = Callable[[Source, Asked], Table | None]
FOLDER = "fichiers"  # the first word of every file's address
MOST = 200  # rows on a page: the files have them all
FORMATS = {"csv": "CSV", "xlsx": "Excel"}
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    # Of any table; offered beside those that are open data.
    "json": "application/json",
    "html": "text/html; charset=utf-8",
}

_MAKERS: dict[str, Maker] = {}


def offered(name: str) -> Callable[[Maker], Maker]:
    """Keep a maker under the name of its file, lower case with hyphens, the screen first: ``synthese-objectifs``."""

    def keep(maker: Maker) -> Maker:
        _MAKERS[name] = maker
        return maker

    return keep


def names() -> list[str]:
    """The tables there are, whatever has been imported so far."""
    _import_all()
    return sorted(_MAKERS)


def make(source: Source, name: str, asked: Asked) -> Table | None:
    """The table of a name; None when there is none, or nothing to put in it. Raises data.access.Forbidden."""
    if name not in _MAKERS:
        _import_all()
    maker = _MAKERS.get(name)
    return maker(source, asked) if maker else None


def _import_all() -> None:
    # A file's address may be opened before the screen that shows its table.
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        importlib.import_module(f"pages.parts.{module.name}")


def table(
    source: Source,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    *,
    filters: str = "",
    version: object = "",
    about: str = "",
) -> Table:
    """A Table with the facts of this source: town, date of the data, scope, ``filters`` in words, ``version`` of the definitions.

    ``about`` completes the file's name: what it is about besides its screen, a KPI's id for instance.
    """
    facts: list[tuple[str, str, Value]] = [
        ("town", t("Collectivité"), source.town),
        ("as_of", t("Données au"), source.as_of),
        ("scope", t("Périmètre"), source.scope or t("Toute la ville")),
        ("filters", t("Filtres"), filters or None),
        ("version", t("Version des définitions"), str(version) if version else None),
    ]
    known = [fact for fact in facts if fact[2] is not None]
    told, keys = tuple((what, value) for _, what, value in known), tuple(key for key, _, _ in known)
    return Table(about, title, tuple(columns), tuple(rows), told, keys)


@kept(maxsize=SHEETS)
def drawn(
    source: Source,
    name: str,
    /,
    *,
    class_: str = "",
    most: int = MOST,
    unfolds: bool = False,
    **asked: str,
) -> Html:
    """The table as markup, its first ``most`` rows, with its files (all rows) under it; "" when there is no row.

    ``unfolds``: the other rows stand under a switch, where else only their number is said.
    """
    made = make(source, name, asked)
    if made is None or not made.rows:
        return Html("")
    more = _rest(made, class_, most, unfolds)
    return join((_table(made, class_, most), more, links(source, name, made.title, **asked)))


def _rest(made: Table, class_: str, most: int, unfolds: bool) -> Html:
    """The rows after the first ``most``: to unfold, or how many."""
    rest = len(made.rows) - most
    if rest <= 0:
        return Html("")
    words = tn("et {n} autre", "et {n} autres", rest, n=numbers.decimal(rest))
    if not unfolds:
        return tag("p", words, class_="lv-note")
    others = _table(replace(made, title=words, rows=made.rows[most:]), class_, rest)
    return tag("details", tag("summary", words), others, class_="lv-more")


def show(source: Source, name: str, /, *, class_: str = "", **asked: str) -> None:
    """Put drawn() on the page in one element."""
    markup.show(drawn(source, name, class_=class_, **asked))  # type: ignore[arg-type]


def links(source: Source, name: str, title: str, /, **asked: str) -> Html:
    """The files of a table as links, for where its table is drawn in another way."""
    found = [
        tag(
            "a",
            words,
            href=address(source, name, form, asked),
            download=True,
            aria_label=t("{title} : télécharger en {format}", title=title, format=words),
        )
        for form, words in FORMATS.items()
    ]
    return tag("p", span("", t("Télécharger : ")), join(found, " · "), class_="lv-files")


def offer(source: Source, made: Table, key: str) -> None:
    """The files of a table that exists in this visit only (a report of files not stored): buttons, made when pressed."""
    with st.container(key=f"lv-{key}", horizontal=True):
        for form, words in FORMATS.items():
            name = f"{key}.{form}"
            st.download_button(
                t("{title} : télécharger en {format}", title=made.title, format=words),
                partial(written, made, form, source.lang),
                file_name=name,
                mime=KINDS[form],
                on_click="ignore",
                key=name,
            )


def written(made: Table, form: str, lang: str) -> bytes:
    """A table as a file: ``csv``, ``xlsx``, ``json`` or ``html``, a page to read."""
    use(lang)  # it may be made outside the run that drew its button
    if form == "json":
        return jsonfile.write(made)
    if form == "html":
        return readable.page(lang, made.title, _worded(made.facts), [_read(made, row) for row in made.rows])
    return xlsx.write(made) if form == "xlsx" else csvfile.write(made, lang)


def _worded(facts: Iterable[tuple[str, Value]]) -> list[tuple[str, object]]:
    return [(what, shown(Column(what), value)) for what, value in facts]


def _read(made: Table, row: Sequence[object]) -> list[tuple[str, object]]:
    """A row in words: what each of its columns is, and its value without any drawing."""
    pairs = zip(made.columns, row, strict=True)
    return [
        (c.title, shown(c, raw(cell)) or numbers.NONE) for c, cell in pairs if c.in_file and not c.is_code
    ]


def address(source: Source, name: str, form: str, asked: Asked) -> str:
    """The address of a file: ``/fichiers/synthese-objectifs.csv?lang=fr&as_of=2015-06-30&scope=town``."""
    return source.link(f"{FOLDER}/{name}.{form}", **asked)


def _table(made: Table, class_: str, most: int) -> Html:
    at = [index for index, column in enumerate(made.columns) if column.on_screen]
    columns = [made.columns[index] for index in at]
    rows = (
        [shown(column, row[index]) for column, index in zip(columns, at, strict=True)]
        for row in made.rows[:most]
    )
    right = [index for index, column in enumerate(columns) if column.is_number]
    return markup.table(
        [column.title for column in columns],
        rows,
        caption=made.title,
        right=right,
        class_=class_,
    )


def shown(column: Column, cell: object) -> object:
    """A cell as a screen says it: its drawing, else its value in words."""
    if isinstance(cell, Cell) and cell.shown is not None:
        return cell.shown
    value = cell.value if isinstance(cell, Cell) else cell
    if value is None:
        return numbers.NONE if column.is_number else ""
    if isinstance(value, bool):
        return t("oui") if value else t("non")
    if isinstance(value, datetime):
        return numbers.moment(value)
    if isinstance(value, date):
        return numbers.day(value)
    if isinstance(value, (int, float)) and column.is_number:
        return units.text(value, column.unit, exact=True)
    return value
