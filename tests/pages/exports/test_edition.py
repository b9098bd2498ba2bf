"""What all exports are written from: the figures of the screens, the reasons, what is missing and why."""

from dataclasses import replace
from datetime import date

from data.engine import Engine
from metrics.briefs import Choice, Choices
from metrics.changing import changes
from metrics.definitions import Catalogue
from metrics.states import State
from metrics.stored import scopes_at
from pages.exports.edition import empty
from pages.texts import sentences
from tests.pages.exports.conftest import JUNE, Edit


def test_the_claims_of_the_sheets_are_said_with_their_proof(edit: Edit) -> None:
    made = edit()
    assert [one.kpi for one in made.claims][:2] == ["cofinancing_raised", "leverage_awarded"]
    assert [one.text for one in made.claims][:2] == ["15,0\u00a0M€", "1 pour 5,00"]
    assert all(one.claim and one.word == "Atteint" and "30 juin 2015" in one.proof for one in made.claims)
    assert made.title == "Les six promesses sont tenues"


def test_the_sides_hold_all_objectives_with_their_coverage(edit: Edit) -> None:
    made = edit()
    assert len(made.perspectives) == 4 and len(made.objectives) == 13
    assert all(goal.word == "Non calculé" for goal in made.objectives if goal.score is None)
    assert {kpi for goal in made.objectives for kpi in goal.kpis} == set(made.figures)


def test_the_worst_say_what_is_missing_and_on_how_many(edit: Edit) -> None:
    worst = {one.kpi: one for one in edit().worst}
    assert worst["press_and_replications"].why == "il manque 3"
    assert all(one.why and one.status != "on_target" for one in worst.values())


def test_coverage_counts_what_has_a_value_and_says_why_others_have_none(edit: Edit) -> None:
    found = edit().coverage
    missing = [kpi for gap in found.gaps for kpi in gap.kpis]
    assert found.computed + len(missing) == found.total == 40
    assert all(gap.reason for gap in found.gaps)


def test_freshness_never_goes_beyond_the_date(edit: Edit) -> None:
    march = date(2015, 3, 31)
    tables = edit(march).freshness
    assert {"projects", "financings", "partners"} <= {one.table for one in tables}
    assert all(one.event is None or one.event <= march for one in tables)
    assert any(one.event for one in tables) and all(one.import_id == 1 for one in tables)


def test_english_says_the_same_numbers(edit: Edit) -> None:
    french, english = edit(), edit(lang="en")
    assert english.title == "All six promises are kept" and english.lang == "en"
    assert [one.value for one in french.figures.values()] == [one.value for one in english.figures.values()]
    assert french.sha256 != english.sha256


def test_a_part_of_the_town_is_not_judged_by_the_town_s_amounts(edit: Edit, engine: Engine) -> None:
    scope = scopes_at(engine, JUNE)[0]
    made = edit(scope=scope)
    assert made.scope == scope and not any(one.claim for one in made.claims)
    assert all(
        one.axis is None for one in made.figures.values() if one.score is None and one.status == "unknown"
    )


def test_what_it_says_changes_its_seal_and_nothing_else_does(edit: Edit) -> None:
    made = edit()
    assert made.sha256 == edit().sha256 != edit(date(2015, 5, 31)).sha256
    assert replace(made, lead="Bonjour").sha256 != made.sha256
    commented = Choices({"kpi:active_files": Choice("kpi:active_files", words="À suivre")})
    assert edit(choices=commented).sha256 != made.sha256


def test_choices_arrange_the_claims(edit: Edit) -> None:
    chosen = {
        "kpi:partners_joined": Choice("kpi:partners_joined", position=1, is_pinned=True, words="Bravo"),
        "kpi:active_files": Choice("kpi:active_files", is_hidden=True),
    }
    made = edit(choices=Choices(chosen))
    assert made.claims[0].kpi == "partners_joined" and made.claims[0].comment == "Bravo"
    # The title counts every claim: none can be taken out.
    assert "active_files" in {one.kpi for one in made.claims} and len(made.claims) == 6


def test_an_empty_store_says_so(catalogue: Catalogue) -> None:
    made = empty(catalogue)
    assert made.is_empty and made.title == "Aucune donnée pour l’instant" and not made.figures


def test_what_it_tells_is_what_changed_and_nothing_else(
    edit: Edit, engine: Engine, catalogue: Catalogue
) -> None:
    made = edit()
    until = State(engine, catalogue, JUNE)
    found = {one.key: one for one in changes(replace(until, as_of=date(2015, 5, 31)), until)}
    told = [*made.signals, *made.decisions]
    assert {one.key for one in told} <= found.keys() and len(told) == len({one.key for one in told})
    assert all(one.sentence == sentences.sentence(found[one.key], catalogue) for one in told)
    assert not any(found[one.key].is_noise for one in told)
    assert all(one.tone == "bad" for one in made.decisions) and made.decisions
    missing = [
        one
        for one in found.values()
        if one.is_new and not one.is_noise and one.key not in {t.key for t in told}
    ]
    assert missing == []


def test_a_pinned_line_comes_first_and_a_hidden_one_not_at_all(edit: Edit) -> None:
    plain = edit()
    last, first = plain.signals[-1].key, plain.signals[0].key
    chosen = {
        last: Choice(last, position=1, is_pinned=True, words="À lire"),
        first: Choice(first, is_hidden=True),
        "kpi:throughput": Choice("kpi:throughput", position=2, is_pinned=True),
    }
    made = edit(choices=Choices(chosen))
    assert [one.key for one in made.signals[:2]] == [last, "kpi:throughput"]
    assert made.signals[0].comment == "À lire" and made.signals[1].sentence.startswith("Débit")
    assert first not in {one.key for one in made.signals}
