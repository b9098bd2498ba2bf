"""Values as people read them in a terminal: 19,5 M€, 1 pour 5,00, 30 %. Screens and files have their own (pages/texts/units.py)."""

from metrics.drivers import RATIOS, Asked
from schemas.text import Text

MILLIONS = ((9.995e8, 1e9, "Md€", "bn", 2), (9.995e5, 1e6, "M€", "m", 1), (1e4, 1e3, "k€", "k", 0))
AFTER = {
    "days": Text("j", "days"),
    "years": Text("ans", "years"),
    "months": Text("mois", "months"),
    "per_month": Text("par mois", "a month"),
    "n_per_month": Text("par mois", "a month"),
    "fte": Text("ETP", "FTE"),
    "hours": Text("h", "h"),
    "score_10": Text("/10", "/10"),
    "score_100": Text("/100", "/100"),
    "n_of_12": Text("/12", "/12"),
}
MORE, FEWER = Text("{value} de plus", "{value} more"), Text("{value} de moins", "{value} less")
SAME = Text("rien de plus", "nothing more")


def decimal(value: float, digits: int) -> Text:
    """Return a number with a fixed count of decimals."""
    english = f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", "−")
    return Text(english.replace(",", "\u202f").replace(".", ","), english)


def plain(value: float, most: int = 2) -> Text:
    """Return a number with no more decimals than it needs, at most ``most``."""
    return decimal(value, next((d for d in range(most) if abs(round(value, d) - value) < 1e-6), most))


def value(amount: float, unit: str) -> Text:
    """Return a value of a unit (base unit: euros, ratio 0..1, days) in words."""
    if unit == "eur":
        return _euros(amount)
    if unit == "ratio":
        return _glued(plain(100 * amount, 1), "%")
    if unit == "eur_per_eur":
        told = decimal(amount, 2)
        return Text(f"1 pour {told.fr}", f"1 to {told.en}")
    if unit in ("factor", "times", "x"):
        told = decimal(amount, 1)
        return Text(f"× {told.fr}", f"× {told.en}")
    if unit in ("index", "share"):
        return decimal(amount, 2 if abs(amount) >= 1 else 3)
    told = plain(amount, 1 if unit in AFTER else 2)
    after = AFTER.get(unit)
    return Text(f"{told.fr} {after.fr}", f"{told.en} {after.en}") if after else told


def _euros(amount: float) -> Text:
    size, sign = abs(amount), "−" if amount < 0 else ""
    for least, scale, french, english, digits in MILLIONS:
        if size >= least:
            told = decimal(size / scale, digits)
            return Text(f"{sign}{told.fr} {french}", f"{sign}€{told.en}{english}")
    told = decimal(size, 0)
    return Text(f"{sign}{told.fr} €", f"{sign}€{told.en}")


def _glued(told: Text, mark: str) -> Text:
    return Text(f"{told.fr} {mark}", f"{told.en}{mark}")


def is_added(asked: Asked) -> bool:
    """Say whether a parameter is an addition to what is there: 0 changes nothing, and its sign says which way."""
    return asked.now == 0 and ((asked.least or 0.0) < 0 or asked.kind == "months")


def parameter(asked: Asked, given: float) -> Text:
    """Return a driver's number in words; an addition says so: ``10,0 M€ de plus``."""
    given = float(f"{given:.4g}")
    unit = "ratio" if asked.kind in RATIOS else "" if asked.kind == "year" else asked.kind
    if not is_added(asked):
        return Text(str(round(given)), str(round(given))) if asked.kind == "year" else value(given, unit)
    if given == 0:
        return SAME
    told = value(abs(given), unit)
    way = MORE if given > 0 else FEWER
    return Text(way.fr.format(value=told.fr), way.en.format(value=told.en))
