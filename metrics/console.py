"""Readings as lines for a terminal; people read them, programs ask for --json."""

from collections.abc import Sequence

from metrics.definitions import Catalogue
from metrics.reading import Reading
from schemas.text import Text

STATUS = {
    "on_target": Text("atteint", "on target"),
    "watch": Text("à surveiller", "to watch"),
    "off_target": Text("en écart", "off target"),
    "unknown": Text("non jugé", "not judged"),
}


def lines(catalogue: Catalogue, readings: Sequence[Reading], lang: str) -> list[str]:
    """Return one line per reading: code, label, scope, period, value with its unit, status, interval and n."""
    if not readings:
        return [NOTHING.get(lang)]
    return [_line(catalogue, reading, lang) for reading in readings]


def _line(catalogue: Catalogue, reading: Reading, lang: str) -> str:
    label = catalogue.every[reading.kpi].label.get(lang)
    scope = "".join(
        f" [{name}: {value if value is not None else '?'}]" for name, value in reading.scope.items()
    )
    head = f"{reading.code:5} {label}{scope}  {reading.period}:"
    if reading.value is None:
        return f"{head} - ({reading.reason})"
    sides = f", n = {reading.n}" if reading.n is not None else ""
    if reading.low is not None and reading.high is not None:
        sides += f", [{reading.low:.6g} ; {reading.high:.6g}]"
    return f"{head} {reading.value:.10g} {reading.unit} ({STATUS[reading.status].get(lang)}{sides})"


NOTHING = Text("Aucune valeur : importez d'abord des données.", "No value: import data first.")
