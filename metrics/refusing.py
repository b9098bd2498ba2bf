"""Why an entry is refused and how to mend it, with a guess at what was meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from schemas.text import Text


class BadEntry(ValueError):
    """Part of an entry cannot be taken; carries the reason and the mend in both languages."""

    def __init__(self, reason: Text, mend: Text) -> None:
        super().__init__(f"{reason.en} {mend.en}")
        self.reason = reason
        self.mend = mend


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """Return a mend for an unknown word: the nearest known one, or the list of those there are."""
    names = [str(name) for name in known]
    near = get_close_matches(str(word), names, n=1, cutoff=0.6)
    if near:
        return Text(f"Vouliez-vous dire « {near[0]} » ?", f"Did you mean “{near[0]}”?")
    listed = ", ".join(sorted(names)[:20])
    return Text(f"Possibles : {listed}.", f"Possible: {listed}.")


def unknown(kind: Text, word: object, known: Iterable[str]) -> BadEntry:
    """Return the refusal of an unknown ``kind`` of thing called ``word``."""
    reason = Text(f"{kind.fr} inconnu(e) : « {word} ».", f"Unknown {kind.en}: “{word}”.")
    return BadEntry(reason, did_you_mean(str(word), known))
