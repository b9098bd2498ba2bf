"""Setting pages with typst: PDF/A-2b and PDF/UA-1 at once, our fonts alone; what a document says is data, never code."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst

HERE = Path(__file__).resolve().parent
FAMILIES = frozenset({"Levier Sans", "Levier Serif"})
STANDARDS: list[Literal["a-2b", "ua-1"]] = ["a-2b", "ua-1"]
_TURN = Lock()  # a compiler sets one document at a time


class NotSet(RuntimeError):
    """A page could not be set as it should: a font is missing, or the document breaks its standards."""


@cache
def _fonts() -> typst.Fonts:
    """Our fonts; typst itself says nothing of a missing one. Raises NotSet."""
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")]
    )
    missing = FAMILIES - set(found.families())
    if missing:
        raise NotSet(f"missing fonts: {', '.join(sorted(missing))}")
    return found


@cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(str(HERE / template), root=str(HERE), font_paths=_fonts())


def pdf(template: str, content: Mapping[str, Any]) -> bytes:
    """Set ``content`` (JSON) with a template of this folder. Raises NotSet, whose words name no path."""
    inputs = {"data": json.dumps(content, ensure_ascii=False)}
    with _TURN:
        compiler = _compiler(template)
        try:
            made, warnings = compiler.compile_with_warnings(
                format="pdf", sys_inputs=inputs, pdf_standards=[*STANDARDS]
            )
        except typst.TypstError as error:
            raise NotSet(str(error).splitlines()[0]) from error
    if warnings:
        raise NotSet("; ".join(str(one) for one in warnings))
    assert isinstance(made, bytes)  # one page or many, a PDF is one file
    return made


def png(template: str, content: Mapping[str, Any], ppi: float) -> bytes:
    """Set ``content`` with a template and draw its first page, ``ppi`` dots an inch. Raises NotSet."""
    inputs = {"data": json.dumps(content, ensure_ascii=False)}
    with _TURN:
        try:
            made = _compiler(template).compile(format="png", ppi=ppi, sys_inputs=inputs)
        except typst.TypstError as error:
            raise NotSet(str(error).splitlines()[0]) from error
    first = made[0] if isinstance(made, list) else made
    assert isinstance(first, bytes)
    return first
