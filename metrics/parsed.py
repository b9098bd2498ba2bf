"""The catalogue of folders, parsed once for the same texts: each writing asks for it, and each sealed week has its own."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from metrics.definitions import Catalogue, load
from metrics.loading import Folder, is_scale, texts
from metrics.scaleshelf import shelves

Texts = tuple[tuple[tuple[str, str], ...], ...]  # folder by folder, file name and text


def texts_of(places: Iterable[Folder]) -> Texts:
    """Return the texts of folders, folder by folder."""
    return tuple(tuple(texts(place).items()) for place in places)


def catalogue(places: Sequence[Folder]) -> Catalogue:
    """Return the Catalogue of ``places`` (see ``definitions.load``); what differs in no entry is not parsed again."""
    entries = ({name: text for name, text in texts(place).items() if not is_scale(text)} for place in places)
    return _catalogue(texts_of(filter(None, entries)), texts_of(shelves()))


@lru_cache(maxsize=8)
def _catalogue(seen: Texts, _scales: Texts) -> Catalogue:
    # Entries may name a scale: what is on the shelf counts.
    return load([dict(folder) for folder in seen])
