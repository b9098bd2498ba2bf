"""Goal seek and tornado on « Et si… ? »: the address is the question, the answer says what binds, the link puts it in."""

import html
import re
from dataclasses import replace
from pathlib import Path

from metrics.scenario import Scenario
from metrics.seek_rules import Rule
from pages.parts import tables, whatif_seek, whatif_tornado
from pages.parts.address import Address
from pages.parts.source import open_source
from tests.pages.conftest import Visit, shown

CUT = "awards_cut,share=0.2"


def said(page: str) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", page))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def test_a_goal_of_the_address_is_answered(town: Path, visit: Visit) -> None:
    page = shown(visit("etsi", s=CUT, but="leverage_awarded", valeur="5", par="own_funds.change"))
    words = said(page)
    assert (
        "pour « Effet de levier notifié » à 1 pour 5,00, il faut « Fonds propres changés » : 20 % de moins"
        in words
    )
    assert "Avant : 1 pour 4,00" in words and "Mettre cette valeur dans le scénario" in words
    assert "own_funds%2Cchange%3D-0.2" in page


def test_out_of_reach_says_the_best_and_what_binds(town: Path, visit: Visit) -> None:
    at = visit("etsi", but="leverage_awarded", valeur="6", par="own_funds.change")
    words = said(shown(at))
    assert "à 1 pour 6,00 : inatteignable par « Fonds propres changés »" in words
    assert "participation minimale de la Ville (20 %), que P001" in words
    assert "L’argent public seul ne dépasse pas 1 pour 4,00" in words


def test_several_plans_are_said_in_the_plural(town: Path) -> None:
    source = open_source(Address())
    told = whatif_seek.answer(source, "", "leverage_awarded", "6", "private_share").found
    assert told is not None and told.rule is not None and told.rule.kind == "over_cost"
    words = said(" ".join(whatif_seek.bound(source, told)))
    assert "financés à 100 %, P" in words and "n’ont plus" in words
    law = replace(told, rule=Rule("own_share", 0.2, ("P001", "P004")))
    assert "que P001, P004 n’atteindraient plus" in said(" ".join(whatif_seek.bound(source, law)))


def test_the_examples_go_beyond_today_by_drivers_that_can(town: Path, visit: Visit) -> None:
    source = open_source(Address())
    assert [value for _, value in whatif_seek.goals(source, Scenario())] == ["6", "25 M€", "45"]
    listed = str(whatif_seek._examples(source, Scenario()))
    first, money, days = listed.split("<li>")[1:]
    assert "private_share%2Cshare%3D0" in first and "public_money.share" in first
    assert "argent public seul" in first and "own_funds" not in money and "staff.fte" in days
    assert "own_funds" not in days and "private_share" not in days


def test_an_addition_is_said_as_one_and_what_can_move_is_named(town: Path) -> None:
    source = open_source(Address())
    told = whatif_seek.answer(source, "", "investment_capacity_index", "30 M€", "own_budget.amount").found
    assert told is not None
    assert "« Moyens propres d'une année » : 10,0 M€ de plus" in said(
        whatif_seek.sentence(source, told)
    ).replace("’", "'")
    still = whatif_seek.answer(source, "", "investment_capacity_index", "9", "own_funds.change").found
    assert still is not None
    page = str(
        whatif_seek.drawn(source, Scenario(), still, {"but": "investment_capacity_index", "valeur": "9"})
    )
    assert "Peuvent le faire bouger" in said(page) and "own_budget.amount" in page


def test_the_form_asks_through_the_address(town: Path, visit: Visit) -> None:
    at = visit("etsi", v="but")
    assert "Que faudrait-il ?" in said(shown(at)) and "25 M€" in said(shown(at))
    at.selectbox(key="etsi.but.kpi").select("leverage_awarded")
    at.selectbox(key="etsi.but.by").select("own_funds.change")
    at.text_input(key="etsi.but.value").input("quatre")
    next(one for one in at.button if one.proto.form_id == "etsi.but").click()
    at.run()
    assert at.query_params["but"] == "leverage_awarded" and at.query_params["valeur"] == "quatre"
    assert "n’est pas une valeur à atteindre" in said(shown(at))


def test_what_cannot_be_asked_is_refused_kindly(town: Path) -> None:
    source = open_source(Address())
    for kpi, value, by in (
        ("moon", "5", "own_funds"),
        ("leverage_awarded", "5", "moon"),
        ("<b>", "5", "own_funds"),
    ):
        told = whatif_seek.answer(source, "", kpi, value, by)
        assert told.found is None and told.refused is not None
    assert tables.make(source, whatif_seek.NAME, {"but": "moon", "valeur": "5", "par": "own_funds"}) is None


def test_the_ways_that_are_offered_can_be_sought(town: Path) -> None:
    from metrics.seek import by_text

    assert all(by_text(name).name == name for name in whatif_seek._ways())
    assert set(whatif_seek.WAYS) <= set(whatif_seek._ways())


def test_the_tornado_is_asked_for_and_says_where_ranks_differ(town: Path, visit: Visit) -> None:
    page = said(shown(visit("etsi", s=CUT)))
    assert "Ce qui pèse le plus" in page and "ρ" not in page
    first = said(shown(visit("etsi", s=CUT, v="poids")))  # the first outcome is drawn without being asked for
    assert "« Cofinancements levés » dépend d’abord de" in first and "ρ" in first
    page = said(shown(visit("etsi", s=CUT, issue="raised")))
    assert "« Cofinancements levés » dépend d’abord de" in page
    assert (
        "autre rang" in page and "Les corrélations de rang ne rangent pas" in page and "supposition" in page
    )
    own = said(shown(visit("etsi", s=CUT, issue="own_cost")))
    assert "dépend d’abord de « Coût final sur coût prévu »" in own


def test_the_table_has_the_bars_numbers(town: Path) -> None:
    source = open_source(Address())
    made = tables.make(source, whatif_tornado.NAME, {"s": CUT, "issue": "leverage"})
    (one,) = [each for each in whatif_tornado.found(source, CUT) if each.outcome == "leverage"]
    assert made is not None and len(made.rows) == len(one.bars)
    assert tables.make(source, whatif_tornado.NAME, {"s": "nothing"}) is None
