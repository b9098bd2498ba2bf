"""The census headcount of any group, where it is known."""

from collections.abc import Mapping

from metrics.disclosure.tables import ATTRIBUTES, Group

Headcounts = Mapping[tuple[str, str, str], int]  # by directorate group, category, sex
LEAST_SILENT = 3  # a group with fewer non-respondents is covered as a census


def heads_of(headcounts: Headcounts, group: Group) -> int | None:
    """Return how many staff a group has; None where it is not known, and for answers that left an attribute out."""
    wanted = dict(group)
    if not headcounts or None in wanted.values():
        return None
    found = [many for who, many in headcounts.items() if _matches(who, wanted)]
    return sum(found) if found else None


def most_of(headcounts: Headcounts, group: Group) -> int | None:
    """Return how many staff could have answered as this group: an attribute left out can hide any of its values."""
    return heads_of(headcounts, tuple((name, value) for name, value in group if value is not None))


def _matches(who: tuple[str, str, str], wanted: Mapping[str, str | None]) -> bool:
    return all(wanted.get(name, value) == value for name, value in zip(ATTRIBUTES, who, strict=True))
