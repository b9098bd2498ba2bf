"""Since when: the moments of the address, one's last visit, and the panel and the list that tell what changed."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data import seen
from data.access import Actor
from data.places import places
from data.seen import visit as noted
from metrics.corrections import last_import
from pages.parts import changes, tables
from pages.parts.address import Address
from pages.parts.since import Since, of_word, visited
from pages.parts.source import open_source
from tests.pages.conftest import Visit, shown

JUNE = date(2015, 6, 30)


def panel(page: str) -> str:
    """The panel of what changed, on a page."""
    return page[page.index("Ce qui a changé depuis") :].split("</div></div>")[0]


def lines(page: str) -> list[str]:
    return re.findall(r'<li><span class="lv-tone.*?</li>', page)


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("week", Since("week", date(2015, 6, 23))),
        ("month", Since("month", date(2015, 5, 31))),
        ("2015-03-31", Since("date", date(2015, 3, 31))),
        ("2015-06-30.4", Since("date", JUNE, 4)),
        ("2015-06-30", None),
        ("2015-07-01", None),
        ("1999-01-01", None),
        ("hier", None),
        ("", None),
        ("2015-06-30.x", None),
    ],
)
def test_the_words_of_the_address(town: Path, word: str, wanted: Since | None) -> None:
    assert of_word(open_source(Address()), word) == wanted


def test_the_panel_says_what_changed_in_six_sentences_at_most(town: Path, visit: Visit) -> None:
    page = shown(visit())
    assert "Ce qui a changé depuis mai" in page and 1 <= len(lines(page)) <= changes.SHOWN
    assert "L’effet de levier notifié passe de 1 pour 3,88 à 1 pour 5,00" in page
    assert "Débit" not in "".join(lines(page)) and "/changements?since=month" in page
    assert "synthese-changements.csv?since=month" in page
    week = shown(visit(since="week"))
    assert "Ce qui a changé depuis le 23 juin 2015" in week and 'aria-current="true">une semaine' in week
    english = shown(visit(since="2015-03-31", lang="en"))
    assert "What has changed since 31 March 2015" in english and " from " in "".join(lines(english))


def test_the_whole_list_has_its_screen_and_its_files(town: Path, visit: Visit) -> None:
    page = shown(visit("changements", since="month"))
    source = open_source(Address())
    since = of_word(source, "month")
    assert since is not None
    found = changes.changes(source, since)
    assert page.count('class="lv-told"') == len(found) > 30
    made = tables.make(source, changes.NAME, {"since": "month"})
    assert made is not None and len(made.rows) == len(found)
    assert "Rien à comparer" in shown(visit("changements", as_of="2006-01-31"))


def test_a_viewer_sees_no_rows(town: Path) -> None:
    viewer = open_source(Address(), Actor("v", "viewer"))
    since = of_word(viewer, "month")
    assert since is not None
    found = changes.changes(viewer, since)
    assert found and not [one.key for one in found if one.project or one.partner]


def test_one_s_last_visit_is_offered_once_there_was_one(own_town: Path, visit: Visit) -> None:
    source = open_source(Address())
    assert "votre dernière visite" not in shown(visit())
    known = last_import(source.engine)
    at = datetime.now(UTC) - timedelta(days=3)
    places(own_town).seen.unlink()
    noted(places(own_town), source.actor, date(2015, 5, 31), known, at)
    page = shown(visit(since="visit"))
    assert (
        "Ce qui a changé depuis votre visite du" in page
        and "/changements?since=2015-05-31.1" in page.replace(f".{known}", ".1")
    )
    assert 'aria-current="true">votre dernière visite' in page
    assert visited(open_source(Address(as_of=date(2015, 5, 31)))) is None  # another date is looked at


def test_nothing_new_since_a_visit_says_so(
    own_town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = open_source(Address())
    told = seen.Visit(JUNE, last_import(source.engine), datetime(2015, 7, 1, tzinfo=UTC))
    monkeypatch.setattr("data.seen.visit", lambda *_: told)
    page = shown(visit(since="visit"))
    assert "Rien de neuf depuis votre visite du" in page and not lines(page)
