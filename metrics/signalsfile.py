"""What ``python -m metrics signals`` answers: the chart of a file's series as a document, or as lines."""

import argparse
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from metrics import seriesfile
from metrics.answering import Answer
from metrics.seriesfile import BadFile, Series, day_of
from metrics.xmr import LEAST, Chart, Limits, Segment, chart
from schemas.text import Text

LINES = ("mean", "lower", "upper", "near_lower", "near_upper")


def places(series: Series, breaks: Sequence[str]) -> list[int]:
    """Return where new bases start: at the first point on or after each date (or at the point so named). Raises BadFile."""
    found = []
    for words in breaks:
        day = day_of(words)
        names = [str(name) for name in series.x]
        if series.days is not None and day is not None:
            later = [i for i, when in enumerate(series.days) if when >= day]
        else:
            later = [names.index(words)] if words in names else []
        if not later:
            raise BadFile(
                Text(f"Rupture hors de la série : {words}.", f"Break out of the series: {words}."),
                Text(f"De {names[0]} à {names[-1]}.", f"From {names[0]} to {names[-1]}."),
                2,
            )
        found.append(later[0])
    return found


def document(series: Series, chart: Chart) -> dict[str, Any]:
    """Return the JSON document; unknown is null. ``detected``: the rules that the point itself completes."""
    points = [
        {
            "x": x,
            "value": known(spot.value),
            "flags": list(spot.flags),
            "detected": list(spot.detected),
            "variation": spot.variation,
        }
        for x, spot in zip(series.x, chart.points, strict=True)
    ]
    return {
        **lines_of(chart.limits),
        "points": points,
        "variation": chart.variation,
        "assurance": chart.assurance,
        "segments": [_segment(series, segment) for segment in chart.segments],
    }


def _segment(series: Series, segment: Segment) -> dict[str, Any]:
    ends = {"from": series.x[segment.start], "to": series.x[segment.end - 1]}
    return ends | lines_of(segment.limits)


def lines_of(limits: Limits) -> dict[str, Any]:
    """Return the lines of a segment, their count and whether they are provisional."""
    found: dict[str, Any] = {name: known(getattr(limits, name)) for name in LINES}
    provisional = limits.is_provisional if limits.is_drawn else None
    return found | {"n": limits.n, "provisional": provisional, "reason": why_none(limits)}


def why_none(limits: Limits) -> str | None:
    """Return why there are no limits: ``too_few`` points, or ``still``, a series without noise; None where there are."""
    return None if limits.is_drawn else "too_few" if limits.n < LEAST else "still"


def known(value: float) -> float | None:
    """Return a number, None for NaN."""
    return None if math.isnan(value) else value


def words(series: Series, chart: Chart, lang: str) -> list[str]:
    """Return the chart as lines: the lines in force, the flagged points, what it says."""
    limits = chart.limits
    said = [
        f"{NAMES[name].get(lang)} {getattr(limits, name):.10g}"
        for name in LINES[:3]
        if limits.is_drawn or name == "mean"
    ]
    found = [", ".join(said) + f" (n = {limits.n})"]
    if not limits.is_drawn:
        found.append((STILL if why_none(limits) == "still" else TOO_FEW).get(lang))
    if limits.is_provisional:
        found.append(PROVISIONAL.get(lang))
    for x, spot in zip(series.x, chart.points, strict=True):
        if spot.flags:
            found.append(
                f"{x}: {spot.value:.10g} ({', '.join(FLAGS[name].get(lang) for name in spot.flags)})"
            )
    marks = [WORDS[mark].get(lang) for mark in (chart.variation, chart.assurance) if mark]
    return [*found, *([", ".join(marks)] if marks else [])]


NAMES = {
    "mean": Text("moyenne", "mean"),
    "lower": Text("limite basse", "lower limit"),
    "upper": Text("limite haute", "upper limit"),
}
FLAGS = {
    "outside": Text("hors limites", "outside the limits"),
    "trend": Text("tendance de 7 points", "trend of 7 points"),
    "two_of_three": Text("2 points sur 3 près d'une limite", "2 of 3 points near a limit"),
    "run": Text("7 points du même côté de la moyenne", "7 points on one side of the mean"),
}
WORDS = {
    "improvement": Text("amélioration", "improvement"),
    "concern": Text("dégradation", "concern"),
    "special": Text("cause spéciale", "special cause"),
    "stable": Text("stable", "stable"),
    "consistently_met": Text("atteinte constante", "consistently met"),
    "inconsistent": Text("atteinte aléatoire", "inconsistently met"),
    "consistently_missed": Text("échec constant", "consistently missed"),
}
TOO_FEW = Text(f"Moins de {LEAST} points : pas de limites.", f"Under {LEAST} points: no limits.")
STILL = Text("La série ne bouge presque pas : pas de limites.", "The series hardly moves: no limits.")
PROVISIONAL = Text("Moins de 12 points : limites provisoires.", "Under 12 points: provisional limits.")


def parser(commands: Any) -> argparse.ArgumentParser:
    """Add the command and return its parser."""
    found: argparse.ArgumentParser = commands.add_parser(
        "signals", help="Carte de contrôle d'un fichier CSV."
    )
    found.add_argument("file", metavar="FICHIER.csv", help="une ligne de titres, puis un point par ligne")
    found.add_argument("--column", metavar="COLONNE", help="colonne des valeurs")
    found.add_argument("--where", type=_equality, action="append", default=[], metavar="COLONNE=VALEUR")
    found.add_argument(
        "--direction", choices=("up", "down"), help="sens souhaité ; sans lui, rien n'est jugé"
    )
    found.add_argument("--target", type=_quantity, metavar="X", help="cible")
    found.add_argument(
        "--screen",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="écarter les étendues aberrantes",
    )
    found.add_argument(
        "--breaks", nargs="+", default=[], metavar="DATE", help="premiers points des nouvelles bases"
    )
    found.add_argument(
        "--baseline", type=_baseline, metavar="N", help="points qui fixent les limites (8 au moins)"
    )
    return found


def _quantity(text: str) -> float:
    if not seriesfile.is_number(text):
        raise argparse.ArgumentTypeError(f"{text} : un nombre")
    return seriesfile.number_of(text)


def _equality(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark:
        raise argparse.ArgumentTypeError(f"{text} : COLONNE=VALEUR")
    return name, value


def _baseline(text: str) -> int:
    if not text.isdecimal() or int(text) < LEAST:
        raise argparse.ArgumentTypeError(f"{text} : {LEAST} au moins")
    return int(text)


def answer(asked: argparse.Namespace) -> Answer:
    """Chart a file's series as the command's arguments say. Raises BadFile."""
    series = seriesfile.read(Path(asked.file), asked.column, asked.where)
    breaks = places(series, [word for given in asked.breaks for word in given.split(",") if word])
    found = chart(
        series.values,
        direction=asked.direction,
        target=asked.target,
        screen=asked.screen,
        breaks=breaks,
        baseline=asked.baseline,
        flat=False,
    )
    return Answer(document(series, found), tuple(words(series, found, asked.lang)))
