"""Every interface word has its English; French typography is right."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.texts import english, files, own, t, tn, typography, use

PAGES = Path(__file__).resolve().parents[2] / "pages"


def sources() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each t() and tn() of the product: where, and its French sentence(s)."""
    for file in sorted(PAGES.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("t", "tn"):
                said = node.args[: 2 if node.func.id == "tn" else 1]
                assert all(isinstance(a, ast.Constant) for a in said), (
                    f"{file.name}:{node.lineno}: say it in full"
                )
                yield f"{file.name}:{node.lineno}", tuple(a.value for a in said)  # type: ignore[attr-defined]


def test_every_sentence_has_its_english() -> None:
    missing = sorted({f"{where}: {said[0]}" for where, said in sources() if said[0] not in english()})
    assert missing == []


def test_no_english_is_left_over() -> None:
    used = {said[0] for _, said in sources()}
    assert sorted(set(english()) - used) == []


def test_a_sentence_stands_in_one_file() -> None:
    said = [
        line
        for file in files()
        for line in file.read_text("utf-8").splitlines()
        if line.startswith('msgid "')
    ]
    twice = {line for line in said if said.count(line) > 1} - {'msgid ""'}
    assert not twice


def test_both_languages_fill_the_same_names() -> None:
    def names(text: str) -> set[str]:
        return {part.split("}")[0] for part in text.split("{")[1:]}

    for where, said in sources():
        there = english().get(said[0], said[0])
        all_said = said if isinstance(there, str) else (*said, "")
        for translated in (there,) if isinstance(there, str) else there:
            assert names(translated) <= names("".join(all_said)) | {"n"}, where


def test_plurals_follow_each_language() -> None:
    use("fr")
    assert tn("{n} mois", "{n} mois", 0) == "0 mois"
    assert tn("{n} ligne", "{n} lignes", 0) == "0 ligne" and tn("{n} ligne", "{n} lignes", 2) == "2 lignes"
    use("en")
    assert tn("{n} ligne", "{n} lignes", 0) == "0 rows" and tn("{n} ligne", "{n} lignes", 1) == "1 row"
    use("de")
    assert t("Atteint") == "Atteint"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Quoi ?", "Quoi\u202f?"),
        ("a : b ; c", "a\u00a0: b\u202f; c"),
        ("« x »", "«\u00a0x\u00a0»"),
        ("l'eau", "l’eau"),
    ],
)
def test_typography(typed: str, printed: str) -> None:
    assert typography(typed) == printed


def test_a_scorecard_s_words_replace_the_interface_s_until_the_next_run() -> None:
    own({"Atteint": ("Réussi", "Done"), "Menu : {screen}": ("Aller à {nowhere}", "Go {0}")})
    assert t("Atteint") == "Réussi"
    assert t("Menu : {screen}", screen="x") == "Menu\u00a0: x"  # a sentence that cannot be filled is left out
    use("fr")
    assert t("Atteint") == "Atteint"
