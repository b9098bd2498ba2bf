"""Why an entry is refused and how to mend it, with a guess at what was meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from schemas.text import Text

LISTED = 20  # names that a mend lists
LIKE = 80  # characters of a word that are compared with the names
SHOWN = 80
FEMININE = frozenset(
    {"Clé", "Colonne", "Fonction", "Hypothèse", "Valeur", "Vue"}
)  # what French says « inconnue » of


class BadEntry(ValueError):
    """Part of an entry cannot be taken; carries the reason and the mend in both languages."""

    def __init__(self, reason: Text, mend: Text) -> None:
        super().__init__(f"{reason.en} {mend.en}")
        self.reason = reason
        self.mend = mend


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """Return a mend for an unknown word: the nearest known one, or those there are, the likest first, "…" for the rest."""
    names = [str(name) for name in known]
    near = get_close_matches(str(word)[:LIKE], names, n=1, cutoff=0.6)
    if near:
        return Text(f"Vouliez-vous dire « {near[0]} » ?", f"Did you mean “{near[0]}”?")
    likest = get_close_matches(str(word)[:LIKE], names, n=LISTED, cutoff=0.0) if len(names) > LISTED else []
    listed = ", ".join(likest or sorted(names)) + (", …" if likest else ".")
    return Text(f"Possibles : {listed}", f"Possible: {listed}")


def unknown(kind: Text, word: object, known: Iterable[str]) -> BadEntry:
    """Return the refusal of an unknown ``kind`` of thing called ``word``."""
    said = "inconnue" if kind.fr.split()[0] in FEMININE else "inconnu"
    reason = Text(f"{kind.fr} {said} : « {shortened(word)} ».", f"Unknown {kind.en}: “{shortened(word)}”.")
    return BadEntry(reason, did_you_mean(str(word), known))


def shortened(value: object) -> str:
    """Return a value as a message shows it: one line of at most 80 characters."""
    words = " ".join(str(value)[: 4 * SHOWN].split())
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
