"""KPIs in rows, on any screen and in any file: what each is worth at the source's date and scope, and how it was judged."""

from collections.abc import Collection, Iterable

from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.exports.table import Cell, Column, Table, Value
from pages.parts import marks, status, tables
from pages.parts.markup import link
from pages.parts.source import Source
from pages.texts import beside, judgements, numbers, said, t, units

Pair = tuple[Kpi, Reading | None]
RANKED = ("label", "value", "target", "status", "score")  # what a ranking shows
PLAIN = ("label", "value", "fraction")


def kpi_table(
    source: Source,
    title: str,
    pairs: Iterable[Pair],
    seen: Collection[str] = RANKED,
    filters: str = "",
    about: str = "",
) -> Table:
    """A table of KPIs with their readings; a screen shows the columns ``seen``, a file has them all but drawings."""
    found = list(pairs)
    named = [(name, column) for name, column in _columns(seen)]
    rows = [[_cell(source, name, kpi, reading) for name, _ in named] for kpi, reading in found]
    return tables.table(
        source,
        title,
        [column for _, column in named],
        rows,
        filters=filters,
        version=versions(found),
        about=about,
    )


def versions(pairs: Iterable[Pair]) -> str:
    """The definitions' versions: one number when they agree, else code by code."""
    found = [(kpi.code, reading.version if reading else kpi.version) for kpi, reading in pairs]
    distinct = sorted({version for _, version in found})
    if len(distinct) <= 1:
        return "".join(map(str, distinct))
    return ", ".join(f"{code} {version}" for code, version in found)


def _columns(seen: Collection[str]) -> list[tuple[str, Column]]:
    def column(
        name: str, title: str, kind: str = "text", unit: str = "", in_file: bool = True
    ) -> tuple[str, Column]:
        return name, Column(title, kind, unit, on_screen=name in seen, in_file=in_file)  # type: ignore[arg-type]

    return [
        column("code", t("Code")),
        column("label", t("Indicateur")),
        column("id", t("Identifiant")),
        column("objective", t("Objectif")),
        column("period", t("Période")),
        column("value", t("Valeur"), "number"),
        column("unit", t("Unité")),
        column("fraction", t("Sur quoi"), in_file=False),
        column("numerator", t("Numérateur"), "number"),
        column("denominator", t("Dénominateur"), "number"),
        column("n", t("n"), "number", "n"),
        column("low", t("Borne basse"), "number"),
        column("high", t("Borne haute"), "number"),
        column("coverage", t("Couverture"), "number", "ratio"),
        column("target", t("Cible"), "number"),
        column("status", t("Statut")),
        column("variation", t("Variation")),
        column("assurance", t("Assurance")),
        column("score", t("Score"), "number"),
        column("reason", t("Raison")),
        column("kind", t("Nature")),
        column("owner", t("Responsable")),
    ]


def _cell(source: Source, name: str, kpi: Kpi, reading: Reading | None) -> Value | Cell:
    """One cell by the name of its column."""
    if name in ("code", "id", "objective", "owner"):
        return str(getattr(kpi, name))
    if name == "label":
        return Cell(said(kpi.label), link(source.link("fiche", kpi=kpi.id), said(kpi.label)))
    if name == "kind":
        return t("avancé") if kpi.kind == "lead" else t("de résultat")
    if name == "unit":
        return units.unit_name(kpi.unit)
    if name == "target":
        return Cell(kpi.target, beside.target(kpi) or numbers.NONE)
    if name == "status":
        return Cell(judgements.word_of(reading), status.of_reading(reading))
    return _read(name, kpi, reading) if reading else None


def _read(name: str, kpi: Kpi, reading: Reading) -> Value | Cell:
    if name == "value":
        words = units.short if kpi.unit not in units.KNOWN else units.text
        return Cell(reading.value, words(reading.value, kpi.unit))
    if name == "fraction":
        return Cell(None, beside.fraction(reading, kpi))
    if name == "score":
        return Cell(reading.score, numbers.score(reading.score, reading.status == "on_target"))
    if name == "variation":
        return Cell(judgements.worded(reading.variation, kpi) or None, marks.variation(reading, kpi))
    if name == "assurance":
        return Cell(judgements.assurance_word(reading.assurance) or None, marks.assurance(reading))
    if name == "reason":
        return judgements.reason(reading.reason) or None
    found: Value = getattr(reading, name)
    return found
