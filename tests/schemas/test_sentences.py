"""Each numbered rule says in one sentence what is true of rows that pass it."""

from schemas.rules import RULES
from schemas.rules.sentences import SENTENCES


def test_every_rule_has_its_sentence_and_no_other() -> None:
    assert set(SENTENCES) == {rule.number for rule in RULES}


def test_both_languages_end_as_sentences() -> None:
    assert all(words.fr.endswith(".") and words.en.endswith(".") for words in SENTENCES.values())
