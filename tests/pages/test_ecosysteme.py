"""The screen of the 12 levers and the practice sheets: what they say is what metrics found; files; roles; empty stores."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.access import Actor, Forbidden
from metrics.ecosystem import Practice, Uses
from metrics.spread import Milestone
from pages.exports.table import raw
from pages.parts import (
    eco_panels,
    eco_reads,
    eco_timeline,
    eco_wheel,
    eco_words,
    files,
    index,
    practice_sheet,
    readable,
    tables,
)
from pages.parts.address import Address
from pages.parts.outward import outward
from pages.parts.source import open_source
from schemas.practices import FIRST_PRACTICES
from tests.pages.conftest import Visit, shown
from tests.pages.test_levier import said


def test_the_screen_tells_the_ecosystem(town: Path, visit: Visit) -> None:
    page = said(visit("ecosysteme"))
    for words in (
        "12 leviers sur 12 ont un outil en œuvre, 11 sont animés",
        "267 agents sur 640 sont venus au moins une fois, soit 41,7 %",
        "96 séances d’outils, 793 participations",
        "c’est 100 % de 84 avis d’un groupe qui s’est choisi lui-même : intervalle exact [95,7 ; 100,0] %",
        "4 directions animent seules des outils",
        "Coût externe nul, mais 2 749,5 h mobilisées",
        "MOOC : 61 inscriptions sur 180 menées à terme",
        "96 (53,3 %)",
        "Le groupe projet de 8 ressemble à 76,2 % aux effectifs",
        "33 000 (budget 2015)",
        "1 révolution d’outils engagée",
        "Deuxième révolution d'écosystème (annoncé)",
        "13 ressources en open data",
        "2d semestre 2015",
    ):
        assert words in page, words


def test_every_practice_is_on_the_wheel_and_in_the_list_with_its_exact_name(town: Path, visit: Visit) -> None:
    page = shown(visit("ecosysteme"))
    wheel = page.split('class="lv-wheel-wide"')[1].split("</svg>")[0]
    listed = page.split('class="lv-wheel-list"')[1].split("</ul>")[0]
    assert wheel.count("<a ") == listed.count("<a ") == 12
    for name, _ in FIRST_PRACTICES:
        assert name in wheel and f">{name}</a>" in listed
    assert wheel.index(">point silence") < wheel.index(">échecs and mates") < wheel.index(">cadran total")
    assert wheel.count("outil?id=") == 12


def test_states_are_a_shape_and_a_word(town: Path) -> None:
    assert [eco_words.squares(code).count('class="full"') for code in ("imagined", "trialled", "alive")] == [
        0,
        1,
        4,
    ]
    assert "déployé" in eco_words.mark("deployed") and "aria-hidden" in eco_words.mark("deployed")


def practice(code: str, lever: str, **more: object) -> Practice:
    bare = Practice(code, f"<b>{code}</b>", lever, 1, "", None, None, None, None, False, Uses())
    return replace(bare, **more)  # type: ignore[arg-type]


def test_a_lever_without_a_practice_says_so_and_one_with_three_says_how_many(town: Path) -> None:
    source = open_source(Address())
    made = eco_wheel.wheel(
        source, [practice(c, "le temps", revolution=r) for c, r in (("a", 1), ("b", 2), ("c", 2))]
    )
    assert made.count("aucun outil") == 22 and "et 1 autre au tableau" in made
    assert "<b>a</b>" not in made and "&lt;b&gt;a" in made and "imaginé" in made


def test_the_past_knows_less(town: Path, visit: Visit) -> None:
    page = said(visit("ecosysteme", as_of="2014-03-31"))
    assert "Aucun levier n’a encore d’outil en œuvre" in page and "expérimenté le 14/01/2014" in page
    assert "Pas encore de MOOC" in page and "mis en œuvre : première révolution" not in page
    assert "Aucune direction n’anime encore seule" in page


def test_a_directorate_has_its_own_sessions(town: Path, visit: Visit) -> None:
    source = open_source(Address(scope="Éducation et enfance"))
    found = eco_reads.practices_of(source)
    assert found is not None
    page = said(visit("ecosysteme", scope="Éducation et enfance"))
    assert f"{sum(p.uses.sessions for p in found.practices)} séances d’outils" in page
    assert "Éducation et enfance : des outils animés sans l’équipe projet" in page
    assert "DADI : rien encore sans l’équipe projet" in said(visit("ecosysteme", scope="DADI"))
    assert 0 < sum(p.uses.sessions for p in found.practices) < 96


def test_in_english(town: Path, visit: Visit) -> None:
    page = said(visit("ecosysteme", lang="en"))
    for words in (
        "12 levers of 12 have a practice in use, 11 are alive",
        "self-selected group",
        "kindness",
        "alive, last session",
    ):
        assert words in page, words
    assert "7 opinions “relevant” of 7" in said(visit("outil", id="time-out", lang="en"))


@pytest.mark.parametrize("path", ["ecosysteme", "outil"])
def test_an_empty_store_says_what_to_do(path: str, empty: Path, visit: Visit) -> None:
    assert 'href="/imports?' in shown(visit(path, id="time-out"))


def test_a_practice_down_to_its_cells(town: Path, visit: Visit) -> None:
    page = said(visit("outil", id="cadran-total"))
    for words in (
        "cadran total",
        "Outil du levier « la contrainte »",
        "animé, dernière séance le 22/06/2015",
        "16 septembre 2014",
        "7 avis « pertinent » sur 7",
        "[59,0 ; 100,0] %",
        "11 séances",
        "practice_sessions.csv, ligne 121",
        "non relevé",
        "190,5 h",
    ):
        assert words in page, words


def test_a_code_nobody_knows_offers_the_practices(town: Path, visit: Visit) -> None:
    page = shown(visit("outil", id="<i>rien"))
    assert "Aucun outil ne porte le code" in page and "<i>rien" not in page and "outil?id=time-out" in page


def test_a_viewer_sees_the_sums_and_not_the_sessions(town: Path) -> None:
    source = open_source(Address(), Actor("viewer", "viewer"))
    page = practice_sheet.body(source, "cadran-total")
    assert "190,5" in page and "practice_sessions.csv" not in page and "Votre rôle" in page
    with pytest.raises(Forbidden):
        eco_reads.sessions(source, "cadran-total")


def test_the_open_data_is_json_too(town: Path) -> None:
    answer = files.answer("ecosysteme-outils", "json", {"lang": "fr"})
    found = json.loads(bytes(answer.body))
    assert answer.media_type == "application/json" and len(found["rows"]) == 12
    first = found["rows"][0]
    assert (first["name"], first["lever"], first["state"]) == ("cadran total", "la contrainte", "alive")
    assert (first["deployed_on"], first["hours"], first["score_before"]) == ("2014-09-16", 190.5, None)
    assert found["about"]["as_of"] == "2015-06-30" and found["about"]["last_import"] > 0
    one = json.loads(bytes(files.answer("ecosysteme-outils", "json", {"id": "time-out"}).body))
    assert [row["practice"] for row in one["rows"]] == ["time-out"]
    assert files.answer("ecosysteme-outils", "json", {"id": "nobody"}).status_code == 404
    assert "/fichiers/ecosysteme-outils.json" in eco_panels.open_data(open_source(Address()))


def test_the_keys_of_open_data_do_not_depend_on_the_language(town: Path) -> None:
    fr, en = (
        json.loads(bytes(files.answer("ecosysteme-outils", "json", {"lang": lang}).body))
        for lang in ("fr", "en")
    )
    assert list(fr["rows"][0]) == list(en["rows"][0]) == [c["key"] for c in en["columns"]]
    assert fr["about"].keys() == en["about"].keys()
    assert fr["rows"][0]["lever_label"] != en["rows"][0]["lever_label"]
    assert [row["lever"] for row in fr["rows"]] == [row["lever"] for row in en["rows"]]


def test_the_open_data_is_a_page_to_read(town: Path) -> None:
    answer = files.answer("ecosysteme-outils", "html", {"lang": "fr", "id": "audace-up"})
    page = bytes(answer.body).decode()
    assert answer.media_type == "text/html; charset=utf-8" and page.startswith(
        '<!doctype html><html lang="fr">'
    )
    assert page.count("<section>") == 1 and "<h2>audace up !</h2>" in page.replace("\u202f", " ")
    assert "<dt>Code" not in page and "alive" not in page
    assert "<dt>Levier</dt><dd>l'audace</dd>" in page.replace("&#x27;", "'")
    assert "attachment" in answer.headers["content-disposition"]
    assert "<script" not in page and "href" not in page and "src" not in page


def test_a_page_to_read_is_not_taken_for_the_application_s_own() -> None:
    html = (b"content-type", b"text/html; charset=utf-8")
    whole = {"type": "http.response.start", "status": 200, "headers": [html]}
    assert index.is_page(whole)
    assert not index.is_page(
        whole | {"headers": [html, (b"content-disposition", b'attachment; filename="x"')]}
    )
    assert not index.is_page(whole | {"status": 404})


def test_a_page_to_read_escapes_what_it_says() -> None:
    made = readable.page("fr", "<t>", [("<a>", "<b>")], [[("x", "<c>"), ("<d>", "<e>")]]).decode()
    assert not any(f"<{letter}>" in made for letter in "tabcde")
    assert "&lt;c&gt;" in made


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://www.valombre.example/a?b=c#d", True),
        ("http://x.fr", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT://x/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("//x.fr/a", False),
        ("/imports", False),
        ("https:///x", False),
        ("https://x.fr/a b", False),
        ("https://x.fr\\@y.fr", False),
        ("ftp://x.fr", False),
        ("https://[x", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_links(url: str, safe: bool) -> None:
    made = outward(url, "<b>")
    assert ("<a " in made) is safe and "&lt;b&gt;" in made
    assert not safe or 'rel="external noopener noreferrer"' in made


def test_an_address_cannot_leave_its_attribute() -> None:
    assert outward('https://x.fr/"onclick="y', "x").count('"') == 4


def test_milestones_open_where_they_can_be_read(town: Path, visit: Visit) -> None:
    page = shown(visit("ecosysteme"))
    assert page.count('href="https://www.valombre.example/donnees/') == 13
    assert "La Gazette des communes présente la démarche (2015)" in page and "aucune à cette date" in page


def test_the_wheel_is_a_table_too_with_the_date_of_each_step(town: Path) -> None:
    made = tables.make(open_source(Address()), "ecosysteme-etats", {})
    assert made is not None and len(made.rows) == 12
    row = next([raw(cell) for cell in row] for row in made.rows if raw(row[1]) == "essais libres")
    assert row[:3] == ["l'expérimentation", "essais libres", "déployé"] and row[5] == date(2015, 3, 10)
    early = tables.make(open_source(Address(as_of=date(2014, 3, 31))), "ecosysteme-etats", {})
    assert early is not None and all(raw(row[5]) is None for row in early.rows)


def test_who_does_not_yet_go_on_alone_is_named(town: Path, visit: Visit) -> None:
    page = said(visit("ecosysteme"))
    rest = page.split("Pas encore : ")[1].split(".")[0].split(", ")
    assert len(rest) == 8 and "DADI" in rest and "Ressources humaines" not in rest
    assert "8 compétences distinctes" in page


def milestone(start: date, end: date, precision: str = "month", **more: object) -> Milestone:
    made = Milestone("J", start, end, precision, "open_data", "<u>x</u>", "done", "", "")
    return replace(made, **more)  # type: ignore[arg-type]


def test_the_timeline_draws_spans_as_wide_as_their_dates(town: Path) -> None:
    found = [
        milestone(date(2015, 1, 1), date(2015, 12, 31), "year", kind="press"),
        milestone(date(2015, 7, 2), date(2015, 7, 2), "day", kind="dadi"),
        milestone(date(2015, 7, 1), date(2015, 12, 31), "half_year", kind="other", timing="announced"),
    ]
    made = eco_timeline.timeline(found, date(2015, 6, 30))
    assert re.search(r'class="lv-time-span" style="left:0\.0%;width:100\.00%"', made)
    assert re.search(r'class="lv-time-day" style="left:49\.86%"', made)
    assert re.search(r'class="lv-time-span lv-time-ahead" style="left:49\.59%;width:50\.41%"', made)
    assert "<u>x</u>" not in made and "annoncé" in made


def test_many_of_a_kind_share_a_line_and_few_do_not() -> None:
    month = [milestone(date(2015, n, 1), date(2015, n, 28)) for n in range(1, 7)]
    assert [len(line) for line in eco_timeline.lines(month)] == [6]
    assert [len(line) for line in eco_timeline.lines(month[:4])] == [1] * 4
    ahead = milestone(date(2016, 1, 1), date(2016, 12, 31), "year", timing="announced")
    assert [len(line) for line in eco_timeline.lines([*month, ahead])] == [6, 1]


@pytest.mark.parametrize(
    ("words", "id"), [("walt", "dans-la-peau-de-walt"), ("bienveillance", "en-immersion")]
)
def test_search_finds_practices_by_name_and_lever(town: Path, visit: Visit, words: str, id: str) -> None:
    page = shown(visit("recherche", q=words))
    assert f'href="/outil?id={id}' in page and "1 outil" in page


def test_whether_the_effect_was_measured_is_said(town: Path) -> None:
    found = eco_reads.practices_of(open_source(Address()))
    assert found is not None and "preuve précoce" in eco_panels.measured(found)
    scored = Uses(sessions=3, scored=2, score_before=47.5, score_after=67.5)
    one = practice("a", "le temps", uses=scored)
    assert "1 outil a un score avant et après" in eco_panels.measured(replace(found, practices=(one,)))
    assert "47,5 avant, 67,5 après (n = 2)" in eco_words.before_after(scored).replace("\u00a0", " ")
    part = Uses(sessions=3, timed=2, hours=10.0, priced=1, external_cost=50.0)
    assert "sur 2 séances des 3" in eco_words.known_hours(part) and "sur 1 séances des 3" in eco_words.cost(
        part
    )


def test_a_second_revolution_has_its_line(town: Path) -> None:
    source = open_source(Address())
    found = eco_reads.practices_of(source)
    assert found is not None
    second = practice("a", "le temps", revolution=2)
    made = eco_panels.revolutions(source, replace(found, practices=(*found.practices, second)))
    assert (
        "2 révolutions" in made and "0 outil en œuvre sur 1" in made and "12 outils en œuvre sur 12" in made
    )


@pytest.mark.parametrize("kpi", ["levers_deployed", "return_rate"])
def test_rows_behind_a_figure_open_their_practice(town: Path, visit: Visit, kpi: str) -> None:
    assert 'href="/outil?id=' in shown(visit("fiche", kpi=kpi, rows="1"))
