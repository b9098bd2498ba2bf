"""A value in its unit, as a reader says it: ``15,0 M€``, ``1 pour 5,00``, ``60 j``, ``12,3 %``."""

from pages.texts import language, t, tn
from pages.texts.numbers import NBSP, NONE, THIN, Shown, decimal, plain

KNOWN = frozenset(
    (
        *("eur", "eur_per_eur", "ratio", "index", "share", "factor", "times", "x", "n", "fte", "points"),
        *("days", "hours", "months", "years", "per_month", "n_per_month"),
        *("score_10", "score_100", "n_of_12"),
    )
)
TOPS = {"score_10": 10.0, "score_100": 100.0, "n_of_12": 12.0}  # what no value exceeds
SCORES = {"score_10": 10, "score_100": 100}  # what a score is out of


def shown(value: float | None, unit: str, exact: bool = False) -> Shown:
    """A value (base unit: euros, ratio 0..1, days) in three parts; an unknown one is a dash.

    ``exact`` keeps euros in euros and the decimals a table needs.
    """
    if value is None:
        return Shown("", NONE, "")
    if unit == "eur":
        return _euros(value, exact)
    if unit == "ratio":
        return Shown("", plain(round(100 * value, 1), 1), "%")
    return _known(value, unit, exact) or Shown("", plain(value), unit_words(unit, value))


def _known(value: float, unit: str, exact: bool) -> Shown | None:
    if unit == "eur_per_eur":
        return Shown("", t("1 pour {figure}", figure=decimal(value, 2)), "")
    if unit == "days":
        return Shown("", plain(value, 1), t("j"))
    if unit in ("factor", "times", "x"):
        return Shown("", f"× {decimal(value, 1)}", "")
    if unit in ("index", "share"):
        return Shown("", decimal(value, 3 if exact or abs(value) < 1 else 2), "")
    if unit in SCORES:
        return Shown("", decimal(value, 1), f"/{SCORES[unit]}")
    if unit == "n_of_12":
        return Shown("", plain(value, 1), "/12")
    return None


def _euros(value: float, exact: bool) -> Shown:
    if exact:
        return _money(value, 0 if abs(value - round(value)) < 0.005 else 2, "")
    scale, digits, sign = _scale(value)
    return _money(value / scale, digits, sign)


def _scale(value: float) -> tuple[float, int, str]:
    """What euros are divided by, their decimals, and the multiple's sign."""
    size = abs(round(value, 2))
    if size >= 9.995e8:
        return 1e9, 2, t("Md")
    if size >= 9.995e5:
        return 1e6, 1, t("M")
    return (1e3, 0, t("k")) if size >= 1e4 else (1.0, 0, "")


def _money(value: float, digits: int, sign: str) -> Shown:
    if language() == "en":
        return Shown("", f"{'−' if value < 0 else ''}€{decimal(abs(value), digits)}{sign}", "")
    return Shown("", decimal(value, digits), f"{sign}€")


def text(value: float | None, unit: str, exact: bool = False) -> str:
    """The same as one string, with no-break spaces."""
    return str(shown(value, unit, exact))


def short(value: float | None, unit: str) -> str:
    """A target or a bound, as short as it can be: ``15 M€``, ``5``, ``60 j``, ``90 %``."""
    if value is None:
        return NONE
    if unit == "eur" and abs(value) >= 1e4:
        scale, _, sign = _scale(value)
        size = plain(abs(value) / scale, 1)
        minus = "−" if value < 0 else ""
        return f"{minus}€{size}{sign}" if language() == "en" else f"{minus}{size}{NBSP}{sign}€"
    if unit == "eur_per_eur":
        return plain(value)
    if unit in ("factor", "times", "x"):
        return f"×\u00a0{plain(value)}"
    if unit in ("index", "share"):
        return plain(value, 3)
    if unit in SCORES:
        return f"{plain(value, 1)}{NBSP}/{SCORES[unit]}"
    if unit in KNOWN:
        return text(value, unit)
    return f"{plain(value)}{NBSP}%" if unit.startswith("%") else plain(value)


def interval(low: float | None, high: float | None, unit: str) -> str:
    """An interval in the unit's figures: ``[3,8 ; 6,9]``; "" when it is unknown."""
    if low is None or high is None:
        return ""
    bounds = (_bound(low, unit, max(abs(low), abs(high))), _bound(high, unit, max(abs(low), abs(high))))
    unit_mark = f"{THIN}%" if unit == "ratio" else ""
    return f"[{bounds[0]}{THIN};\u00a0{bounds[1]}]{unit_mark}"


def _bound(value: float, unit: str, size: float) -> str:
    if unit == "ratio":
        return decimal(100 * value, 1)
    if unit == "eur":
        return text(value, unit)
    if unit in ("days", "n"):
        return decimal(value, 0)
    return decimal(value, 1 if size >= 1 else 3)


def unit_name(unit: str) -> str:
    """A unit's name, for a definition."""
    names = {
        "eur": lambda: t("euros"),
        "eur_per_eur": lambda: t("euros par euro"),
        "ratio": lambda: t("part"),
        "days": lambda: t("jours"),
        "years": lambda: t("ans"),
        "n": lambda: t("nombre"),
        "factor": lambda: t("facteur"),
        "index": lambda: t("indice"),
        "hours": lambda: t("heures"),
        "score_10": lambda: t("note sur 10"),
        "score_100": lambda: t("score sur 100"),
        "n_of_12": lambda: t("nombre sur 12"),
    }
    return names[unit]() if unit in names else unit


def unit_words(unit: str, value: float = 2) -> str:
    """What stands after a figure of a unit without a sign of its own: ``dossiers``, ``ans``."""
    words = {
        "years": lambda: tn("an", "ans", value),
        "months": lambda: t("mois"),
        "per_month": lambda: t("par mois"),
        "n_per_month": lambda: t("par mois"),
        "fte": lambda: t("ETP"),
        "points": lambda: tn("point", "points", value),
        "hours": lambda: t("h"),
        "projects": lambda: tn("projet", "projets", value),
        "files": lambda: tn("dossier", "dossiers", value),
        "partners": lambda: tn("partenaire", "partenaires", value),
    }
    return words[unit]() if unit in words else ("" if unit in ("n", "count", "number", "") else unit)
