"""What changed, in sentences: each kind in both languages, headlines short, screens that exist."""

from datetime import date
from pathlib import Path

import pytest

from metrics.change import Change
from metrics.changing import State, changes
from metrics.states import readings
from pages.parts.address import Address
from pages.parts.screens import SCREENS
from pages.parts.source import open_source
from pages.texts import use
from pages.texts.sentences import LONGEST, cut, sentence, target, title


@pytest.fixture
def told(town: Path) -> tuple[State, tuple[Change, ...]]:
    """What changed in the demo town from August 2014 to June 2015."""
    source = open_source(Address())
    catalogue = source.catalogue
    since, until = (State(source.engine, catalogue, day) for day in (date(2014, 8, 31), date(2015, 6, 30)))
    return until, changes(since, until)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_change_is_a_sentence_a_headline_and_a_screen(
    told: tuple[State, tuple[Change, ...]], lang: str
) -> None:
    use(lang)
    until, found = told
    paths = {screen.path for screen in SCREENS}
    assert {one.kind for one in found} >= {
        "signal",
        "status",
        "awarded",
        "ageing",
        "stage",
        "opened",
        "closed",
        "silent",
        "rebase",
    }
    for one in found:
        words, headline = sentence(one, until.catalogue), title(one, until.catalogue)
        assert (
            words.endswith(".")
            and "None" not in words
            and "{" not in words
            and words[0].isupper() | (words[0] in "«“")
        )
        assert 0 < len(headline) <= LONGEST and not headline.endswith(".")
        path, params = target(one)
        assert path in paths and all(params.values())


def test_a_movement_has_its_numbers_and_its_n(told: tuple[State, tuple[Change, ...]]) -> None:
    until, found = told
    (days,) = (one for one in found if one.key == "status:appraisal_median_days")
    words = sentence(days, until.catalogue)
    assert words.startswith("Le délai médian d’instruction passe de 200\u00a0j à 60\u00a0j")
    assert f"(n = {readings(until)['appraisal_median_days'].n})" in words
    assert "la rupture de septembre 2014 dépasse le bruit habituel" in words
    use("en")
    assert sentence(days, until.catalogue).startswith(
        "Median appraisal time: 60\u00a0days, after 200\u00a0days"
    )


def test_long_headlines_are_cut_between_words() -> None:
    assert cut("court") == "court"
    assert cut("mot " * 30) == "mot " * 13 + "mot…" and len(cut("mot " * 30)) <= LONGEST
