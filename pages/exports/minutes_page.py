"""A document of several pages set as PDF."""

from typing import Any

from pages.exports.document import Block, Document, Heading, Paragraph, Rows
from pages.exports.setting import pdf
from pages.exports.wording import printable
from pages.texts import language, numbers, t


def page(document: Document) -> bytes:
    """Return the document as PDF/A-2b and PDF/UA-1. Raises setting.NotSet."""
    return pdf("minutes.typ", content(document))


def content(document: Document) -> dict[str, Any]:
    """Return what the template sets: words that the fonts have, in the document's order."""
    return {
        "lang": language(),
        "document": printable(document.title),
        "description": printable(document.lead or document.title),
        "keywords": [printable(document.kicker)],
        "title": printable(document.title),
        "kicker": printable(document.kicker),
        "lead": printable(document.lead),
        "foot": printable(document.foot),
        "page": t("page"),
        "day": numbers.day(document.dated),
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": printable(text), "level": level}
        case Paragraph(text, label, is_quiet):
            return {
                "kind": "paragraph",
                "text": printable(text),
                "label": printable(label),
                "quiet": is_quiet,
            }
        case Rows():
            return {
                "kind": "rows",
                "caption": printable(block.caption),
                "head": [printable(words) for words in block.head],
                "rows": [[printable(cell) for cell in row] for row in block.rows],
                "widths": list(block.widths),
                "right": [at in block.right for at in range(len(block.head))],
            }
