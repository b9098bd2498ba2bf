"""The colours, named by what they mean: one set for paper, one for the dark screen.

Measured on their own ground: text at least 4.5:1, marks at least 3:1; the four statuses differ in
lightness as well as in hue, so that they stay apart in a colour-blind simulation.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """One set of colours, hexadecimal. `categories`: blues for public money, mauves for private, then sand."""

    paper: str
    ink: str
    ink2: str
    rule: str
    band: str
    accent: str
    on_target: str
    watch: str
    off_target: str
    unknown: str
    categories: tuple[str, ...]

    def status(self, status: str) -> str:
        """Return the colour of a status; a status nobody knows is drawn as unknown."""
        known = {"on_target": self.on_target, "watch": self.watch, "off_target": self.off_target}
        return known.get(status, self.unknown)


LIGHT = Palette(
    paper="#FCFCFA",
    ink="#16202B",
    ink2="#515B66",
    rule="#DADDE0",
    band="#E9ECEE",
    accent="#1F3F8F",
    on_target="#0B7A5E",
    watch="#B98000",
    off_target="#80102F",
    unknown="#868F98",
    categories=("#1F3F8F", "#4281DD", "#9FC8F5", "#7D5D8D", "#B17E8D", "#886E4E"),
)

DARK = Palette(
    paper="#11171D",
    ink="#E9ECEE",
    ink2="#AAB3BC",
    rule="#2D3741",
    band="#242E37",
    accent="#9DB8F5",
    on_target="#4CCDA6",
    watch="#F6D77E",
    off_target="#E0566F",
    unknown="#8A949E",
    categories=("#7C9CE8", "#3B77D6", "#C1D9F7", "#A06FAD", "#CE93C0", "#C4B78F"),
)


def palette(theme: str | None) -> Palette:
    """Return the set for a theme type, ``"light"`` or ``"dark"``; anything else is paper."""
    return DARK if theme == "dark" else LIGHT


def faded(colour: str, opacity: float) -> str:
    """Return a hexadecimal colour as ``rgba(r,g,b,opacity)``, which plotly accepts for fills."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"
