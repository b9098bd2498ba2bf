"""What the sheets of a project and of a partner share: what is said without data or right, lines, origins."""

from collections.abc import Sequence

from pages.parts import page, sheet_reads, tables
from pages.parts.fiche_columns import label, title
from pages.parts.fiche_rows import brought, origins_of, place
from pages.parts.markup import Html, div, heading, join, link, section, tag
from pages.parts.sheet_reads import Row
from pages.parts.source import Source
from pages.parts.tables import Cell, Column
from pages.texts import numbers, t, tn, units

MOST_OPEN = 15  # rows of a table that stands open
AMOUNTS = ("requested_amount", "awarded_amount", "contracted_amount", "paid_amount")


def unknown(source: Source, table: str, path: str, asked: str, kicker: str) -> Html:
    """An identifier that nobody knows: what was probably meant, and the search."""
    words = (
        t("Rien ne porte l’identifiant « {asked} »", asked=asked[:60])
        if asked
        else t("Quelle fiche voulez-vous ouvrir ?")
    )
    near = sheet_reads.nearest(source, table, asked) if asked else []
    items = [tag("li", link(source.link(path, id=id), f"{id} {name}")) for id, name in near]
    meant = (
        div("lv-notice", heading(3, t("Vouliez-vous dire")), tag("ul", *items), role="status")
        if items
        else ""
    )
    search = link(source.link("recherche", q=asked[:60]), t("Chercher"), class_="lv-button main")
    return join(
        (
            page.head(words, kicker=kicker, lead=t("Cherchez par un mot du nom ou un identifiant.")),
            meant,
            tag("p", search),
        )
    )


def line_columns(other: str) -> list[Column]:
    """The columns of financing lines; ``other`` names the other end, a project or a partner."""
    return [
        Column(other),
        Column(t("Nature")),
        Column(t("Programme")),
        Column(t("Sollicité"), "number", "eur"),
        Column(t("Notifié"), "number", "eur"),
        Column(t("Conventionné"), "number", "eur"),
        Column(t("Versé"), "number", "eur"),
        Column(t("État")),
    ]


def line(source: Source, row: Row, path: str) -> list[object]:
    """One financing line; what was never requested or awarded by the date is unknown, not zero."""
    key, name = (row["project_id"], row["title"]) if path == "projet" else (row["partner_id"], row["partner"])
    other = Cell(name or key or "", link(source.link(path, id=key), name or key)) if key else ""
    return [
        other,
        label("nature", row["nature"] or ""),
        row["programme"] or "",
        *(row[a] for a in AMOUNTS),
        state(row),
    ]


def state(row: Row) -> str:
    """How far a line has come, in a word."""
    if row["is_cancelled"]:
        return t("annulé")
    if row["is_refused"]:
        return t("refusé")
    if row["awarded_amount"] is None:
        return t("en attente")
    return t("versé en partie ou en tout") if row["paid_amount"] else t("notifié")


def total(rows: Sequence[Row], name: str) -> float:
    """The sum of an amount over the lines that stand: cancelled ones are out, refused ones too but for what was asked."""
    return sum(float(r[name] or 0) for r in rows if not r["is_cancelled"])


def euros(value: float | None) -> str:
    """An amount, a dash when it is unknown."""
    return numbers.NONE if value is None else units.text(float(value), "eur", exact=True)


def origins(source: Source, rows: Sequence[Row]) -> Html:
    """File, sheet, row and import of the rows shown."""
    ids = [int(row["_id"]) for row in rows if row.get("_id") is not None]
    names = [name for row, name in ((r, _named(r)) for r in rows) if row.get("_id") is not None]
    cells = [[name, place(o), brought(o)] for name, o in zip(names, origins_of(source, ids), strict=True)]
    from pages.parts.markup import table

    head = [t("Donnée"), t("Fichier, feuille, ligne"), t("Import")]
    listed = table(head, cells, caption=t("D’où viennent ces données"), class_="lv-rows")
    return section(t("D’où viennent ces données"), folded(listed, len(cells)))


def folded(listed: Html | str, count: int) -> Html | str:
    """A table that would fill several screens of a telephone, behind a switch that says how long it is."""
    if count <= MOST_OPEN:
        return listed
    shut = tn("Voir la ligne", "Voir les {n} lignes", count)
    return tag("details", tag("summary", shut), listed, class_="lv-more")


def _named(row: Row) -> str:
    if "financing_id" in row:
        return f"{t('Financement')} {row['financing_id']}"
    if "entered_on" in row:
        return f"{title('stage')} : {label('stage', row['stage'])}"
    return str(row.get("title") or row.get("name") or "")


__all__ = ["AMOUNTS", "euros", "line", "line_columns", "origins", "state", "tables", "total", "unknown"]
