"""Words made to fit: whole sentences, whole words, characters that the fonts have."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.exports.wording import MORE, fitted, printable


@pytest.mark.parametrize(
    ("text", "most", "left"),
    [
        ("Court.", 20, "Court."),
        ("Une phrase. Une autre, plus longue.", 14, "Une phrase."),
        ("Une seule phrase assez longue", 16, f"Une seule{MORE}"),
        ("anticonstitutionnellement", 10, ""),
        ("a  b\n c", 20, "a b c"),
        ("12,5 % de plus", 9, f"12,5 %{MORE}"),
    ],
)
def test_text_is_shortened_between_words(text: str, most: int, left: str) -> None:
    assert fitted(text, most) == left


@given(st.text(max_size=200), st.integers(0, 80))
def test_no_word_is_ever_cut(text: str, most: int) -> None:
    found, whole = fitted(text, most), re.split(r"[ \t\n\r]+", text.strip())
    kept = re.split(r"[ \t\n\r]+", found.removesuffix(MORE))
    assert len(found) <= most
    assert not found or kept[:-1] == whole[: len(kept) - 1]
    assert not found or whole[len(kept) - 1].rstrip(" ,;:") == kept[-1].rstrip(" ,;:")


@given(st.text(max_size=100))
def test_what_is_printed_is_in_the_fonts(text: str) -> None:
    found = printable(text)
    assert printable(found) == found


def test_french_and_its_spaces_stay() -> None:
    said = "Œuvre d’été : « 1\u202f234,5\u00a0M€ » – 12\u202f% ; Ÿ, œ, ç × ÷ … −3"
    assert printable(said) == said
