"""A scored scale as a short table for a terminal; programs ask for --json."""

from math import isnan

from metrics.likert import Spread
from metrics.scales import Scale
from metrics.scalescores import Scored, Summary
from schemas.text import Text


def lines(scale: Scale, found: Scored, headcount: int | None, lang: str) -> list[str]:
    """Return the scale's score, its reliability, its net score, its subscales, then a row per item."""
    rate = f" ({_number(100 * found.whole.n / headcount, lang, 0)} %)" if headcount else ""
    counts = COUNTS.get(lang).format(rows=found.rows, n=found.whole.n, incomplete=found.whole.incomplete)
    told = [scale.label.get(lang), counts + rate, *_summary(found.whole, lang)]
    if found.net:
        share = _sided(found.net.value, found.net.low, found.net.high, lang)
        told.append(f"{NET.get(lang)} {share}")
    for part in scale.subscales:
        own = found.subscales[part.id]
        told += ["", f"{part.label.get(lang)} (n = {own.n})", *_summary(own, lang)]
    return [*told, "", *_items(scale, found, lang)]


def _summary(found: Summary, lang: str) -> list[str]:
    """Return the score's line and the reliability's, or why it has none."""
    places = 1 if found.range[1] - found.range[0] > SMALL else 2
    score = _sided(found.mean, found.low, found.high, lang, places)
    low, high = (f"{end:g}" for end in found.range)
    more = SPREAD.get(lang).format(
        sd=_number(found.sd, lang, places), median=_number(found.median, lang, places), low=low, high=high
    )
    if found.alpha is None:
        return [f"{MEAN.get(lang)} {score}{more}", WHY[found.alpha_reason or ""].get(lang)]
    alpha = _sided(found.alpha.value, found.alpha.low, found.alpha.high, lang, 2)
    omega = f"{_number(found.omega.value, lang, 2)}" if found.omega else WHY["no_solution"].get(lang)
    return [
        f"{MEAN.get(lang)} {score}{more}",
        f"alpha {alpha}, {OMEGA.get(lang)} {omega} (n = {found.alpha.n})",
    ]


def _items(scale: Scale, found: Scored, lang: str) -> list[str]:
    wide = max(len(ITEM.get(lang)), *(len(code) for code in scale.codes))
    head = [f"{ITEM.get(lang):{wide}}", *(f"{title.get(lang):>{size}}" for title, size in COLUMNS)]
    rows = [_item(code, spread, wide, code in scale.reversed, lang) for code, spread in found.items.items()]
    return ["  ".join([*head, DISTRIBUTION.get(lang)]), *rows]


def _item(code: str, spread: Spread, wide: int, is_reversed: bool, lang: str) -> str:
    shares = zip(spread.values.tolist(), spread.shares.tolist(), strict=True)
    each = ["-"] if not spread.n else [f"{v:g}: {_number(100 * s, lang, 0)} %" for v, s in shares]
    numbers = f"{spread.n:>6}  {spread.missing:>8}  {_number(spread.mean, lang, 2):>7}  {_number(spread.sd, lang, 2):>10}"
    top2 = f"{_number(100 * spread.top2, lang, 0):>7}"
    mark = f"  {REVERSED.get(lang)}" if is_reversed else ""
    return f"{code:{wide}}  {numbers}  {top2}  {'  '.join(each)}{mark}"


def _sided(value: float, low: float, high: float, lang: str, places: int = 1) -> str:
    """Return a value with its limits, where there are some."""
    if isnan(low):
        return _number(value, lang, places)
    return f"{_number(value, lang, places)} [{_number(low, lang, places)} ; {_number(high, lang, places)}]"


def _number(value: float, lang: str, places: int = 1) -> str:
    if isnan(value):
        return "-"
    shown = f"{value:.{places}f}"
    return shown if lang == "en" else shown.replace(".", ",")


SMALL = 10  # a score of so few points is told with two decimals
OMEGA = Text("oméga", "omega")
COUNTS = Text(
    "{rows} répondants, {n} notés, {incomplete} incomplets",
    "{rows} respondents, {n} scored, {incomplete} incomplete",
)
MEAN = Text("moyenne", "mean")
SPREAD = Text(
    ", écart type {sd}, médiane {median}, échelle de {low} à {high}",
    ", sd {sd}, median {median}, scale of {low} to {high}",
)
NET = Text("solde de recommandation", "net score")
ITEM = Text("item", "item")
COLUMNS = (
    (Text("n", "n"), 6),
    (Text("manquant", "missing"), 8),
    (Text("moyenne", "mean"), 7),
    (Text("écart type", "sd"), 10),
    (Text("top-2 %", "top-2 %"), 7),
)
DISTRIBUTION = Text("répartition", "distribution")
REVERSED = Text("(inversé)", "(reversed)")
WHY = {
    "too_few_items": Text("fiabilité non calculée : moins de 3 items", "no reliability: fewer than 3 items"),
    "too_few_answers": Text(
        "fiabilité non calculée : moins de 30 réponses complètes", "no reliability: under 30 complete answers"
    ),
    "no_variance": Text(
        "fiabilité non calculée : toutes les réponses sont égales", "no reliability: all answers are equal"
    ),
    "no_solution": Text("non calculé", "not computed"),
}
