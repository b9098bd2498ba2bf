"""Numbers are finite, and what a refusal shows is short."""

from typing import Any

import pytest
import yaml

from metrics import fields
from metrics.definitions import Refusal, load
from metrics.folders import SHIPPED
from metrics.refusing import BadEntry, did_you_mean, unknown
from schemas.text import Text

ENTRY = """
own:
  code: Z9
  label: {fr: Dossiers, en: Files}
  objective: P2
  from: open_projects
  sql: COUNT(*)
  period: {date: opened_on, span: stock, until: closed_on}
  unit: n
  frequency: monthly
"""
GOOD = "  direction: up\n  target: 10\n"
HUGE = "1" + "0" * 400


def refused(goal: str) -> Refusal:
    """Return the refusal of the entry with this goal."""
    found = load([SHIPPED, {"own.yml": ENTRY + goal}])
    assert len(found.refused) == 1 and found.refused[0].id == "own"
    return found.refused[0]


@pytest.mark.parametrize("number", [".nan", ".inf", "-.inf", HUGE])
@pytest.mark.parametrize("field", ["target", "floor", "weight", "on_demo"])
def test_a_number_that_is_not_finite_is_refused_by_name(field: str, number: str) -> None:
    value = f"{{2015-06: {number}}}" if field == "on_demo" else number
    told = refused(
        GOOD.replace("  target: 10\n", "" if field == "target" else "  target: 10\n")
        + f"  {field}: {value}\n"
    )
    assert ("2015-06" if field == "on_demo" else field) in told.reason.fr and "nombre" in told.mend.fr
    assert len(told.reason.fr) < 160


@pytest.mark.parametrize("pair", ["[.nan, 3]", "[1, .nan]", "[1, .inf]", "[true, 3]"])
@pytest.mark.parametrize("field", ["band", "limits"])
def test_a_pair_is_of_finite_numbers(field: str, pair: str) -> None:
    other = "" if field == "band" else "  band: [1, 2]\n"
    assert field in refused(f"  direction: band\n{other}  {field}: {pair}\n").reason.fr


@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_target_on_its_floor_leaves_no_way_between(direction: str) -> None:
    told = refused(f"  direction: {direction}\n  target: 5\n  floor: 5.0\n")
    assert "5" in told.reason.fr and "score" in told.reason.fr and "floor" in told.mend.fr


@pytest.mark.parametrize("value", ["x" * 5_000, ["y" * 50] * 500, "two\nlines " * 100])
def test_a_refused_value_is_shown_short(value: Any) -> None:
    told = fields.wrong("target", value, Text("un nombre", "a number"))
    assert len(told.reason.fr) < 150 and "…" in told.reason.fr and "\n" not in told.reason.fr


def test_names_that_are_not_all_listed_end_with_an_ellipsis_the_likest_first() -> None:
    names = [f"aaa_{n}" for n in range(30)] + ["zzzzz_montant_zzzzz"]
    mend = did_you_mean("montant", names).fr
    assert mend.startswith("Possibles : zzzzz_montant_zzzzz, ") and mend.endswith(", …")
    assert did_you_mean("montant", ["b", "a"]).fr == "Possibles : a, b."


@pytest.mark.parametrize(
    ("kind", "said"), [("Colonne", "Colonne inconnue"), ("Objectif", "Objectif inconnu :")]
)
def test_french_agrees_with_what_is_unknown(kind: str, said: str) -> None:
    assert said in unknown(Text(kind, "thing"), "x", ["a"]).reason.fr.replace("\u00a0", " ")


def test_an_unknown_choice_is_worded_right() -> None:
    with pytest.raises(BadEntry) as told:
        fields.choice(yaml.safe_load("direction: haut"), "direction", ("up", "down"))
    assert told.value.reason.fr == "Valeur de « direction » inconnue : « haut »."
