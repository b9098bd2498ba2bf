"""What changed, in sentences: each kind in both languages, headlines whole, screens that exist."""

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
from pages.texts.sentences import sentence, target, title
from pages.texts.sentences_groups import leading


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
        assert headline and not headline.endswith((".", "…")), "whole: a headline is stored"
        assert ",:" not in words and ", :" not in words.replace("\u00a0", " ")
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
        "Median appraisal time fell from 200\u00a0days to 60\u00a0days"
    )


def test_money_rose_in_english_and_by_how_much(told: tuple[State, tuple[Change, ...]]) -> None:
    use("en")
    until, found = told
    (raised,) = (one for one in found if one.kpi == "cofinancing_raised")
    words = sentence(raised, until.catalogue)
    assert " rose from €" in words and "(+€" in words and "that is" not in words


def test_bad_news_keep_their_places_among_the_first() -> None:
    good = [(Change(f"status:{n}", "status", "good", 9, True),) for n in range(8)]
    bad = [(Change(f"data:{n}", "data", "bad", 1, True),) for n in range(3)]
    assert leading([*good, *bad], 6) == [*good[:4], *bad[:2]]
    assert leading([*bad, *good], 6) == [*bad, *good[:3]]
    assert leading(good, 6) == good[:6] and leading([], 6) == []


def test_a_headline_has_the_whole_name_however_long(told: tuple[State, tuple[Change, ...]]) -> None:
    name = "Rénovation des façades, rue du Faubourg-Saint-Antoine et place de la Liberté"
    change = Change("ageing:N057", "ageing", "bad", 1, True, project="N057", facts={"title": name})
    assert title(change, told[0].catalogue).endswith(name)


PLAN = {
    "title": "Gare",
    "directorate": None,
    "own_share": 0.15,
    "min_own_share": 0.2,
    "own": 1.0,
    "public": 2.0,
}
LINE = {
    "title": "Gare",
    "partner": "Région",
    "amount": None,
    "programme": None,
    "awarded_on": date(2015, 6, 2),
}
BOOKS = {
    "number": 7,
    "at": date(2015, 7, 3),
    "files": ("f.csv",),
    "undoes": None,
    "changed": 2,
    "added": 1,
    "removed": 0,
}
AIMS = {
    f"{name}_{when}": None
    for name in ("target", "floor", "band", "limits", "due")
    for when in ("now", "then")
}
RARE = [
    (
        Change("plan:P001", "plan", "bad", 1, True, project="P001", facts=PLAN | {"verdict": "breach"}),
        "15\u202f%",
    ),
    (
        Change("plan:P001", "plan", "good", 1, True, project="P001", facts=PLAN | {"verdict": "compliant"}),
        "Gare",
    ),
    (
        Change(
            "lapse:F",
            "lapse",
            "bad",
            1,
            True,
            project="P",
            facts=LINE | {"deadline": date(2015, 9, 1), "days_left": 63, "is_passed": False},
        ),
        "1er septembre 2015, dans 63 jours",
    ),
    (
        Change(
            "lapse:F",
            "lapse",
            "bad",
            1,
            True,
            project="P",
            facts=LINE | {"deadline": date(2015, 6, 1), "days_left": -9, "is_passed": True},
        ),
        "un montant inconnu",
    ),
    (
        Change(
            "late:P",
            "late",
            "bad",
            1,
            True,
            project="P",
            facts={"title": "Gare", "what": "start", "year": 2014},
        ),
        "2014",
    ),
    (
        Change(
            "late:P",
            "late",
            "bad",
            1,
            True,
            project="P",
            facts={"title": "Gare", "what": "end", "year": 2014},
        ),
        "s’achever",
    ),
    (
        Change(
            "data:payments",
            "data",
            "bad",
            1,
            True,
            table="payments",
            facts={"last_on": date(2015, 1, 2), "days": 179, "limit": 137, "kpis": ("a", "b")},
        ),
        "« Versements »",
    ),
    (Change("data:trials", "data", "bad", 1, True, kpi="trials", facts={"period": "2014-06"}), "juin 2014"),
    (
        Change(
            "correction:projects:7",
            "correction",
            "neutral",
            1,
            True,
            table="projects",
            facts=BOOKS | {"columns": {"theme": 2}},
        ),
        "2 lignes modifiées (Thème), 1 ligne ajoutée",
    ),
    (
        Change(
            "correction:projects:8",
            "correction",
            "neutral",
            1,
            True,
            table="projects",
            facts=BOOKS | {"columns": {}, "undoes": 5},
        ),
        "l’import n° 5 est annulé",
    ),
    (
        Change(
            "target:throughput",
            "target",
            "neutral",
            1,
            True,
            kpi="throughput",
            facts=AIMS
            | {"target_now": 20.0, "target_then": 14.0, "reason": "Plus vite", "decided_by": "Cabinet"},
        ),
        "passe de 14 à 20 (Cabinet). Motif\u00a0: Plus vite.",
    ),
    (
        Change(
            "definition:trials",
            "definition",
            "neutral",
            1,
            True,
            kpi="trials",
            facts={"how": "changed", "version_now": 2, "version_then": 1},
        ),
        "version 2 au lieu de 1",
    ),
    (
        Change("definition:trials", "definition", "neutral", 1, True, kpi="trials", facts={"how": "removed"}),
        "sort du tableau",
    ),
]


@pytest.mark.parametrize(("change", "said"), RARE)
def test_what_the_demo_does_not_have_is_said_too(
    told: tuple[State, tuple[Change, ...]], change: Change, said: str
) -> None:
    catalogue = told[0].catalogue
    french = sentence(change, catalogue)
    assert said.replace("« ", "«\u00a0").replace(" »", "\u00a0»") in french and french.endswith(".")
    assert not title(change, catalogue).endswith("…") and target(change)[0] in {
        screen.path for screen in SCREENS
    }
    use("en")
    english = sentence(change, catalogue)
    assert english != french and english.endswith(".") and "{" not in english and "«" not in english
