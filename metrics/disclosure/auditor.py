"""What the store asks before it publishes a wave: may this list be told, and if not, what must go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from metrics.disclosure.answers import Answers, answers_of
from metrics.disclosure.publishing import RefusedList, publish
from metrics.disclosure.tables import ATTRIBUTES, DEFAULT_LIST, Key, Published, Response, Summary, rounded
from metrics.disclosure.words import thin
from metrics.poststratified import Stratum, Sums, mean

NOTHING: dict[str, Any] = {"results": None, "hidden": [], "drop": []}


def audit(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return {results, told (fr, en), tables, hidden, drop} of a wave's answers.

    ``given``: wave, held_on, headcount, k, tables ({by, measure} each; None: the usual list), answers (rows of
    ``survey_answers``), staff (directorate, category, sex, headcount), groups (group -> directorates), earlier (frozen
    lists). ``results`` is what may be frozen, None where the attack found something: then ``drop`` must go.
    """
    asked = [(tuple(table["by"]), str(table["measure"])) for table in given["tables"] or ()] or list(
        DEFAULT_LIST
    )
    chosen = [_table(key) for key in asked]
    earlier = [Published.from_json(told) for told in given["earlier"]]
    answers = answers_of(given["wave"], given["answers"])
    heads = headcounts(given["staff"], given["groups"])
    try:
        found = publish(
            answers, asked, given["k"], earlier, heads, headcount=given["headcount"], held_on=given["held_on"]
        )
    except RefusedList as refused:
        return NOTHING | {
            "told": (refused.fr, refused.en),
            "tables": chosen,
            "drop": [_table(key) for key in refused.tables],
        }
    if not found.summaries:
        found = _whole(found, answers, heads, given)
    return {
        "results": found.as_json(),
        "told": thin(found),
        "tables": chosen,
        "hidden": list(_hidden(found)),
        "drop": [],
    }


def _whole(
    found: Published, answers: Answers, heads: Mapping[tuple[str, str, str], int], given: Mapping[str, Any]
) -> Published:
    """Return the list with what it tells of the whole town."""
    summaries = []
    strata = {Stratum(*who): float(many) for who, many in heads.items()}
    for table in found.tables:
        if table.by or table.cells[0].suppressed:
            continue
        scores = answers.scores[table.measure]
        sums: dict[Stratum | None, Sums] = {}
        for *who, score in zip(*(answers.who[name] for name in ATTRIBUTES), scores, strict=True):
            if score == score:
                stratum = None if None in who else Stratum(*who)
                old = sums.get(stratum, Sums(0, 0.0, 0.0))
                sums[stratum] = Sums(old.n + 1, old.total + score, old.squares + score**2)
        told = mean(strata, sums, given["headcount"] or sum(heads.values()) or None)
        cell = table.cells[0]
        if told and cell.n:
            limits = round(max(0.0, told.low), 1), round(min(100.0, told.high), 1)
            summaries.append(Summary(table.measure, cell.n, cell.mean, None, round(told.value, 1), *limits))
    response = Response(rounded(len(answers.scores["who5"])), given["headcount"])
    return replace(found, summaries=tuple(summaries), response=response, held_on=given["held_on"])


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
