"""The map and the perspectives under a scenario: base, scenario and difference, what does not move in grey, and nothing without one."""

import html
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.whatif import Line
from pages.parts import map_body, map_reads, tables, under_table
from pages.parts.address import Address
from pages.parts.source import Source, open_source
from pages.parts.under_reads import Under, under
from tests.pages.conftest import Visit, shown

CUT = "awards_cut,share=0.2,since=2014-09-01"
KEPT = "s=awards_cut%2Cshare%3D0.2%2Csince%3D2014-09-01"


def words(at: AppTest) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", shown(at)))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


@pytest.fixture
def source(town: Path) -> Source:
    return open_source(Address())


@pytest.fixture
def found(source: Source) -> Under:
    made = under(source, CUT)
    assert isinstance(made, Under)
    return made


def still(found: Under, source: Source) -> list[str]:
    return [code for code in source.catalogue.scorecard.objectives if not found.moved(source, code)]


def test_the_base_is_what_the_screens_say_without_a_scenario(source: Source, found: Under) -> None:
    assert found.base == map_reads.rolled(source)
    assert found.scenario != found.base
    assert found.base.total == found.found.base_score and found.scenario.total == found.found.scenario_score


def test_the_map_says_what_moves_and_greys_the_rest(source: Source, found: Under, visit: Visit) -> None:
    at = visit("carte", s=CUT)
    page, markup = words(at), html.unescape(shown(at))
    grey = still(found, source)
    goals = source.catalogue.scorecard.objectives
    moved = len(goals) - len(grey)
    assert 0 < moved < len(goals) and f"{moved} objectifs sur {len(goals)} bougent" in page
    boxes = re.findall(r'class="goal( still)?"', markup)
    assert len(boxes) == len(goals) and boxes.count(" still") == len(grey)
    links = re.findall(r'class="link( still)?"', markup)
    causes = [one.cause for one in source.catalogue.scorecard.links]
    assert links.count(" still") == sum(cause in grey for cause in causes) > 0
    base, scenario = (side.objectives["F1"].score for side in (found.base, found.scenario))
    assert base == 100 and scenario is not None
    assert f"100 → {scenario:.1f}".replace(".", ",").removesuffix(",0") in page
    assert f"−{100 - scenario:.1f}".replace(".", ",") in page


def test_every_way_on_keeps_the_scenario_and_one_leads_back(town: Path, visit: Visit) -> None:
    markup = html.unescape(shown(visit("carte", s=CUT, link="P1-F1")))
    for path in ("carte", "usagers", "ressources", "projets", "agents", "etsi"):
        assert re.search(rf'href="/{path}\?{re.escape(KEPT)}&', markup), path
    drawn = markup.split('class="lv-map"')[1].split("</svg>")[-1]
    assert all(KEPT in href for href in re.findall(r'href="(/carte\?link[^"]*)"', drawn))
    assert re.search(r'href="/carte\?lang[^"]*"[^>]*>Revenir aux valeurs mesurées', markup)
    assert re.search(rf'href="/carte\?{re.escape(KEPT)}[^"]*"[^>]*>Fermer le détail', markup)


def test_a_perspective_has_base_scenario_and_difference(source: Source, found: Under, visit: Visit) -> None:
    at = visit("ressources", s=CUT)
    page, markup = words(at), shown(at)
    for said in (
        "Effet de levier notifié F1.1 1 pour 4,00 −1,00 base 1 pour 5,00",
        "−3,0 M€ base 15,0 M€",
        "Subventions réduites : part retirée 20 %",
        "ne dépend pas de ces hypothèses",
        "Revenir aux valeurs mesurées",
    ):
        assert said in page, said
    kpis = [kpi.id for kpi in source.catalogue.kpis.values() if kpi.objective[0] == "F"]
    moved = [id for id in kpis if found.lines[id].has_moved]
    cards = re.findall(r'class="lv-card lv-under( lv-still)?"', markup)
    assert len(cards) == len(kpis) and cards.count("") == len(moved)
    assert f"{len(moved)} indicateurs sur {len(kpis)} bougent" in page
    english = words(visit("ressources", s=CUT, lang="en"))
    assert "does not depend on these drivers" in english and "Back to the measured values" in english


def test_filters_keep_the_scenario(town: Path, visit: Visit) -> None:
    at = visit("ressources", s=CUT, audience="partenaires")
    markup = html.unescape(shown(at))
    choices = re.findall(r'href="(/ressources\?[^"]*(?:audience|aim|tag)=[^"]*)"', markup)
    assert choices and all(KEPT in one or "s=awards_cut" in one for one in choices)
    assert re.search(rf'href="/ressources\?{re.escape(KEPT)}[^"]*"[^>]*>Tout montrer', markup)


def test_a_perspective_that_nothing_reaches_says_so(town: Path, visit: Visit) -> None:
    page = words(visit("agents", s="own_funds,change=0.1"))
    assert "aucun indicateur de cette perspective ne bouge" in page


@pytest.mark.parametrize("path", ["carte", "projets"])
@pytest.mark.parametrize("text", ["nothing", "awards_cut,share=7", "project_dropped,project=<script>"])
def test_a_scenario_that_cannot_be_is_refused_kindly(path: str, text: str, town: Path, visit: Visit) -> None:
    markup = shown(visit(path, s=text))
    assert "Ce scénario ne peut pas être calculé" in markup and "Revenir aux valeurs mesurées" in markup
    assert "<script>" not in markup


def test_without_a_scenario_nothing_of_it_is_there(source: Source, visit: Visit) -> None:
    assert "lv-under" not in shown(visit("ressources"))
    plain = shown(visit("carte"))
    assert "lv-under" not in plain and "still" not in plain and map_body.body(source, "") in plain


def test_a_directorate_has_its_own_scenario(town: Path, visit: Visit) -> None:
    page = words(visit("ressources", s=CUT, scope="Finances"))
    assert "· Finances" in page and "Cet écran n’a pas pu être affiché" not in page


@pytest.mark.parametrize("path", ["carte", "agents"])
def test_an_empty_store_says_what_to_do(path: str, empty: Path, visit: Visit) -> None:
    assert "Importer des fichiers" in shown(visit(path, s=CUT))


def test_the_files_say_scenario(source: Source, found: Under) -> None:
    made = tables.make(source, under_table.MAP, {"s": CUT})
    assert made is not None and made.title.startswith("Scénario")
    assert len(made.rows) == 1 + 4 + len(source.catalogue.scorecard.objectives)
    assert any("part retirée" in str(value) for _, value in made.facts)
    side = tables.make(source, under_table.SIDE, {"s": CUT, "side": "F"})
    assert side is not None and side.title.startswith("Scénario")
    assert len(side.rows) == sum(line.base.code.startswith("F") for line in found.found.lines)
    assert tables.make(source, under_table.MAP, {"s": "nothing"}) is None
    assert tables.make(source, under_table.SIDE, {"s": CUT, "side": "?"}) is None


def test_a_value_that_appears_or_goes_has_no_difference(found: Under) -> None:
    from pages.parts.under_words import change_figure, has_moved

    whole, none = found.base.total, type(found.base.total)(None, 0.0)
    assert has_moved(whole, none) and change_figure(whole, none) == ""
    assert not has_moved(none, none)
    assert isinstance(found.found.lines[0], Line)
