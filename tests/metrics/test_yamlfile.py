"""YAML that means more than it looks, or is too big, is refused by name; what stands beside it is read."""

import json

import pytest

from metrics import yamlfile
from metrics.definitions import Refusal, load
from metrics.refusing import BadEntry

BOMB = "bomb:\n  a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"  {name}: &{name} [{','.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BESIDE = "beside: {value: 1}\n"


def entry(text: str, key: str) -> object:
    """Return one entry of a text."""
    return dict(yamlfile.entries(text))[key]


@pytest.mark.parametrize("text", [BOMB, "bomb: &a [*a]\n", "bomb: &a {x: {y: *a}}\n"])
def test_aliases_that_grow_without_end_cost_nothing(text: str) -> None:
    refused = entry(text + BESIDE, "bomb")
    assert isinstance(refused, BadEntry) and "renvois" in refused.reason.fr and "aliases" in refused.reason.en
    assert "toutes lettres" in refused.mend.fr
    assert entry(text + BESIDE, "beside") == {"value": 1}


def test_an_alias_as_people_write_it_is_fine() -> None:
    assert entry("one: &p {fr: a, en: b}\ntwo: {label: *p}\n", "two") == {"label": {"fr": "a", "en": "b"}}


@pytest.mark.parametrize("text", ["[" * 5_000, "a: " + "{b: " * 3_000, "a: " + "[" * 60 + "]" * 60])
def test_a_text_that_nests_too_deep_is_refused(text: str) -> None:
    with pytest.raises(BadEntry) as refused:
        list(yamlfile.entries(text))
    assert "niveaux" in refused.value.reason.fr and "(ligne 1)" in refused.value.reason.fr


def test_a_file_of_more_than_a_megabyte_is_refused_by_its_name() -> None:
    found = load([{"big.yml": "# " + "x" * 1_000_000, "good.yml": "wrong: 1\n"}])
    by_file: dict[str, Refusal] = {refused.file: refused for refused in found.refused}
    assert "1 Mo" in by_file["big.yml"].reason.fr and "plusieurs fichiers" in by_file["big.yml"].mend.fr
    assert by_file["good.yml"].id == "wrong"


def chained(head: str = "", levels: int = 35, entries: int = 40) -> str:
    """Return entries that each nest the one before, by an alias, under so many brackets."""
    lines = [f"{head}e0: &a0 [1]"]
    lines += [f"e{i}: &a{i} {'[' * levels}*a{i - 1}{']' * levels}" for i in range(1, entries)]
    return "\n".join(lines) + "\n"


def test_levels_are_counted_through_aliases_over_the_whole_file() -> None:
    found = dict(yamlfile.entries(chained() + BESIDE))
    assert found["e1"] == json.loads("[" * 36 + "1" + "]" * 36) and found["beside"] == {"value": 1}
    for number in range(2, 40):
        refused = found[f"e{number}"]
        assert isinstance(refused, BadEntry) and f"(ligne {number + 1})" in refused.reason.fr
    assert len(load([{"small.yml": chained()}]).refused) == 40
    with pytest.raises(BadEntry):
        yamlfile.document(chained())


def test_an_entry_whose_name_is_a_list_is_refused() -> None:
    names = "".join(f"? &a{i} {'[' * 30}{f'*a{i - 1}' if i else '1'}{']' * 30}\n: 1\n" for i in range(60))
    found = list(yamlfile.entries(names + BESIDE))
    assert found[-1] == ("beside", {"value": 1})
    assert all(isinstance(error, BadEntry) for _, error in found[:-1])
    assert "ligne 1 " in found[0][1].reason.fr
