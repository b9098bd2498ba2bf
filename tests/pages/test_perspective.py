"""The perspectives: computed title, objectives with their cards, filters in the address, any scorecard's own sides."""

import html
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.access import local_actor
from data.store import Store
from metrics.definitions import Objective, Perspective, load
from metrics.folders import catalogue_folders
from metrics.refresh import after_import, rule_settings
from metrics.scores import Score
from pages.parts.screens import MANY_SIDES, SCREENS, menu, of_sides, resolved
from pages.texts import perspectives, use
from schemas.text import Text
from tests.data.readers.test_catalogues import SYNTHESIS
from tests.pages.conftest import Visit, shown

PATHS = {"usagers": "U", "ressources": "F", "projets": "P", "agents": "A"}
CATALOGUE = load(catalogue_folders(None, None))


def said(at: AppTest) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", shown(at)))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("scope", ["", "DADI"])
def test_each_perspective_has_its_objectives_and_all_their_cards(
    path: str, lang: str, scope: str, town: Path, visit: Visit
) -> None:
    page = shown(visit(path, lang=lang, **({"scope": scope} if scope else {})))
    side = next(side for side in CATALOGUE.scorecard.perspectives if side.code == PATHS[path])
    for goal in side.objectives:
        assert f'id="{goal.code}"' in page and goal.label.get(lang).replace("'", "’") in html.unescape(page)
        for kpi in CATALOGUE.of_objective(goal.code):
            is_here = not scope or "lead_directorate" in kpi.by
            card = re.search(rf'<a href="[^"]*kpi={kpi.id}[^"]*" class="lv-card', page)
            assert bool(card) == is_here, kpi.id
    assert "incident" not in page and ">nan<" not in page and "None" not in page
    if lang == "en":
        assert "Atteint" not in page and "objectif" not in page


def test_the_title_is_computed(town: Path, visit: Visit) -> None:
    assert "Deux objectifs sur trois sont tenus ; « Doubler la capacité d’investissement »" in said(
        visit("ressources")
    )
    assert "Deux objectifs sur trois" not in said(visit("ressources", as_of="2014-12-31"))


def test_results_and_what_leads_to_them_stand_apart(town: Path, visit: Visit) -> None:
    page = shown(visit("ressources"))
    f1 = page[page.index('id="F1"') : page.index('id="F2"')]
    assert f1.index("De résultat") < f1.index("F1.1") < f1.index("Avancés") < f1.index("F1.4")


def test_a_filter_keeps_its_kpis_and_says_so_in_the_file_too(town: Path, visit: Visit) -> None:
    page = shown(visit("ressources", audience="agents"))
    assert "kpi=leverage_awarded" in page and "kpi=debt_payback_years" not in page.split("lv-objective", 1)[1]
    assert "pour qui\u00a0: agents" in page and "Tout montrer" in page
    assert "/fichiers/perspective-indicateurs.csv?side=F&amp;audience=agents&amp;" in page
    assert re.search(r'audience=agents[^"]*" aria-current="true"', page)


def test_a_filter_that_nothing_answers_keeps_nothing_and_is_never_markup(town: Path, visit: Visit) -> None:
    page = shown(visit("ressources", tag="<img src=x onerror=alert(1)>"))
    assert "<img" not in page and 'class="lv-card' not in page and "Tout montrer" in page


@pytest.mark.parametrize("path", [*PATHS, "perspective"])
def test_an_empty_store_says_what_to_do(path: str, empty: Path, visit: Visit) -> None:
    assert "Aucune donnée pour l’instant" in shown(visit(path))


def test_the_four_are_in_the_menu_by_their_short_names() -> None:
    steer = {title.fr: screens for title, screens in menu(CATALOGUE.kpis, CATALOGUE.scorecard.perspectives)}[
        "Piloter"
    ]
    names = [(screen.path, screen.title.fr) for screen in steer if screen.code]
    assert names == [
        ("usagers", "Usagers"),
        ("ressources", "Ressources"),
        ("projets", "Projets"),
        ("agents", "Agents"),
    ]


def sides(*codes: str, path: str = "") -> list[Perspective]:
    return [Perspective(code, Text(f"Côté {code}", f"Side {code}"), (), path=path) for code in codes]


def test_another_scorecard_s_sides_have_an_address_each() -> None:
    found = of_sides(sides("X", "Y"))
    assert [(s.path, s.params, s.title.fr) for s in found] == [
        ("perspective", {"code": "X"}, "Côté X"),
        ("perspective", {"code": "Y"}, "Côté Y"),
    ]
    twice = of_sides(sides("X", "Y", path="usagers"))
    assert {s.path for s in twice} == {"perspective"}  # an address that two claim is nobody's
    assert [s.path for s in of_sides(sides("X", path="imports"))] == ["perspective"]
    many = of_sides(sides(*"ABCDEFG"))
    assert len(many) == 1 and many[0].title.fr == "Perspectives" and len("ABCDEFG") > MANY_SIDES


def test_an_address_names_its_perspective_or_none() -> None:
    side = next(screen for screen in SCREENS if screen.path == "perspective")
    assert (
        resolved(side, sides("X", "Y"), "").code == "X" and resolved(side, sides("X", "Y"), "Y").code == "Y"
    )
    assert resolved(side, sides("X"), "nobody").code == ""
    users = next(screen for screen in SCREENS if screen.path == "usagers")
    assert (
        resolved(users, sides("X"), "").code == ""
        and resolved(users, sides("X", path="usagers"), "").code == "X"
    )


def bind(path: Path, name: str, content: bytes, reader: str) -> None:
    done = Store(path, after=after_import, settings=rule_settings).import_files(
        local_actor(), [(name, content)], reader=reader
    )
    assert done.ok, done.errors[:3]


def test_a_published_scorecard_has_its_own_perspective(empty: Path, visit: Visit) -> None:
    bind(empty, "synthese.csv", SYNTHESIS.encode(), "barometre")
    page = shown(visit("perspective", code="B"))
    assert (
        len(re.findall(r'class="lv-card[ "]', page)) == 3
        and 'id="B1"' in page
        and "Résultats de l’action publique" in page
    )
    assert "/perspective?code=B&amp;" in shown(visit())
    lost = shown(visit("usagers"))
    assert "n’a pas cette perspective" in lost and "/perspective?code=B&amp;" in lost


def test_titles_in_words() -> None:
    def told(*statuses: str, lang: str = "fr") -> str:
        use(lang)
        goals = tuple(Objective(f"X{i}", Text(f"But {i}", f"Goal {i}")) for i in range(len(statuses)))
        values = {"on_target": 100.0, "watch": 80.0, "off_target": 20.0}
        found = {g.code: Score(values.get(s), 1.0, s) for g, s in zip(goals, statuses, strict=True)}  # type: ignore[arg-type]
        return perspectives.title(CATALOGUE, Perspective("X", Text("X", "X"), goals), found, {})

    assert told("on_target", "on_target") == "Les deux objectifs sont tenus"
    assert told("on_target") == "L’objectif est tenu"
    assert (
        told("on_target", "watch")
        == "Un objectif sur deux est tenu\u202f; «\u00a0But 1\u00a0» est à surveiller"
    )
    assert told("off_target", "watch", "x") == (
        "Aucun des deux objectifs mesurés n’est tenu\u202f; un est en écart, un n’est pas mesuré"
    )
    assert told("watch", "watch") == "Les deux objectifs sont à surveiller"
    assert (
        told("on_target", "watch", "watch")
        == "Un objectif sur trois est tenu\u202f; les autres sont à surveiller"
    )
    assert told("on_target", "x", lang="en") == "One objective is met; one is not measured"
    assert told("x") == "Aucun indicateur défini dans cette perspective"


def test_what_only_the_town_has_is_one_sentence_in_a_directorate(town: Path, visit: Visit) -> None:
    page = shown(visit("usagers", scope="DADI"))
    assert re.search(r"\d+ indicateurs n’existent que pour toute la ville", page)
    assert "ne se décline pas ainsi" not in page[: page.index("Les indicateurs en tableau")]
    link = re.search(r'<a href="([^"]*)">Voir leurs valeurs', page)
    assert link and "scope=town" in link[1] and "/usagers?" in link[1]
    assert "que pour toute la ville" not in shown(visit("usagers"))
