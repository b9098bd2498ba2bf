"""A sentence in both of the product's languages."""

from typing import NamedTuple


class Text(NamedTuple):
    """The same words in French (first) and in English."""

    fr: str
    en: str

    def get(self, lang: str) -> str:
        """Return the English words for ``en``, the French ones for any other language."""
        return self.en if lang == "en" else self.fr

    def format(self, **values: object) -> "Text":
        """Fill both templates with the same values."""
        return Text(self.fr.format(**values), self.en.format(**values))
