"""What the store asks before it publishes a wave: may this list be told, and if not, what must go."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from metrics.disclosure.answers import answers_of
from metrics.disclosure.tables import DEFAULT_LIST, Key, Published
from metrics.disclosure.words import thin
from metrics.scales import Scale
from metrics.scaleshelf import Bound, of_catalogue

NOTHING: dict[str, Any] = {"results": None, "hidden": [], "drop": []}


def audit(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return {results, told (fr, en), tables, hidden, drop} of a wave's answers.

    ``given``: wave, held_on, headcount, k, tables ({by, measure} each; None: the usual list), answers (rows of
    ``survey_answers``), staff (directorate, category, sex, headcount), groups (group -> directorates), earlier (frozen
    lists), catalogue (what the store is bound to, for its own scales). ``results`` is what may be frozen, None where the attack found something: then ``drop`` must go.
    """
    from metrics.disclosure.publishing import RefusedList, publish  # here: it takes a while to load

    scales = _scales(given["answers"], given.get("catalogue") or (None, None))
    asked = [(tuple(table["by"]), str(table["measure"])) for table in given["tables"] or ()] or usual(scales)
    chosen = [_table(key) for key in asked]
    earlier = [Published.from_json(told) for told in given["earlier"]]
    answers = answers_of(given["wave"], given["answers"], scales, given["k"])
    heads = headcounts(given["staff"], given["groups"])
    try:
        found = publish(
            answers,
            asked,
            given["k"],
            earlier,
            heads,
            headcount=given["headcount"] or sum(heads.values()) or None,
            held_on=given["held_on"],
        )
    except RefusedList as refused:
        return NOTHING | {
            "told": (refused.fr, refused.en),
            "tables": chosen,
            "drop": [_table(key) for key in refused.tables],
        }
    return {
        "results": found.as_json(),
        "told": thin(found),
        "tables": chosen,
        "hidden": list(_hidden(found)),
        "drop": [],
    }


def _scales(rows: Sequence[Mapping[str, Any]], bound: Bound) -> list[Scale]:
    """Return the scales that the store knows and of which the wave has answers to each item asked."""
    given = {code for row in rows for code, value in row.items() if value is not None}
    return [scale for scale in of_catalogue(bound).values() if given.issuperset(scale.codes)]


def usual(scales: Iterable[Scale]) -> list[Key]:
    """Return the list that is asked for unless the officer chooses: the town and each attribute, of every scale."""
    ways = dict.fromkeys(by for by, _ in DEFAULT_LIST)
    measures = dict.fromkeys([*(measure for _, measure in DEFAULT_LIST), *(scale.id for scale in scales)])
    return [(by, measure) for measure in measures for by in ways]


def headcounts(
    staff: Iterable[Sequence[Any]], groups: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str, str], int]:
    """Return the staff by directorate group, category and sex; a directorate of no group stands under its own name."""
    of = {name: group for group, names in groups.items() for name in names}
    found: dict[tuple[str, str, str], int] = {}
    for directorate, category, sex, heads in staff:
        who = (of.get(directorate, directorate), category, sex)
        found[who] = found.get(who, 0) + int(heads)
    return found


def _table(key: Key) -> dict[str, Any]:
    return {"by": list(key[0]), "measure": key[1]}


def _hidden(found: Published) -> Iterable[dict[str, Any]]:
    for table in found.tables:
        for cell in table.cells:
            if cell.suppressed and None not in dict(cell.group).values():
                yield _table(table.key) | {"group": dict(cell.group)}
