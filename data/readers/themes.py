"""One label for each theme of the national list of grants, however a year or a row spells it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from schemas import headers

plain = lru_cache(maxsize=4096)(headers.plain)  # a list of 26,000 rows holds a handful of labels

# As the ministry published them, under its own numbers.
PUBLISHED: dict[str, str] = {
    "1": "Santé, sanitaire et social",
    "2": "Économie et emploi",
    "3": "Environnement, transition énergétique et écologie",
    "4": "Éducation",
    "5": "Actions et Services publics",
    "6": "Construction, habitat, urbanisme, patrimoine, transport",
    "7": "Contrat de ruralité",
}
KNOWN: dict[str, str] = {plain(label): label for label in PUBLISHED.values()}


def merged(numbers: Sequence[str | None], labels: Sequence[str | None]) -> list[str | None]:
    """Return each row's theme: a published label where the row's own, or its number's, is one.

    A number only speaks for rows of the same file: another year may number its themes otherwise. A label that
    was never published keeps the spelling most used for its number, else for itself.
    """
    by_number = _spellings(numbers, labels)
    by_label = _spellings([None if label is None else plain(label) for label in labels], labels)
    return [_theme(number, label, by_number, by_label) for number, label in zip(numbers, labels, strict=True)]


def _theme(
    number: str | None, label: str | None, by_number: dict[str, str], by_label: dict[str, str]
) -> str | None:
    if label is not None and plain(label) in KNOWN:
        return KNOWN[plain(label)]
    if number is not None and number in by_number:
        return by_number[number]
    if label is not None:
        return by_label[plain(label)]
    return PUBLISHED.get(number or "")


def _spellings(groups: Sequence[str | None], labels: Sequence[str | None]) -> dict[str, str]:
    """Return for each group the published label among its rows' labels, else its most frequent label."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for group, label in zip(groups, labels, strict=True):
        if group is not None and label is not None:
            counts[group][KNOWN.get(plain(label), label)] += 1
    published = set(PUBLISHED.values())
    return {
        group: max(found, key=lambda label: (label in published, found[label]))
        for group, found in counts.items()
    }
