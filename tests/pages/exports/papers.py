"""What a PDF holds, read with libraries that did not write it: its marks of a standard, its figures, its text."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdf


def text(made: bytes) -> str:
    """All its words, in single spaces."""
    read = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    return " ".join(" ".join(read).split())


def pages(made: bytes) -> int:
    """How many pages it has."""
    return len(pypdf.PdfReader(io.BytesIO(made)).pages)


def elements(made: bytes) -> list[tuple[str, str]]:
    """Every element of its structure: (kind, alternative text)."""
    with pikepdf.open(io.BytesIO(made)) as document:
        return list(_elements(document.Root.StructTreeRoot))


def _elements(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S).lstrip("/"), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from _elements(node.K)


def assert_archival_and_accessible(made: bytes, lang: str) -> None:
    """It says that it is PDF/A-2b and PDF/UA-1, and has what both ask for and a reader needs."""
    with pikepdf.open(io.BytesIO(made)) as document:
        root = document.Root
        assert str(root.Lang).startswith(lang) and bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle) and str(document.docinfo["/Title"])
        said = document.open_metadata()
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "B")
        assert said["pdfuaid:part"] == "1" and said["dc:title"]
        assert not document.is_encrypted and "/OutputIntents" in root
        fonts = [font for page in document.pages for font in page.Resources.get("/Font", {}).values()]
        assert fonts and all(_is_embedded(font) for font in fonts)
    kinds = [kind for kind, _ in elements(made)]
    assert kinds[0] == "Document" and "H1" in kinds
    assert all(words for kind, words in elements(made) if kind == "Figure")
    assert not re.search(rb"/JavaScript|/JS\b|/Launch|/EmbeddedFile", made)


def _is_embedded(font: Any) -> bool:
    for inner in font.get("/DescendantFonts", [font]):
        descriptor = inner.FontDescriptor
        if not any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3")):
            return False
        assert "Levier" in str(descriptor.FontName)
    return True
