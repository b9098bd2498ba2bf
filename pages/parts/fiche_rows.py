"""The rows behind a number: each with the file, sheet, row and import that brought it. Survey answers never."""

from collections.abc import Collection, Sequence

import pandas as pd
import streamlit as st

from data.access import ALLOWED
from data.report import Origin
from metrics import expressions
from metrics.definitions import Kpi
from metrics.surveys import measure_of
from pages.parts import tables
from pages.parts.fiche_columns import is_number, short_day, title, value
from pages.parts.fiche_reads import page_behind
from pages.parts.markup import Html, div, join, link, section, show, span, table, tag
from pages.parts.once import SHEETS, kept
from pages.parts.source import Source
from pages.texts import numbers, t, tn

PREVIEW, PAGE = 10, 100
ANCHOR = "lignes"
MOST_COLUMNS = 6
QUIET = frozenset({"_id", "kpi", "plans", "files"})  # identifiers of ours and counters of the views
FIRST = (
    "project_id",
    "title",
    "partner_id",
    "partner",
    "practice",
    "name",
    "lever",
    "period",
    "year",
    "stage",
)


def draw(source: Source, kpi: Kpi) -> None:
    """The rows, ten at first; ``rows=2`` in the address opens the second hundred."""
    if kpi.is_survey:
        return show(_published(source, kpi))
    if not may_see(source):
        return show(
            _closed(
                t("Votre rôle ne permet pas de voir les lignes."),
                t("Demandez-le à l’administrateur de Levier."),
            )
        )
    total = total_behind(source, kpi.id)
    if not total:
        return show(_closed(t("Aucune ligne derrière ce chiffre à cette date."), ""))
    show(_section(source, kpi.id, asked_page(st.query_params.get("rows", ""), total)))


def total_behind(source: Source, kpi: str) -> int:
    """How many rows there are behind the value: told by the first of them."""
    return page_behind(source, kpi, 0, PREVIEW).total


def may_see(source: Source) -> bool:
    """Whether the visitor's role opens rows: for showing; the data layer checks on each call."""
    return "read_rows" in ALLOWED.get(source.actor.role, frozenset())


def shortcut(source: Source, kpi: Kpi) -> Html:
    """The link from the value to its rows, all of them open; nothing where there is none to see."""
    if kpi.is_survey:
        return _tables(source, kpi, "lv-shortcut")
    if not may_see(source):
        return Html("")
    total = total_behind(source, kpi.id)
    words = tn(
        "La ligne derrière le chiffre", "Les {n} lignes derrière le chiffre", total, n=numbers.decimal(total)
    )
    return link(_href(source, kpi.id, "1"), words, class_="lv-shortcut") if total else Html("")


def asked_page(asked: str, total: int) -> int:
    """The page of the address: 0 is the preview; a page that does not exist is the nearest that does."""
    pages = -(-total // PAGE)
    return min(int(asked), pages) if asked.isdecimal() and int(asked) > 0 else 0


def _closed(words: str, mend: str) -> Html:
    return section(t("Les lignes derrière le chiffre"), note=f"{words} {mend}".strip())


def _published(source: Source, kpi: Kpi) -> Html:
    """Instead of the rows of a survey: that they are never shown, and the tables that were published of them."""
    words = t("Les réponses à une enquête ne sont jamais montrées une à une.")
    return section(t("Les lignes derrière le chiffre"), tag("p", _tables(source, kpi)), note=words)


def _tables(source: Source, kpi: Kpi, class_: str = "") -> Html:
    """The link to the published tables of a survey's KPI."""
    return link(
        source.link("bienetre", measure=measure_of(kpi)), t("Les tableaux publiés"), class_=class_ or None
    )


@kept(maxsize=SHEETS)
def _section(source: Source, kpi_id: str, page: int) -> Html:
    """One page of rows as markup, kept by role, store version, date, scope and KPI."""
    found = page_behind(source, kpi_id, *((0, PREVIEW) if page == 0 else ((page - 1) * PAGE, PAGE)))
    part, total = found.rows, found.total
    note = tn(
        "{n} ligne ; elle mène à sa cellule d’origine.",
        "{n} lignes ; chacune mène à sa cellule d’origine.",
        total,
        n=numbers.decimal(total),
    )
    more = _pages(source, kpi_id, page, total)
    body = section(
        t("Les lignes derrière le chiffre"),
        drawn(source, part, source.catalogue.every[kpi_id]),
        more,
        tables.links(source, "fiche-lignes", t("Les lignes derrière le chiffre"), kpi=kpi_id),
        note=note,
    )
    return join((tag("span", id=ANCHOR), body))


def drawn(source: Source, part: pd.DataFrame, kpi: Kpi) -> Html:
    """Rows as a table: the columns that say most, then where each row comes from."""
    columns = chosen(part, _date_of(kpi), added_up(kpi))
    origins = origins_of(source, part["_id"].tolist())
    head = [title(column) for column in columns] + [t("Fichier, feuille, ligne"), t("Import")]
    cells = part[columns].to_dict("records")
    rows = [
        [
            *(_cell(source, str(column), cell) for column, cell in record.items()),
            place(origin),
            brought(origin),
        ]
        for record, origin in zip(cells, origins, strict=True)
    ]
    numbers_at = [index for index, column in enumerate(columns) if is_number(column)]
    return table(head, rows, caption=t("Lignes derrière le chiffre"), right=numbers_at, class_="lv-rows")


OPENED = {
    "project_id": "projet",
    "partner_id": "partenaire",
    "practice": "outil",
}  # columns whose cells open a sheet


def _cell(source: Source, column: str, cell: object) -> Html | str:
    """A cell; amounts and dates bring their column's name along for phones, where no head stands over them."""
    words = value(column, cell)
    if words and column in OPENED:
        return link(source.link(OPENED[column], id=words), words)
    return (
        join((span("lv-what", title(column)), " ", words))
        if words and column.endswith(("_amount", "_on"))
        else words
    )


def _date_of(kpi: Kpi) -> str:
    """The column that decides whether a row counts."""
    return (kpi.period.date if kpi.period else None) or ""


def added_up(kpi: Kpi) -> frozenset[str]:
    """The columns that the KPI's formula reads."""
    return frozenset(expressions.columns(expressions.parse(kpi.sql))) if kpi.sql else frozenset()


def chosen(frame: pd.DataFrame, counted_by: str = "", read: Collection[str] = ()) -> list[str]:
    """The columns worth showing: what names the row, dates, what the formula reads, amounts, the rest; no empty one."""
    filled = [str(c) for c in frame.columns if c not in QUIET and frame[c].notna().any()]
    naming = [column for column in FIRST if column in filled]
    dates = sorted((c for c in filled if c.endswith("_on")), key=lambda column: column != counted_by)
    summed = [column for column in filled if column in read and column not in {*naming, *dates}]
    amounts = [column for column in filled if column.endswith("_amount") and column not in summed]
    rest = [column for column in filled if column not in {*naming, *dates, *summed, *amounts}]
    return [*naming[:3], *dates[:2], *summed[:2], *amounts[: max(0, 2 - len(summed))], *rest][:MOST_COLUMNS]


def origins_of(source: Source, ids: Sequence[int]) -> list[Origin | None]:
    """Where each row comes from, in the order of ``ids``; None for a row whose origin is never told."""
    found = {origin.id: origin for origin in source.store.provenance(source.actor, ids)}
    return [found.get(id_) for id_ in ids]


def place(origin: Origin | None) -> str:
    """File, sheet and row of a stored row: ``projets.xlsx, Projets, ligne 12``."""
    if origin is None or origin.row is None:
        return t("non communiqué")
    row = t("ligne {n}", n=origin.row)
    return ", ".join(part for part in (origin.file, origin.sheet, row) if part)


def brought(origin: Origin | None) -> str:
    """The import of a stored row and its day."""
    if origin is None:
        return ""
    return t("n° {n}, {day}", n=origin.import_id, day=short_day(origin.imported_at))


def _pages(source: Source, kpi_id: str, page: int, total: int) -> Html:
    """What opens the other rows: one link from the preview, numbers afterwards."""
    if total <= PREVIEW:
        return Html("")
    if page == 0:
        words = (
            t("Ouvrir les {n} lignes", n=numbers.decimal(total))
            if total <= PAGE
            else t("Ouvrir les {n} lignes, cent par page", n=numbers.decimal(total))
        )
        return div("lv-pages", link(_href(source, kpi_id, "1"), words, class_="lv-button main"))
    last = -(-total // PAGE)
    near = [n for n in range(1, last + 1) if n in (1, last) or abs(n - page) <= 2]
    links = [_page_link(source, kpi_id, n, page) for n in near] if last > 1 else []
    fold = link(_href(source, kpi_id, "0"), t("Replier"))
    return tag("nav", join(links, " "), " ", fold, class_="lv-pages", aria_label=t("Pages de lignes"))


def _page_link(source: Source, kpi_id: str, number: int, page: int) -> Html:
    words = numbers.decimal(number)
    if number == page:
        return span("lv-page", words, aria_current="page")
    return link(
        _href(source, kpi_id, str(number)), words, class_="lv-page", aria_label=t("Page {n}", n=words)
    )


def _href(source: Source, kpi_id: str, rows: str) -> str:
    return f"{source.link('fiche', kpi=kpi_id, rows=rows)}#{ANCHOR}"
