"""``python -m metrics seek``: a goal read as people write it, its answer for a terminal. For programs there is --json."""

import argparse
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from metrics import figures, whatif_answer
from metrics.answering import Answer, ask_date, ask_scenario
from metrics.compute import readings
from metrics.definitions import Catalogue, Kpi
from metrics.drivers import drivers
from metrics.refusing import BadEntry, shortened, unknown
from metrics.results import Engine
from metrics.seek import EMPTY, Sought, as_json, by_text, seek
from metrics.seek_rules import Rule
from schemas.text import Text

GOAL = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(%|j|d|k€|M€|Md€|€|k|M|Md)?")
TIMES = {"k": 1e3, "M": 1e6, "Md": 1e9, "": 1.0}
NO_GOAL = Text("« {given} » n'est pas une valeur à atteindre.", "“{given}” is no value to reach.")
A_GOAL = Text("Attendu : 5, 60, 65 %, 20 M€.", "Expected: 5, 60, 65 %, 20 M€.")
NONE = Text("-", "-")
NO_EUROS = Text("{label} ne se dit pas en euros.", "{label} is not told in euros.")

HEAD = Text(
    "{code} {label} : {target} (avant : {before})",
    "{code} {label}: {target} (before: {before})",
)
ALREADY = Text("Scénario : « {label} » est déjà à {target}.", "Scenario: “{label}” is at {target} already.")
FOUND = Text("Scénario : {by}, {value} : donne {reached}.", "Scenario: {by}, {value}: gives {reached}.")
ALSO = Text("Atteint aussi avec : {also}.", "Reached also with: {also}.")
MISSED = Text("Inatteignable par {by}.", "Out of reach by {by}.")
BEST = Text("Au mieux {reached} ({value}).", "At best {reached} ({value}).")
MOVERS = Text("Peuvent le faire bouger : {names}.", "These can move it: {names}.")
RULES: dict[str, Text] = {
    "own_share": Text(
        "Ce qui borne : la participation minimale de la Ville, {limit}, atteinte par {plans}.",
        "What binds: the town's minimum own share, {limit}, reached by {plans}.",
    ),
    "over_cost": Text(
        "Ce qui borne : financé à 100 %, le coût est déjà couvert pour {plans}.",
        "What binds: financed at 100 %, the cost is already covered for {plans}.",
    ),
    "debt": Text(
        "Ce qui borne : {limit} de capacité de désendettement.",
        "What binds: a debt payback of {limit}.",
    ),
    "bound": Text(
        "Ce qui borne : l'hypothèse ne va pas au-delà de {limit}.", "What binds: the driver ends at {limit}."
    ),
    "turning": Text(
        "Ce qui borne : au-delà comme en deçà de {limit}, l'indicateur s'éloigne.",
        "What binds: beyond and below {limit} the KPI moves away.",
    ),
    "apart": Text("Cette hypothèse ne fait que s'en éloigner.", "This driver only leads away from it."),
    "still": Text(
        "Cette hypothèse ne fait pas bouger cet indicateur.", "This driver does not move this KPI."
    ),
    "unknown": Text(
        "L'indicateur est inconnu ou interdit par la loi quelle que soit l'hypothèse.",
        "The KPI is unknown, or forbidden by law, whatever the driver.",
    ),
}
CEILING = Text(
    "L'argent public seul ne peut dépasser {ceiling} sur ces plans.",
    "Public money alone cannot exceed {ceiling} on these plans.",
)


def parser(commands: Any) -> argparse.ArgumentParser:
    """Add the command and return its parser."""
    found: argparse.ArgumentParser = commands.add_parser(
        "seek", help="Chercher ce que doit être une hypothèse pour atteindre une valeur."
    )
    found.add_argument("kpi", metavar="KPI", help="identifiant ou code")
    found.add_argument("value", metavar="VALEUR", help="valeur à atteindre : 5, 60, 65 %%, 20 M€")
    found.add_argument(
        "--by", required=True, metavar="HYPOTHESE[.parametre][,nom=valeur…]", help="ce qui peut bouger"
    )
    ask_scenario(found, "sous ce scénario (base par défaut)")
    ask_date(found, "celle du scénario, sinon des données")
    return found


def answer(engine: Engine, catalogue: Catalogue, known: date, asked: argparse.Namespace) -> Answer:
    """Seek a goal at the date asked for, the scenario's own or the data's (``known``). Raises BadEntry."""
    base, as_of = EMPTY, asked.as_of or known
    if asked.scenario:
        raw = whatif_answer.document(asked.scenario)
        base, as_of = whatif_answer.read(raw, asked.as_of, known, catalogue)
    kpi = named(catalogue, asked.kpi)
    target = goal(engine, catalogue, kpi, asked.value, as_of)
    found = seek(engine, catalogue, kpi.id, target, by_text(asked.by), as_of, base)
    return Answer(as_json(found), tuple(lines(kpi, found, asked.lang)))


def named(catalogue: Catalogue, name: str) -> Kpi:
    """Return a KPI by its id or code. Raises BadEntry."""
    codes = {kpi.code: kpi for kpi in catalogue.every.values()}
    found = catalogue.every.get(name) or codes.get(name)
    if found is None:
        raise unknown(Text("Indicateur", "KPI"), name, catalogue.every)
    return found


def goal(engine: Engine, catalogue: Catalogue, kpi: Kpi, text: str, as_of: date) -> float:
    """Return a goal in the KPI's base unit: ``5``, ``65 %``, ``60 j``; ``20 M€`` of an index is that amount over its base's.

    Raises BadEntry for what cannot be read as one.
    """
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".").replace("−", "-")
    read = GOAL.fullmatch(plain)
    if read is None:
        raise BadEntry(NO_GOAL.format(given=shortened(text)), A_GOAL)
    number, mark = float(read[1]), read[2] or ""
    if mark == "%" or (kpi.unit == "ratio" and mark == "" and abs(number) > 1):
        return number / 100
    if mark in ("", "j", "d"):
        return number
    euros = number * TIMES[mark.removesuffix("€")]
    if kpi.unit == "eur" or not mark.endswith("€"):
        return euros
    (now,) = readings(engine, catalogue, [kpi.id], [as_of])
    if kpi.base is None or not now.denominator:
        raise BadEntry(
            Text(NO_EUROS.fr.format(label=kpi.label.fr), NO_EUROS.en.format(label=kpi.label.en)), A_GOAL
        )
    return euros / now.denominator


def lines(kpi: Kpi, found: Sought, lang: str) -> list[str]:
    """Return the answer for a terminal."""
    return [one.get(lang) for one in _told(kpi, found)]


def _told(kpi: Kpi, found: Sought) -> Iterator[Text]:
    asked, driver = found.by.asked, drivers()[found.by.driver]
    by = _filled(Text("{label} ({name})", "{label} ({name})"), label=driver.label, name=found.by.name)
    target = figures.value(found.target, kpi.unit)
    before = NONE if found.before is None else figures.value(found.before, kpi.unit)
    yield _filled(HEAD, code=kpi.code, label=kpi.label, target=target, before=before)
    if found.already and found.reachable:
        yield _filled(ALREADY, label=kpi.label, target=target)
        return
    if found.value is not None and found.reached is not None:
        value, reached = figures.parameter(asked, found.value), figures.value(found.reached, kpi.unit)
        yield _filled(FOUND, by=by, value=value, reached=reached)
        if found.also:
            yield _filled(ALSO, also=_listed([figures.parameter(asked, one) for one in found.also]))
        return
    yield _filled(MISSED, by=by)
    if found.best:
        at, reached = figures.parameter(asked, found.best[0]), figures.value(found.best[1], kpi.unit)
        yield _filled(BEST, value=at, reached=reached)
    yield from binding(found)


def binding(found: Sought) -> Iterator[Text]:
    """Return what binds, in words, and what else could be moved."""
    rule = found.rule
    if rule is None:
        return
    yield _filled(RULES[rule.kind], limit=_limit(rule, found), plans=", ".join(rule.plans))
    if found.public_ceiling is not None:
        yield _filled(CEILING, ceiling=figures.value(found.public_ceiling, "eur_per_eur"))
    if found.movers:
        names = [
            Text(f"{known.label.fr} ({one})", f"{known.label.en} ({one})")
            for one in found.movers
            for known in (drivers()[one.partition(".")[0]],)
        ]
        yield _filled(MOVERS, names=_listed(names))


def _limit(rule: Rule, found: Sought) -> Text:
    if rule.limit is None:
        return NONE
    if rule.kind in ("own_share", "over_cost"):
        return figures.value(rule.limit, "ratio")
    return (
        figures.value(rule.limit, "years")
        if rule.kind == "debt"
        else figures.parameter(found.by.asked, rule.limit)
    )


def _listed(words: Sequence[Text]) -> Text:
    return Text(", ".join(one.fr for one in words), ", ".join(one.en for one in words))


def _filled(words: Text, **values: Text | str) -> Text:
    """Fill a sentence's places in both languages."""
    sides = [
        {name: one if isinstance(one, str) else one.get(lang) for name, one in values.items()}
        for lang in ("fr", "en")
    ]
    return Text(words.fr.format(**sides[0]), words.en.format(**sides[1]))
