"""A scale read from YAML, refused field by field with the reason and the mend."""

from collections.abc import Mapping
from typing import Any

from metrics import fields
from metrics.refusing import BadEntry
from metrics.scaleparts import least_of, named, needs_of, once, subscales
from metrics.scales import Form, Item, Net, Scale
from schemas.scale_items import code_of, is_answer
from schemas.text import Text

MOST_ITEMS = 200
MOST_ANSWERS = 101  # values that an item may take: 0 to 100
KEYS = (
    *("id", "label", "items", "range", "step", "reversed", "subscales", "scoring", "times", "to"),
    *("missing", "missing_codes", "answers", "net", "licence", "right", "form"),
)
SCORINGS = ("mean", "sum")
WORDINGS = ("labels", "pasted")
QUOTED = Text('un code, entre guillemets : "no"', 'a code, in quotes: "no"')


def parse(raw: Mapping[str, Any]) -> Scale:
    """Return the scale that a YAML mapping declares. Raises BadEntry with the field, the reason and the mend."""
    fields.known_keys(raw, KEYS)
    items = _items(raw)
    low, high, step = _range(raw)
    codes = [item.code for item in items]
    scoring = fields.choice(raw, "scoring", SCORINGS)
    needs = needs_of(raw, scoring)
    if raw.get("times") is not None and raw.get("to") is not None:
        raise BadEntry(
            Text("« times » et « to » à la fois.", "Both “times” and “to”."),
            Text("Gardez l'un.", "Keep one."),
        )
    return Scale(
        id=_id(raw),
        label=fields.words(raw, "label"),
        items=items,
        low=low,
        high=high,
        step=step,
        reversed=frozenset(named(raw, "reversed", codes)),
        subscales=subscales(raw, codes, needs),
        scoring=scoring,
        times=_times(raw),
        to=_to(raw),
        least=least_of(needs, len(items)),
        missing_codes=_missing_codes(raw, low, high, step),
        answers=_answers(raw, low, high, step),
        net=_net(raw, len(items), low, high),
        licence=fields.words(raw, "licence") if raw.get("licence") is not None else None,
        right=fields.words(raw, "right") if raw.get("right") is not None else None,
        form=_form(raw),
    )


def _id(raw: Mapping[str, Any]) -> str:
    found = str(fields.string(raw, "id")).strip()
    if not found:
        raise fields.missing("id")
    return found


def _items(raw: Mapping[str, Any]) -> tuple[Item, ...]:
    """Return the items of a list of codes, or of {code: {fr, en}}."""
    given = raw.get("items")
    if given is None or given == [] or given == {}:
        raise fields.missing("items")
    if isinstance(given, Mapping):
        found = [
            Item(str(code), None if words is None else fields.text_of(words, f"items.{code}"))
            for code, words in given.items()
        ]
    elif not all(isinstance(code, (str, int, float)) for code in fields.sequence(raw, "items")):
        raise fields.wrong("items", given, Text("des codes, ou code: {fr, en}", "codes, or code: {fr, en}"))
    else:
        found = [Item(str(code)) for code in given]
    codes = list(given)
    if any(isinstance(code, bool) or code == "" for code in codes):
        raise fields.wrong(
            "items", next(code for code in codes if isinstance(code, bool) or code == ""), QUOTED
        )
    once("items", [item.code for item in found])
    if len(found) > MOST_ITEMS:
        raise fields.wrong(
            "items", len(found), Text(f"{MOST_ITEMS} items au plus", f"at most {MOST_ITEMS} items")
        )
    return tuple(found)


def _range(raw: Mapping[str, Any]) -> tuple[float, float, float]:
    """Return the lowest and highest answer and the step between two."""
    ends, step = fields.pair(raw, "range"), fields.number(raw, "step", 1.0)
    if ends is None:
        raise fields.missing("range")
    low, high = ends
    if low == high:
        raise fields.wrong("range", raw["range"], Text("deux nombres différents", "two different numbers"))
    steps = (high - low) / step if step and step > 0 else 0.0
    if not step or steps < 1 or steps + 1 > MOST_ANSWERS or abs(steps - round(steps)) > 1e-9:
        expected = Text(
            f"un pas qui divise {low:g}..{high:g} en {MOST_ANSWERS} réponses au plus",
            f"a step that parts {low:g}..{high:g} into at most {MOST_ANSWERS} answers",
        )
        raise fields.wrong("step", step, expected)
    return low, high, step


def _times(raw: Mapping[str, Any]) -> float | None:
    times = fields.number(raw, "times")
    if times is not None and times <= 0:
        raise fields.wrong("times", times, Text("un nombre positif", "a positive number"))
    return times


def _to(raw: Mapping[str, Any]) -> tuple[float, float] | None:
    to = fields.pair(raw, "to")
    if to is not None and to[0] == to[1]:
        raise fields.wrong("to", raw["to"], Text("deux nombres différents", "two different numbers"))
    return to


def _missing_codes(raw: Mapping[str, Any], low: float, high: float, step: float) -> frozenset[str]:
    """Return what else than an empty cell means no answer; raises BadEntry for a code that is an answer."""
    given = raw.get("missing_codes")
    codes = fields.sequence(raw, "missing_codes") if isinstance(given, list) or given is None else [given]
    for code in codes:
        if isinstance(code, (int, float)) and is_answer(float(code), low, high, step):
            expected = Text(f"un code hors de {low:g}..{high:g}", f"a code out of {low:g}..{high:g}")
            raise fields.wrong("missing_codes", code, expected)
    return frozenset(map(code_of, codes))


def _answers(raw: Mapping[str, Any], low: float, high: float, step: float) -> dict[float, Text]:
    """Return the words of the answers by value."""
    found = {}
    for value, words in fields.mapping(raw, "answers").items():
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not number or not is_answer(float(value), low, high, step):
            expected = Text(f"une réponse de {low:g} à {high:g}", f"an answer from {low:g} to {high:g}")
            raise fields.wrong("answers", value, expected)
        found[float(value)] = fields.text_of(words, f"answers.{value}")
    return found


def _net(raw: Mapping[str, Any], size: int, low: float, high: float) -> Net | None:
    """Return who counts for and against, None where no net score is asked for; only a scale of one item has one."""
    given = fields.mapping(raw, "net")
    if not given:
        return None
    fields.known_keys(given, ("promoters_from", "detractors_to"), "net.")
    promoters, detractors = fields.number(given, "promoters_from"), fields.number(given, "detractors_to")
    if promoters is None or detractors is None:
        raise fields.missing("net.promoters_from" if promoters is None else "net.detractors_to")
    if size != 1:
        raise fields.wrong("net", size, Text("un seul item", "one item alone"))
    if not low <= detractors < promoters <= high:
        raise fields.wrong(
            "net",
            f"{detractors:g}, {promoters:g}",
            Text("detractors_to < promoters_from", "detractors_to < promoters_from"),
        )
    return Net(promoters, detractors)


def _form(raw: Mapping[str, Any]) -> Form:
    """Return how the scale stands on a questionnaire; by default under its own label, with its items' labels."""
    given = fields.mapping(raw, "form")
    fields.known_keys(given, ("title", "instruction", "wording"), "form.")
    title, instruction = (
        fields.words(given, name) if given.get(name) is not None else None
        for name in ("title", "instruction")
    )
    wording = fields.choice({"wording": "labels", **given}, "wording", WORDINGS)
    return Form(title, instruction, wording == "pasted")
