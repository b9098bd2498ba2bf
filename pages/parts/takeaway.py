"""What one leaves with: the documents of a screen's date and scope, at addresses of their own, made when somebody opens them."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.access import ALLOWED
from pages.exports import opendata
from pages.exports.setting import NotSet
from pages.parts import alerts_reads, editions
from pages.parts.markup import Html, join, span, tag
from pages.parts.source import Source
from pages.parts.tables import FOLDER
from pages.texts import t


@dataclass(frozen=True)
class File:
    """One document: what editions calls it ("" for open data, which name nobody), and how a browser knows it."""

    kind: str
    mime: str


PDF = "application/pdf"
OFFICE = "application/vnd.openxmlformats-officedocument"
FILES: Mapping[tuple[str, str], File] = {
    ("note-au-maire", "pdf"): File("brief", PDF),
    ("livret", "pdf"): File("book", PDF),
    ("diapositives", "pptx"): File("slides", f"{OFFICE}.presentationml.presentation"),
    ("classeur", "xlsx"): File("workbook", f"{OFFICE}.spreadsheetml.sheet"),
    ("donnees-ouvertes", "zip"): File("", "application/zip"),
}


def is_known(name: str, form: str) -> bool:
    """Whether an address names a document."""
    return (name, form) in FILES


def content(source: Source, name: str, form: str) -> tuple[bytes, str] | None:
    """A document and its type; None where there is nothing to write, or it could not be set. Raises data.access.Forbidden."""
    file = FILES[name, form]
    try:
        if file.kind:
            return editions.document(source, file.kind), file.mime
    except NotSet:
        return None
    return (opendata.write(alerts_reads.state(source)), file.mime) if source.as_of else None


def links(source: Source) -> Html:
    """The documents as links, for who may have them; "" for an empty store."""
    if source.as_of is None:
        return Html("")
    may = "read_rows" in ALLOWED.get(source.actor.role, frozenset())
    shown = [(name, form) for (name, form), file in FILES.items() if may or not file.kind]
    found = [
        tag("a", _words(name), href=source.link(f"{FOLDER}/{name}.{form}"), download=True)
        for name, form in shown
    ]
    return tag("p", span("", t("Emporter : ")), join(found, " · "), class_="lv-files lv-takeaway")


def _words(name: str) -> str:
    words = {
        "note-au-maire": lambda: t("note au maire (PDF)"),
        "livret": lambda: t("livret (PDF)"),
        "diapositives": lambda: t("diapositives (PPTX)"),
        "classeur": lambda: t("classeur (Excel)"),
        "donnees-ouvertes": lambda: t("données ouvertes (ZIP)"),
    }
    return words[name]()
