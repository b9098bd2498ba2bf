"""The minutes read back, PDF and DOCX: all that was noted, nothing else, real headings and tables, the seal at the foot."""

import io
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from data.engine import Engine
from metrics.definitions import Catalogue
from metrics.meetings import Meeting, read_actions, read_meeting, read_meetings
from pages.exports import minutes
from pages.exports.document import Heading, Rows
from pages.texts import use
from tests.pages.exports import papers

CHAIN, COPY = "ab" * 32, "cd" * 32


@dataclass(frozen=True)
class Sealed:
    """A seal, as the store gives them."""

    week: str
    as_of: date = date(2015, 6, 30)
    sealed_on: date = date(2015, 7, 6)
    sealed_by: str = "DADI"
    content_sha256: str = COPY
    chain: str = CHAIN


@pytest.fixture(scope="module")
def meeting(engine: Engine) -> Meeting:
    """The last review of the demo town, with what was said in it."""
    found = read_meeting(engine, read_meetings(engine)[-1].meeting_id)
    assert found and found.items and found.decisions and found.actions
    return found


def read(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def words_of(book: Any) -> str:
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in book.paragraphs), *cells])


def pdf_words(content: bytes) -> str:
    """All words of a PDF on one line: a line broken on paper is not another sentence."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u202f", " ").split())


def test_both_files_hold_all_that_was_noted(engine: Engine, catalogue: Catalogue, meeting: Meeting) -> None:
    use("fr")
    seal = Sealed(meeting.meeting_id)
    word = words_of(read(minutes.docx(engine, catalogue, meeting, seal)))
    paper = pdf_words(minutes.pdf(engine, catalogue, meeting, seal))
    told = [
        *(item.title for item in meeting.items),
        *(item.said for item in meeting.items if item.said),
        *(decision.words for decision in meeting.decisions),
        *(action.words for action in meeting.actions),
        *(action.owner for action in meeting.actions),
        CHAIN,
        COPY,
    ]
    for words in told:
        assert words in word
        assert squeezed(words) in squeezed(paper)
    assert "29 juin 2015" in word and "29 juin 2015" in paper.replace("\u00a0", " ")


def squeezed(words: str) -> str:
    return "".join(words.split())


def test_the_title_counts_what_was_decided(engine: Engine, catalogue: Catalogue, meeting: Meeting) -> None:
    use("fr")
    bare = replace(meeting, decisions=(), actions=())
    assert "aucune décision, aucune action" in minutes.document(engine, catalogue, bare).title
    few = replace(meeting, decisions=meeting.decisions[:1], actions=meeting.actions[:2])
    assert "une décision, deux actions" in minutes.document(engine, catalogue, few).title


def test_the_actions_followed_are_those_open_at_the_review(
    engine: Engine, catalogue: Catalogue, meeting: Meeting
) -> None:
    use("fr")
    document = minutes.document(engine, catalogue, meeting)
    place = next(
        at
        for at, block in enumerate(document.blocks)
        if isinstance(block, Heading) and block.text == "Suivi des actions"
    )
    table = document.blocks[place + 1]
    assert isinstance(table, Rows)
    earlier = [one for one in read_actions(engine) if one.meeting_id < meeting.meeting_id]
    open_then = [one.words for one in earlier if one.closed_on is None or one.closed_on >= meeting.held_on]
    assert [row[1] for row in table.rows] == open_then and len(open_then) < len(earlier)


def test_a_week_that_is_not_sealed_says_so_on_every_page(
    engine: Engine, catalogue: Catalogue, meeting: Meeting
) -> None:
    use("fr")
    draft = minutes.document(engine, catalogue, meeting)
    assert "non scellée" in draft.foot and "Projet de compte rendu" in draft.lead
    pages = pypdf.PdfReader(io.BytesIO(minutes.pdf(engine, catalogue, meeting))).pages
    assert all("non scellée" in page.extract_text() for page in pages)
    sealed = pypdf.PdfReader(io.BytesIO(minutes.pdf(engine, catalogue, meeting, Sealed("2015-W27")))).pages
    assert all(CHAIN in page.extract_text() for page in sealed)


def test_the_word_file_has_headings_header_rows_a_language_and_no_field(
    engine: Engine, catalogue: Catalogue, meeting: Meeting
) -> None:
    for lang, tag in (("fr", "fr-FR"), ("en", "en-GB")):
        use(lang)
        content = minutes.docx(engine, catalogue, meeting, Sealed(meeting.meeting_id))
        book = read(content)
        styles = [paragraph.style.name for paragraph in book.paragraphs]
        assert styles.count("Title") == 1 and styles.count("Heading 1") >= 5 and "Heading 2" in styles
        for table in book.tables:
            first = table.rows[0]._tr.trPr
            assert first is not None and first.find(qn("w:tblHeader")) is not None
        assert book.core_properties.language == tag and book.core_properties.title
        xml = book.element.xml + book.styles.element.xml + book.sections[0].footer._element.xml
        assert f'<w:lang w:val="{tag}"' in xml
        for field in ("w:fldSimple", "w:instrText", "w:fldChar", "w:hyperlink", "w:object"):
            assert f"<{field}" not in xml
        with zipfile.ZipFile(io.BytesIO(content)) as found:
            told = b"".join(found.read(name) for name in found.namelist() if name.endswith(".rels"))
            assert b'TargetMode="External"' not in told and not [n for n in found.namelist() if "vba" in n]


def test_the_page_is_archivable_and_accessible(
    engine: Engine, catalogue: Catalogue, meeting: Meeting
) -> None:
    for lang in ("fr", "en"):
        use(lang)
        made = minutes.pdf(engine, catalogue, meeting, Sealed(meeting.meeting_id))
        papers.assert_archival_and_accessible(made, lang)
        kinds = [kind for kind, _ in papers.elements(made)]
        assert {"H1", "H2", "H3", "Table", "TH"} <= set(kinds)


def test_hostile_words_are_words(engine: Engine, catalogue: Catalogue, meeting: Meeting) -> None:
    use("fr")
    nasty = '#panic("x") *gras* $1/0$ <b>non</b> =1+1 \x0b\x00 @x // fin'
    items = (replace(meeting.items[0], title=nasty, said=nasty), *meeting.items[1:])
    made = replace(meeting, items=items)
    shown = '#panic("x") *gras* $1/0$ <b>non</b> =1+1'
    assert shown in words_of(read(minutes.docx(engine, catalogue, made)))
    assert squeezed(shown) in squeezed(pdf_words(minutes.pdf(engine, catalogue, made)))


def test_english_minutes_have_english_headings(
    engine: Engine, catalogue: Catalogue, meeting: Meeting
) -> None:
    use("en")
    heads = [
        block.text
        for block in minutes.document(engine, catalogue, meeting).blocks
        if isinstance(block, Heading)
    ]
    assert {"Agenda", "What was said", "Decisions", "Actions"} <= set(heads)


def test_a_review_without_anything_is_a_file_too(
    engine: Engine, catalogue: Catalogue, meeting: Meeting
) -> None:
    use("fr")
    bare = replace(meeting, items=(), decisions=(), actions=(), decided_by="")
    word = words_of(read(minutes.docx(engine, catalogue, bare)))
    assert "Aucune décision n’a été prise." in word and minutes.pdf(engine, catalogue, bare)[:5] == b"%PDF-"
