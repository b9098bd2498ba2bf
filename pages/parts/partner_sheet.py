"""A partner's sheet: what it is, whether it is active, the projects it finances, its exchanges with the town, its origin."""

from metrics.partners import activity
from pages.parts import overview, page, sheet_parts, sheet_reads, tables
from pages.parts.fiche_columns import label, title
from pages.parts.markup import Html, div, facts, join, section, span, tag
from pages.parts.sheet_reads import Row
from pages.parts.source import Source
from pages.parts.tables import Asked, Column, Table
from pages.texts import numbers, t, tn


def body(source: Source, asked: str) -> Html:
    """The whole sheet of the partner that the address names. Raises Forbidden without ``read_rows``."""
    if source.as_of is None:
        return overview.empty(source, t("Fiche partenaire"))
    row = sheet_reads.partner(source, asked)
    if row is None:
        return sheet_parts.unknown(source, "partners", "partenaire", asked, t("Fiche partenaire"))
    lines = sheet_reads.lines(source, "partner_id", asked)
    head = page.head(row["name"], kicker=t("Partenaire {id}", id=asked), lead=_lead(source, row))
    two = div("lv-two", section(t("Le partenaire"), facts(_about(row))), _exchanges(source, asked))
    return join((head, two, _lines(source, asked, lines), sheet_parts.origins(source, [row, *lines])))


def _lead(source: Source, row: Row) -> str:
    """Whether it is active at the date, by its last event."""
    assert source.as_of is not None
    if row["joined_on"] and row["joined_on"] > source.as_of:
        return t("N’avait pas encore rejoint le réseau au {day}.", day=numbers.day(source.as_of))
    if row["left_on"] and row["left_on"] <= source.as_of:
        return t("A quitté le réseau le {day}.", day=numbers.day(row["left_on"]))
    last = sheet_reads.last_event(source, str(row["partner_id"]))
    words = {
        "active": t("Actif : un échange ou un financement dans les douze derniers mois"),
        "idle": t("En veille : rien depuis plus de douze mois"),
        "dormant": t("Dormant : rien depuis plus de vingt-quatre mois"),
    }[activity(last, source.as_of)]
    return t("{words}, le dernier le {day}.", words=words, day=numbers.day(last)) if last else f"{words}."


def _about(row: Row) -> list[tuple[object, object]]:
    return [
        (title("sector"), label("sector", row["sector"]) if row["sector"] else numbers.NONE),
        (t("Type"), label("partner_kind", row["kind"]) if row["kind"] else numbers.NONE),
        (title("network"), row["network"] or numbers.NONE),
        (title("joined_on"), numbers.day(row["joined_on"])),
        (t("Date de sortie"), numbers.day(row["left_on"])),
        (
            title("engagement_level"),
            numbers.NONE
            if row["engagement_level"] is None
            else t("{n} sur 5", n=int(row["engagement_level"])),
        ),
    ]


def _exchanges(source: Source, id: str) -> Html:
    found = sheet_reads.interactions(source, id)
    total = sum(n for _, _, n in found)
    words = tn("{n} échange avec la ville", "{n} échanges avec la ville", total)
    drawn = tables.drawn(source, "partenaire-echanges", id=id)
    return section(
        words if total else t("Les échanges"),
        drawn or tag("p", span("lv-grey", t("Aucun échange enregistré à cette date."))),
    )


@tables.offered("partenaire-echanges")
def exchanges_table(source: Source, asked: Asked) -> Table | None:
    """The interactions of partner ``id`` by year and kind, up to the date."""
    id = asked.get("id", "")
    if source.as_of is None or not (found := sheet_reads.interactions(source, id)):
        return None
    columns = (Column(t("Année")), Column(t("Type")), Column(t("Nombre"), "number", "n"))
    rows = [[str(year), label("interaction_kind", kind), n] for year, kind, n in found]
    return tables.table(source, t("Échanges avec {id}", id=id), columns, rows, about=id)


def _lines(source: Source, id: str, lines: list[Row]) -> Html:
    awarded = sheet_parts.euros(sheet_parts.total(lines, "awarded_amount"))
    words = tn(
        "{n} ligne de financement, {awarded} notifiés",
        "{n} lignes de financement, {awarded} notifiés",
        len(lines),
        awarded=awarded,
    )
    drawn = tables.drawn(source, "partenaire-financements", id=id, class_="lv-rows")
    none = tag("p", span("lv-grey", t("Aucune demande de financement à cette date.")))
    return section(
        words if lines else t("Les financements"), sheet_parts.folded(drawn, len(lines)) if drawn else none
    )


@tables.offered("partenaire-financements")
def lines_table(source: Source, asked: Asked) -> Table | None:
    """The financing lines of partner ``id``, as known at the date."""
    id = asked.get("id", "")
    if source.as_of is None or not (found := sheet_reads.lines(source, "partner_id", id)):
        return None
    rows = [sheet_parts.line(source, row, "projet") for row in found]
    return tables.table(
        source, t("Financements de {id}", id=id), sheet_parts.line_columns(t("Projet")), rows, about=id
    )
