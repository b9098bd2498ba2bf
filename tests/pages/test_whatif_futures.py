"""The panel of futures: what it draws, what it says of base and scenario, its table."""

import re
from pathlib import Path

import pytest

from metrics.chance import telling
from metrics.chance.futures import Distribution
from pages.charts.futures import drawing
from pages.parts import whatif_futures, whatif_tornado
from pages.parts.address import Address
from pages.parts.markup import Html
from pages.parts.source import Source, open_source
from pages.parts.whatif_reads import EMPTY, asked
from pages.texts import use


def a_law(low: float, high: float, target: float) -> Distribution:
    """Four equal bars between two values."""
    edges = tuple(low + (high - low) * k / 4 for k in range(5))
    levels = tuple((level, low + (high - low) * level) for level in (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95))
    told = (low, (low + high) / 2, high / 4, levels, edges, (0.25,) * 4, ((target, 0.5),), "exact", 1.0)
    return Distribution("raised", "eur", *told)  # type: ignore[arg-type]


def test_two_laws_share_an_axis_and_an_area() -> None:
    found = drawing(a_law(10, 20, 15), a_law(10, 30, 40))
    assert found is not None and found.strips[0] is not None and found.strips[1] is not None
    assert [value for _, value in found.ticks] == [10, 15, 20, 25, 30]
    assert found.strips[0].bars[0] == (0, 12.5, 100) and found.strips[1].bars[0] == (0, 25, 50)
    assert found.strips[0].middle == 25 and found.strips[1].high == 90
    assert found.targets == ((25, 15),)
    assert drawing(None, None) is None


@pytest.mark.parametrize(("target", "side"), [(10, 0), (30, 1)])
def test_a_target_on_the_edge_of_the_axis_stands_off_it(target: float, side: int) -> None:
    found = drawing(a_law(10, 30, target), None)
    assert found is not None
    ((place, value),) = found.targets
    assert value == target and 5 < (100 - place if side else place) < 10
    assert [value for _, value in found.ticks] == [10, 15, 20, 25, 30]


@pytest.fixture
def source(town: Path) -> Source:
    return open_source(Address())


def panel(source: Source, text: str) -> Html:
    found = asked(source, text)
    return whatif_futures.panel(source, found.scenario, found.found)


def test_one_thing_has_one_name_and_its_basis(source: Source) -> None:
    name = telling.OWN_COST.get("fr")
    assert whatif_tornado.names()["own_cost"] == name == "Coût à la charge de la Ville"
    assert "HT, subventions déduites" in whatif_futures.panel(source, EMPTY)
    use("en")
    assert whatif_tornado.names()["own_cost"] == telling.OWN_COST.get("en")


def test_the_base_alone(source: Source) -> None:
    told = whatif_futures.panel(source, EMPTY)
    assert "Au 31 décembre 2015" in told and "8 demandes attendent une réponse" in told
    assert 'class="made"' not in told
    assert re.search(r'<text class="aim"[^>]*>cible 15', told)
    assert "Atteindre 18,0\u202fM€" in told.replace("\u00a0", "\u202f")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_scenario_stands_beside_the_base(town: Path, lang: str) -> None:
    use(lang)
    told = panel(open_source(Address(lang=lang)), "success_rate,share=0.3")
    assert ("Scénario au 31" if lang == "fr" else "Scenario on ") in told
    assert told.count('class="dot made"') == 4 and told.count("<svg") >= 4
    assert ("sous le scénario : moyenne" if lang == "fr" else "under the scenario: mean") in told.replace(
        "\u00a0", " "
    )


def test_a_cost_with_requests_still_waiting_says_so_instead_of_a_chance(source: Source) -> None:
    told = whatif_futures.panel(source, EMPTY).replace("\u00a0", " ").replace("\u202f", " ")
    assert (
        "Des 11,0 M€ demandés, en moyenne au 31 décembre 2015 : 4,4 M€ accordés, 4,4 M€ refusés, 2,2 M€ encore sans réponse"
        in told
    )
    assert "Rester dans les fonds propres votés" not in told
    assert "fait entrer ses fonds propres au dénominateur : en moyenne 4,2 M€ d’ici là" in told
