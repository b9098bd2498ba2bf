"""What ``python -m metrics scale`` answers: a scored file as a document, or as a short table."""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from math import isnan
from pathlib import Path
from typing import Any

from metrics import answersfile, scaleshelf
from metrics.likert import Spread
from metrics.scalelines import lines
from metrics.scales import Item, Scale
from metrics.scalescores import Scored, Summary, scored
from metrics.seriesfile import BadFile
from schemas.text import Text

NUMBERS = ("mean", "sd", "median", "q1", "q3", "low", "high")


def parser(commands: Any) -> argparse.ArgumentParser:
    """Add the command ``scale`` and return its parser."""
    found: argparse.ArgumentParser = commands.add_parser(
        "scale", help="Calculer une échelle sur un fichier CSV."
    )
    found.add_argument(
        "file", metavar="FICHIER.csv", help="une ligne de titres, puis une ligne par répondant"
    )
    found.add_argument(
        "--scale", required=True, metavar="ECHELLE", help="fichier YAML, ou who5, qwl, recommend"
    )
    found.add_argument("--headcount", type=_headcount, metavar="N", help="effectif interrogé")
    return found


def _headcount(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} : un nombre entier positif")
    return int(text)


def run(asked: argparse.Namespace, bound: Callable[[], scaleshelf.Bound] | None = None) -> int:
    """Score a file and print it; ``bound`` gives the store's catalogue, for a scale found nowhere else. Raises BadFile."""
    scale = scaleshelf.wanted(asked.scale, bound)
    answers = answersfile.read(Path(asked.file), scale)
    if asked.headcount is not None and asked.headcount < len(answers):
        raise BadFile(TOO_MANY.format(rows=len(answers), heads=asked.headcount), CHECK_HEADCOUNT, 2)
    found = scored(scale, answers, asked.headcount)
    if asked.json:
        print(json.dumps(document(scale, found, asked.headcount, asked.lang), ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines(scale, found, asked.headcount, asked.lang)))
    return 0


def document(scale: Scale, found: Scored, headcount: int | None, lang: str = "fr") -> dict[str, Any]:
    """Return the JSON document; unknown is null."""
    rests = dict(zip(scale.codes, found.whole.item_rest.tolist(), strict=True))
    return {
        "scale": scale.id,
        "label": scale.label.get(lang),
        "rows": found.rows,
        "headcount": headcount,
        "response_rate": found.whole.n / headcount if headcount else None,
        **_summary(found.whole),
        "net": None if found.net is None else {k: _known(v) for k, v in asdict(found.net).items()},
        "items": [_item(scale, item, found.items[item.code], rests[item.code], lang) for item in scale.items],
        "subscales": [
            {"subscale": part.id, "label": part.label.get(lang), "items": list(part.items)}
            | _summary(found.subscales[part.id])
            for part in scale.subscales
        ],
        "licence": scale.licence.get(lang) if scale.licence else None,
    }


def _summary(found: Summary) -> dict[str, Any]:
    """Return n, the numbers, and the reliability or why there is none."""
    return {
        "n": found.n,
        "incomplete": found.incomplete,
        **{name: _known(getattr(found, name)) for name in NUMBERS},
        "range": list(found.range),
        "alpha": asdict(found.alpha) if found.alpha else None,
        "alpha_reason": found.alpha_reason,
        "omega": asdict(found.omega) if found.omega else None,
        "omega_reason": found.omega_reason,
    }


def _item(scale: Scale, item: Item, spread: Spread, rest: float, lang: str) -> dict[str, Any]:
    shares = spread.shares.tolist()
    return {
        "item": item.code,
        "label": item.label.get(lang) if item.label else None,
        "reversed": item.code in scale.reversed,
        "n": spread.n,
        "missing": spread.missing,
        "mean": _known(spread.mean),
        "sd": _known(spread.sd),
        "top2": _known(spread.top2),
        "item_rest": _known(rest),
        "distribution": [
            {"value": _plain(value), "label": _words(scale, value, lang), "n": n, "share": _known(share)}
            for value, n, share in zip(spread.values.tolist(), spread.counts.tolist(), shares, strict=True)
        ],
    }


def _words(scale: Scale, value: float, lang: str) -> str | None:
    return scale.answers[value].get(lang) if value in scale.answers else None


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _known(value: float) -> float | None:
    return None if isnan(value) else value


TOO_MANY = Text(
    "{rows} répondants pour un effectif de {heads}.", "{rows} respondents of a headcount of {heads}."
)
CHECK_HEADCOUNT = Text(
    "Vérifiez --headcount : c'est le nombre de personnes interrogées.",
    "Check --headcount: it is the number of people asked.",
)
