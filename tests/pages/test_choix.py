"""« Choix de projets »: the question is the address, the answer is the best set with its proof, a conflict is said, nothing is stored."""

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.choosing.question import Risk
from pages.exports.table import raw
from pages.parts import choice_panels, choice_question, choice_reads, choice_words, tables
from pages.parts.address import Address
from pages.parts.choice_question import Added, Question, Start
from pages.parts.source import Source, open_source
from tests.pages.conftest import Visit, shown

TEN = {"which": "example"}
START = Start((2015, 2016, 2017), (4_800_000.0,), (7.0,))


def words(at: AppTest) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", shown(at)))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


@pytest.fixture
def source(town: Path) -> Source:
    return open_source(Address())


def answer(source: Source, **params: str) -> choice_reads.Answer:
    return choice_reads.answer(source, choice_reads.params_of(params))


def test_a_question_is_its_address() -> None:
    question = Question(
        "funded",
        (2015, 2016),
        (900_000.0, None),
        (4.0, 3.5),
        "blend",
        0.7,
        True,
        "more_own",
        2,
        0.9,
        ("P001",),
        ("P002", "P003"),
        (
            Added("share_least", "lead_directorate", "Culture, sport ; jeunesse", 0.2, "own"),
            Added("cap", value="region", number=3e6),
            Added("one", value="P004+P005"),
        ),
        True,
    )
    params = choice_question.params_of(question, START)
    assert choice_question.asked(params, START) == question
    assert params["own"] == "900;-" and params["years"] == "2015-2016"
    usual = choice_question.asked({}, START)
    assert choice_question.params_of(usual, START) == {} and usual.own == (4_800_000.0,) * 3


@pytest.mark.parametrize(
    "params",
    [
        {"which": "x", "years": "2015", "own": "a;b", "fte": "-1", "goal": "?", "risk": "7"},
        {"years": "2016-2015", "each": "two", "rules": "most,theme;nothing;x,y,z,1,count", "theta": "nan"},
    ],
)
def test_what_cannot_be_read_counts_as_not_said(params: dict[str, str]) -> None:
    found = choice_question.asked(params, START)
    assert found.years == START.years and found.which == "not_started" and found.rules == ()
    assert found.risk is None and found.goal == "total" and 0 <= found.theta <= 1


def test_it_starts_from_what_the_last_budget_leaves(source: Source) -> None:
    start = choice_reads.start(source, "not_started")
    assert start.years == (2015, 2016, 2017)
    revenue, spent, repaid, receipts, fte = source.engine.rows(
        "SELECT operating_revenue_amount, operating_expenditure_amount, loan_repayment_amount, own_investment_receipts_amount, dadi_fte FROM budgets WHERE year = 2015"
    )[0]
    assert start.own == (float(revenue - spent - repaid + receipts),) and start.fte == (float(fte),)


def test_the_ten_projects_are_those_of_the_worked_example(town: Path, visit: Visit) -> None:
    page = words(visit("choix", **TEN))
    for said in (
        "6 projets sur 10 : 11,6 M€ d’investissement ; 800 k€ de plus qu’en les prenant par levier",
        "Optimum prouvé",
        "1,7 M€ de fonds propres, 9,9 M€ de partenaires : levier 1 pour 5,82",
        "830 k€ sur 900 k€",
        "Le plus fort levier n’est pas le plus grand investissement",
        "10,12 M€",
        "Avec 100 k€ de fonds propres de plus en 2015 : 480 k€ de plus",
        "Avec 0,5 ETP de plus chaque année : 780 k€ de plus",
    ):
        assert said in page, said
    english = words(visit("choix", **TEN, lang="en"))
    assert "6 projects of 10: €11.6m of investment" in english and "Proven optimum" in english


def test_what_cannot_be_chosen_says_which_rules_conflict(town: Path, visit: Visit) -> None:
    page = words(visit("choix", **TEN, **{"fte": "1", "in": "P001"}))
    assert "Aucun choix ne respecte toutes ces règles" in page
    assert re.search(r"P001 \(Pôle d.échanges gare\) est engagé", page)
    assert "ETP 20" in page and "1 au plus ; il en faut 1,2, soit 0,2 de plus" in page


def test_the_conflict_stands_right_under_the_headline(town: Path, visit: Visit) -> None:
    page = words(visit("choix", **TEN, own="100;100", fte="1;1", **{"in": "P001"}))
    told = page.index("Ces règles ne peuvent pas tenir ensemble")
    assert page.index("Aucun choix ne respecte") < told < page.index("La question")
    assert "levier le plus fort" not in page and "il en faut" in page and "de plus" in page


def test_money_still_to_find_is_in_the_headline_and_the_tables(source: Source) -> None:
    found = answer(source)
    assert found.chosen is not None and found.chosen.portfolio is not None
    best = found.chosen.portfolio
    short = best.total - best.own - best.public - best.private
    assert best.to_find == pytest.approx(short) and short > 1e6
    assert f"dont {choice_words.money(short)} à trouver" in choice_words.title(found)
    made = tables.make(source, "choix-projets", {})
    assert made is not None
    place = next(at for at, one in enumerate(made.columns) if one.title == "À trouver")
    told = sum(float(str(raw(row[place]))) for row in made.rows if row[2])
    assert told == pytest.approx(short)


def test_only_fully_funded_projects_leave_nothing_to_find(source: Source) -> None:
    found = answer(source, funded="yes").chosen
    assert found is not None and found.portfolio is not None and found.portfolio.picks
    assert found.portfolio.to_find < 1
    assert {rule.kind for rule in found.barred} >= {"funded"}


def test_many_projects_are_folded_with_their_titles_and_links(source: Source) -> None:
    found = answer(source)
    assert found.chosen is not None and found.chosen.core is not None
    never = found.chosen.core.never
    assert len(never) > choice_panels.LISTED
    body = choice_panels.body(source, found)
    title = html.escape(found.chosen.choice.candidate(never[0]).title, quote=False)
    assert re.search(
        rf'<details[^>]*><summary>{len(never)} projets</summary>.*?<a href="/projet[^"]*{never[0]}', body
    )
    assert f"{never[0]} {title[:20]}" in html.unescape(body)


def test_the_store_s_candidates_are_chosen_within_the_budgets(source: Source) -> None:
    found = answer(source).chosen
    assert found is not None and found.portfolio is not None and found.status in ("optimal", "within_gap")
    for budget in found.choice.budgets:
        for used, most in zip(found.portfolio.uses[budget.resource], budget.amounts, strict=True):
            assert most is None or used <= most + 1e-6
    barred = {rule.id.partition(":")[2] for rule in found.barred}
    assert not barred & set(found.portfolio.ids)


def test_rules_reach_the_choice(source: Source) -> None:
    rule = Added("most", "theme", "", 1.0, "count")
    found = answer(source, which="example", each="0", rules=rule.as_text()).chosen
    assert found is not None and found.portfolio is not None
    themes = [found.choice.candidate(id).traits["theme"] for id in found.portfolio.ids]
    assert len(themes) == len(set(themes))
    assert "P010" not in (answer(source, which="example", out="P010").chosen.portfolio.ids)  # type: ignore[union-attr]


def test_an_unknown_project_is_refused_kindly(town: Path, visit: Visit) -> None:
    markup = shown(visit("choix", **{"in": "<script>"}))
    assert "Ce choix ne peut pas être calculé" in markup and "Repartir du début" in markup
    assert "<script>" not in markup


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [("own", "abc", "abc"), ("own", "900;", ""), ("own", "900;nan", "nan"), ("fte", "4;-1", "-1")],
)
def test_a_budget_that_cannot_be_read_is_refused_and_named(
    source: Source, name: str, value: str, told: str
) -> None:
    found = answer(source, **TEN, **{name: value})
    assert found.chosen is None and found.refused is not None
    assert f"« {name} » : valeur inattendue « {told} »" in found.refused.reason.fr
    assert "aucune limite" in found.refused.mend.fr
    assert found.question.own == (900_000.0, 1_000_000.0)


def test_no_limit_is_what_says_so(source: Source) -> None:
    found = answer(source, **TEN, own="-;1000")
    assert found.refused is None and found.question.own == (None, 1_000_000.0)


def test_the_form_puts_the_question_into_the_address(town: Path, visit: Visit) -> None:
    at = visit("choix", **TEN)
    next(one for one in at.number_input if one.label == "Fonds propres 2015 (k€)").set_value(1000.0)
    next(one for one in at.button if one.label == "Choisir les projets").click()
    at.run()
    assert at.query_params["own"] == "1000;1000" and at.query_params["which"] == "example"
    assert "12,08 M€" in words(at)


def test_a_rule_is_added_and_can_be_taken_out(town: Path, visit: Visit) -> None:
    at = visit("choix", **TEN)
    next(one for one in at.button if one.label == "Ajouter la règle").click()
    at.run()
    assert at.query_params["rules"] == "most,theme,,2,count"
    page = html.unescape(shown(at))
    assert "Thème, chaque valeur : au plus 2 projets" in words(at)
    assert re.search(r'href="/choix\?which=example&lang[^"]*"[^>]*>Retirer', page)


def test_a_scenario_says_so_on_the_screen_and_in_the_files(town: Path, source: Source, visit: Visit) -> None:
    page = words(visit("choix", s="awards_cut,share=0.2", which="funded"))
    assert "Scénario · Choix de projets" in page and "Subventions réduites" in page
    made = tables.make(source, "choix-projets", {"s": "awards_cut,share=0.2", "which": "funded"})
    assert made is not None and made.title.startswith("Scénario")
    base = tables.make(source, "choix-projets", {"which": "funded"})
    assert base is not None and not base.title.startswith("Scénario")


def test_the_files_have_every_candidate(source: Source) -> None:
    made = tables.make(source, "choix-projets", TEN)
    assert (
        made is not None
        and len(made.rows) == 10
        and [row[2] for row in made.rows] == [True] * 6 + [False] * 4
    )


def test_an_empty_store_says_what_to_do(empty: Path, visit: Visit) -> None:
    assert "Importer des fichiers" in shown(visit("choix"))


def test_draws_are_told_where_there_are_some(source: Source) -> None:
    from metrics.choosing.found import Core, Kept

    found = answer(source, which="example")
    assert found.chosen is not None
    drawn = replace(
        found.chosen,
        choice=replace(found.chosen.choice, risk=Risk(0.9)),
        core=Core(50, {"P002": 1.0, "P001": 0.4, "P008": 0.0}, 60, True),
        kept=Kept(0.9, 1000, 0.92, 0.91, None, 0.5, ((0.5, (8e5, 9e5)), (0.9, (9e5, 1e6))), "exact"),
    )
    page = re.sub(r"<[^>]+>", "", choice_panels.body(source, replace(found, chosen=drawn)))
    for said in (
        *("Toujours choisis : P002 Friche", "Jamais choisis : P008 Berges", "91", "une fois sur 10"),
        *("un projet est choisi dans les 50 tirages", "50 tirages sur 60, arrêté par le temps"),
    ):
        assert said in page.replace("\u00a0", " "), said
    assert choice_words.proof(drawn).startswith("Optimum prouvé")


def test_points_of_the_scorecard_are_computed_for_each_candidate(town: Path) -> None:
    source = open_source(Address(scope="DADI"))
    found = choice_reads.asked(source, (("goal", "points"), ("which", "funded_or_pending")))
    assert found.refused is None and found.choice is not None
    assert found.choice.candidates and all(one.points is not None for one in found.choice.candidates)


def test_the_rivals_bars_are_seen() -> None:
    """A mark stands out from the paper by 3 to 1 at the least, in both themes."""
    static = Path(choice_panels.__file__).parents[1] / "static"
    name = re.search(
        r"lv-tone-quiet \{ background: var\((--\w+)\)", (static / "sheets.css").read_text("utf-8")
    )
    assert name is not None
    tokens = (static / "levier.css").read_text("utf-8")
    pairs = [
        re.findall(r"#\w{6}", re.search(rf"{one}: light-dark\(([^)]*)\)", tokens)[1])  # type: ignore[index]
        for one in (name[1], "--paper")
    ]
    for mark, paper in zip(*pairs, strict=True):
        low, high = sorted(map(luminance, (mark, paper)))
        assert (high + 0.05) / (low + 0.05) >= 3, (mark, paper)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1) of #RRGGBB."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
