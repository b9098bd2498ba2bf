"""What an import did or would do, and what is wrong in its files: every fault with its place and its mend."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from data.report import Report
from pages.parts import tables
from pages.parts.guard import notice
from pages.parts.markup import Html, div, heading, join, span, table, tag
from pages.parts.source import Source
from pages.parts.tables import Column, Table
from pages.texts import numbers, said, t, tn
from schemas.fault import Fault
from schemas.tables import TABLES

SHOWN = 100  # faults written out; the rest is counted
SHORT = 24  # characters of a value that stay on one line


def title_of(name: str) -> str:
    """A table's title in the run's language; its identifier if nobody knows it."""
    known = TABLES.get(name)
    return said(known.title) if known else name


def rows(count: int) -> str:
    """A count of rows in words: ``1 234 lignes``."""
    return tn("{n} ligne", "{n} lignes", count, n=numbers.decimal(count))


def report(done: Report) -> Html:
    """The whole report: what it comes to, what changes per table, then errors and warnings."""
    return join(
        (
            verdict(done),
            counts(done),
            faults(done.errors, t("À corriger")),
            faults(done.warnings, t("À savoir")),
        )
    )


def verdict(done: Report) -> Html:
    """What the report comes to, in a sentence, and what to do next."""
    if done.errors:
        words = tn(
            "Une erreur : rien n’est enregistré.",
            "{n} erreurs : rien n’est enregistré.",
            len(done.errors),
            n=numbers.decimal(len(done.errors)),
        )
        return notice(
            words, t("Corrigez les lignes ci-dessous dans vos fichiers, puis déposez-les de nouveau.")
        )
    total = sum(done.added.values()) + sum(done.changed.values())
    if done.undone is not None:
        return notice(
            t("L’import {n} est annulé.", n=done.undone), t("Les indicateurs sont recalculés."), "good"
        )
    if done.dry_run or done.import_id is None:
        if not total:
            return notice(
                t("Rien de nouveau dans ces fichiers."),
                t("Toutes les lignes sont déjà enregistrées."),
                "good",
            )
        return notice(
            t("Aucune erreur : {rows} à enregistrer.", rows=rows(total)),
            t("Rien n’est encore enregistré."),
            "good",
        )
    words = t("Import {n} enregistré : {rows}.", n=done.import_id, rows=rows(total))
    return notice(words, t("Les indicateurs sont recalculés."), "good")


def counts(done: Report) -> Html:
    """Rows added, changed and unchanged per table; "" when the report has none."""
    names = [
        name for name in TABLES if any(name in side for side in (done.added, done.changed, done.unchanged))
    ]
    if not names or done.errors:
        return Html("")
    head = (t("Table"), t("Ajoutées"), t("Modifiées"), t("Inchangées"))
    sides = (done.added, done.changed, done.unchanged)
    lines = [(title_of(n), *(numbers.decimal(side.get(n, 0)) for side in sides)) for n in names]
    return table(head, lines, right=(1, 2, 3), caption=t("Lignes par table"), class_="lv-counts")


def faults(found: Sequence[Fault], title: str) -> Html:
    """Faults by file and sheet, the first SHOWN written out; "" when there is none."""
    if not found:
        return Html("")
    ordered = sorted(found[:SHOWN], key=lambda f: (f.file or "", f.sheet or ""))
    groups = [
        _group(place, list(some))
        for place, some in groupby(ordered, key=lambda f: (f.file or "", f.sheet or ""))
    ]
    rest = len(found) - SHOWN
    more = (
        tag(
            "p",
            tn(
                "et {n} autre, du même genre ou non.",
                "et {n} autres, du même genre ou non.",
                rest,
                n=numbers.decimal(rest),
            ),
            class_="lv-note",
        )
        if rest > 0
        else ""
    )
    count = span("lv-grey", f" ({numbers.decimal(len(found))})")
    return tag("section", heading(3, title, count), *groups, more, class_="lv-faults")


def faults_table(source: Source, done: Report) -> Table:
    """Every error and warning of a report, however many."""
    titles = (t("Gravité"), t("Fichier"), t("Feuille"), t("Ligne"), t("Colonne"), t("Valeur"), t("Règle"))
    columns = [Column(words, "number" if words == t("Ligne") else "text") for words in titles]
    columns += [Column(t("Ce qui ne va pas")), Column(t("Que faire"))]
    rows = [_line(t("erreur"), fault) for fault in done.errors]
    rows += [_line(t("avertissement"), fault) for fault in done.warnings]
    return tables.table(source, t("Fautes"), columns, rows)


def _line(severity: str, fault: Fault) -> list[object]:
    place = [fault.file, fault.sheet, fault.row, fault.column, fault.value, fault.rule]
    return [severity, *place, said(fault.message), said(fault.mend)]


def _group(place: tuple[str, str], some: Sequence[Fault]) -> Html:
    file, sheet = place
    name = t("{file}, feuille « {sheet} »", file=file, sheet=sheet) if sheet else file
    head = (t("Ligne"), t("Colonne"), t("Valeur"), t("Ce qui ne va pas"), t("Que faire"))
    return join(
        (
            div("lv-place", tag("b", name or t("Ensemble des fichiers"))),
            table(head, map(_fault, some), class_="lv-cells", caption=name),
        )
    )


def _fault(fault: Fault) -> tuple[object, ...]:
    row = f"{fault.row}" if fault.row is not None else numbers.NONE
    return row, fault.column or numbers.NONE, _value(fault.value), said(fault.message), said(fault.mend)


def _value(value: str | None) -> Html:
    """The cell as typed; a short one is never broken over two lines."""
    if value is None:
        return Html("")
    return tag("code", value, class_="lv-short" if len(value) <= SHORT else None)


def summed(sides: Iterable[dict[str, int]]) -> str:
    """The total of several counts per table, written."""
    return numbers.decimal(sum(sum(side.values()) for side in sides))
