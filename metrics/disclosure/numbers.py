"""Points and intervals as they are written, in French and in English."""

Pair = tuple[str, str]  # French, English
MINUS = "−"


def signed(value: float, places: int = 1) -> Pair:
    """Return a signed number: ("+9,1", "+9.1"); a zero has no sign."""
    shown = round(value, places)
    sign = "+" if shown > 0 else MINUS if shown < 0 else ""
    text = f"{sign}{abs(shown):.{places}f}"
    return text.replace(".", ","), text


def points(value: float) -> Pair:
    """Return a signed number of points: ("+9,1 points", "+9.1 points")."""
    fr, en = signed(value)
    return (
        f"{fr} point{'s' if abs(value) >= 2 else ''}",
        f"{en} point{'' if abs(round(value, 1)) == 1 else 's'}",
    )


def interval(low: float, high: float) -> Pair:
    """Return limits: ("[+6,1 ; +12,1]", "[+6.1, +12.1]")."""
    lower, upper = signed(low), signed(high)
    return f"[{lower[0]} ; {upper[0]}]", f"[{lower[1]}, {upper[1]}]"


def chance(p: float) -> Pair:
    """Return a p value to two decimals: ("p = 0,08", "p = 0.08"), under a hundredth as such."""
    if p < 0.01:
        return "p < 0,01", "p < 0.01"
    return f"p = {p:.2f}".replace(".", ","), f"p = {p:.2f}"
