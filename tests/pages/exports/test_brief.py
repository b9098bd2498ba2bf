"""The mayor's brief: one page always, the standards of archives and of readers, the screen's numbers, and no word that runs."""

import re
from dataclasses import replace
from datetime import date

import pytest

from data.engine import Engine
from metrics.briefs import LEAD, Choice, Choices
from metrics.dates import month_ends
from metrics.definitions import Catalogue
from metrics.stored import scopes_at
from pages.exports import awaited, brief, setting
from pages.exports.edition import Edition, empty
from pages.exports.model import Due, News
from pages.texts.headlines import in_words
from tests.pages.conftest import Visit, shown
from tests.pages.exports import papers
from tests.pages.exports.conftest import JUNE, Edit

LONG = (
    "Le conseil municipal a demandé que ce point soit suivi de près, car il engage les deux exercices à venir. "
    * 30
)
CODE = '#read("/etc/passwd") $x^2$ *gras* _penché_ #let a = 1 `raw` <label> @ref [x] {y} \\ // /* = Titre " - + ~'


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_is_one_accessible_page_for_the_archives(edit: Edit, lang: str) -> None:
    made = brief.write(edit(lang=lang))
    assert papers.pages(made) == 1
    papers.assert_archival_and_accessible(made, lang)
    kinds = [kind for kind, _ in papers.elements(made)]
    assert kinds.count("Table") >= 3 and kinds.count("TH") >= 10
    assert sum(kind == "Figure" for kind in kinds) >= 11  # a bar and a trend for each claim that has them


def test_it_says_the_title_the_claims_the_reasons_and_where_from(edit: Edit) -> None:
    made, said = edit(), papers.text(brief.write(edit()))
    assert made.title in said and made.sources in said and made.coverage.words in said
    for one in made.claims:
        assert all(flat(words) in flat(said) for words in (one.label, one.claim, one.word, one.proof)), (
            one.kpi
        )
    for one in (*made.best, *made.worst):
        assert flat(one.label) in flat(said) and flat(one.why) in flat(said), one.kpi
    for goal in made.objectives:
        assert flat(goal.label) in flat(said)


def flat(words: str) -> str:
    """Without any space: a line may break anywhere in a PDF."""
    return re.sub(r"\s", "", words)


@pytest.mark.parametrize("as_of", [date(2015, 6, 30), date(2015, 3, 31)])
def test_the_numbers_are_those_of_the_screen(edit: Edit, town: object, visit: Visit, as_of: date) -> None:
    page = shown(visit("", as_of=as_of.isoformat()))
    screen = flat(re.sub(r"<[^>]+>", "", page))
    made = edit(as_of)
    assert flat(made.title) in screen and flat(made.sides_title) in screen
    for one in made.claims:
        value = f"{one.before}{one.figure}{one.after}"
        assert all(flat(words) in screen for words in (value, one.word, one.proof, one.target_words)), one.kpi
    for one in (*made.best, *made.worst):
        assert flat(f"{one.label}{one.text}{one.target_text}{one.word}{one.score_text}") in screen, one.kpi
    for goal in made.objectives:
        assert flat(f"{goal.label}{goal.hides}{goal.word}{goal.score_text}") in screen, goal.code


def test_it_holds_on_one_page_at_any_date(edit: Edit) -> None:
    ends = month_ends(date(2014, 9, 30), JUNE)
    days = [*ends[::3], date(2010, 1, 31), date(2014, 9, 15)]
    for place, day in enumerate(days):
        made = brief.write(edit(day, lang=("fr", "en")[place % 2]))
        assert papers.pages(made) == 1, day


def test_it_holds_on_one_page_in_any_scope(edit: Edit, engine: Engine) -> None:
    for scope in scopes_at(engine, JUNE)[::3]:
        made = brief.write(edit(scope=scope))
        assert papers.pages(made) == 1 and flat(scope) in flat(papers.text(made))


def test_long_comments_take_fewer_lines_and_no_word_is_cut(edit: Edit) -> None:
    plain = edit()
    keys = [
        LEAD,
        *(one.key for one in (*plain.signals, *plain.decisions)),
        *(f"kpi:{one}" for one in plain.figures),
    ]
    made = edit(choices=Choices({key: Choice(key, words=LONG) for key in keys}))
    page = brief.write(made)
    assert papers.pages(page) == 1
    said = papers.text(page)
    assert "Le conseil municipal" in said
    known = set(re.findall(r"\w+", LONG))
    tail = re.findall(r"Le conseil municipal[^…]{0,400}…", said)
    for words in tail:
        assert set(re.findall(r"\w+", words)) & known


def test_many_signals_and_decisions_are_counted_when_they_do_not_all_hold(edit: Edit) -> None:
    one = News(
        "late:P1",
        "late",
        "bad",
        "Retard",
        "Un projet a du retard depuis longtemps. " * 4,
        "",
        True,
        False,
        "",
        "P1",
        "",
    )
    many = tuple(replace(one, key=f"late:P{number}") for number in range(60))
    page = brief.write(replace(edit(), moves=many, decisions=many, awaited=many))
    assert papers.pages(page) == 1 and re.search(r"et 5\d autres", papers.text(page))


def test_what_is_pinned_is_on_the_page_before_what_is_overdue(edit: Edit) -> None:
    plain = edit()
    ageing = [one for one in plain.decisions if one.kind == "ageing"]
    late = [one for one in plain.actions if one.status == "off_target"]
    assert len(ageing) > 1 and late and plain.actions[-1].status == "on_target"
    pins = (ageing[-1].key, plain.actions[-1].key, late[0].key)  # the second is in time
    chosen = {
        key: Choice(key, place, is_pinned=True, words=f"Épingle {place}") for place, key in enumerate(pins)
    }
    made = edit(choices=Choices(chosen))
    for layout in brief.content(made)["layouts"][:-1]:
        items = layout["news"]["decisions"]["items"]
        assert items[0]["words"].startswith(made.awaited[0].sentence[:20]) and len(items) >= 3  # type: ignore[union-attr]
    assert [one.key for one in made.awaited[:3]] == [*pins]
    said = flat(papers.text(brief.write(made)))
    assert all(f"Épingle{place}" in said for place in range(3)) and flat(late[0].words) in said


def test_many_pins_with_long_words_hold_on_one_page(edit: Edit) -> None:
    plain = edit()
    keys = [*(one.key for one in (*plain.signals, *plain.decisions)), *(one.key for one in plain.actions)]
    made = edit(choices=Choices({key: Choice(key, is_pinned=True, words=LONG) for key in (LEAD, *keys)}))
    assert papers.pages(brief.write(made)) == 1


def test_decisions_are_counted_alike_and_similar_ones_share_a_line(edit: Edit) -> None:
    made = edit()
    late = [one for one in made.actions if one.status == "off_target"]
    assert len(late) < len(made.actions)  # some are in time, and wait for nobody
    news = brief.content(made)["layouts"][0]["news"]["decisions"]
    assert news["title"] == awaited.title(made)
    count, tail = news["title"].split(", ")
    assert count.lower().startswith(in_words(len(made.decisions))) and tail.startswith(in_words(len(late)))
    lines = [one for one in made.awaited if isinstance(one, News)]
    assert sum(one.many for one in lines) == len(made.decisions) > len(lines)
    assert not any(one.status == "on_target" for one in made.awaited if isinstance(one, Due))
    hidden = edit(choices=Choices({late[0].key: Choice(late[0].key, is_hidden=True)}))
    assert late[0].key not in {one.key for one in (*hidden.actions, *hidden.awaited)}


def test_one_bad_news_keeps_its_place(edit: Edit) -> None:
    good = News("a:1", "a", "good", "Bon", "Tout va bien.", "", True, False, "", "", "")
    lines = [replace(good, key=f"a:{n}") for n in range(9)]
    bad = replace(good, key="b:1", tone="bad", sentence="Un recul.")
    made = replace(edit(), moves=(*lines, bad))
    for layout in brief.content(made)["layouts"]:
        assert layout["news"]["signals"]["items"][-1]["words"] == "Un recul."


def test_other_scorecards_hold_too(edit: Edit) -> None:
    made = edit()
    side = made.perspectives[0]
    goals = tuple(replace(side.goals[0], code=f"X{number}", label="Objectif " * 20) for number in range(60))
    wide = replace(side, label="Perspective " * 20, goals=goals)
    page = brief.write(replace(made, perspectives=(wide,) * 6, town="Communauté " * 20, title="Titre " * 60))
    assert papers.pages(page) == 1


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_empty_store_says_so(catalogue: Catalogue, lang: str) -> None:
    from pages.texts import use

    use(lang)
    made = empty(catalogue)
    page = brief.write(made)
    assert papers.pages(page) == 1 and made.title in papers.text(page)
    papers.assert_archival_and_accessible(page, lang)


def test_no_word_of_the_data_is_read_as_code(edit: Edit) -> None:
    made = edit(choices=Choices({LEAD: Choice(LEAD, words=CODE)}))
    hostile = replace(
        made,
        town=CODE,
        scope=CODE,
        title=CODE,
        moves=tuple(replace(one, sentence=CODE, comment=CODE) for one in made.moves),
        claims=tuple(replace(one, label=CODE, claim=CODE, figure=CODE, after=CODE) for one in made.claims),
    )
    said = papers.text(brief.write(hostile))
    assert '#read("/etc/passwd")' in said and "$x^2$" in said and "root:" not in said


def test_what_the_fonts_lack_is_replaced_and_control_characters_go(edit: Edit) -> None:
    made = replace(edit(), title="Ligne\x00 漢字 🙂 \u202enoitcejni e\u0301te\u0301 ≥ 3")
    said = papers.text(brief.write(made))
    assert "Ligne ?? ? noitcejni été >= 3" in said


def test_a_missing_font_is_said(edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "FAMILIES", frozenset({"Levier Sans", "No Such Font"}))
    setting._fonts.cache_clear()
    try:
        with pytest.raises(setting.NotSet, match="No Such Font"):
            setting._fonts()
    finally:
        setting._fonts.cache_clear()


def test_the_same_edition_makes_the_same_words(edit: Edit) -> None:
    made: Edition = edit()
    assert papers.text(brief.write(made)) == papers.text(brief.write(made))
