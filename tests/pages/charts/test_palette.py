"""The colours keep their contrast and stay apart in lightness."""

import pytest

from pages.charts.palette import DARK, LIGHT, Palette, faded, palette


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    """CIE L*, 0 black to 100 white."""
    return 116 * luminance(colour) ** (1 / 3) - 16


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_text_and_marks_can_be_read_on_their_ground(colours: Palette) -> None:
    for text in (colours.ink, colours.ink2, colours.accent):
        assert contrast(text, colours.paper) >= 4.5
    for status in ("on_target", "watch", "off_target", "unknown"):
        assert contrast(colours.status(status), colours.paper) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_three_verdicts_differ_in_lightness(colours: Palette) -> None:
    verdicts = [lightness(colours.status(status)) for status in ("on_target", "watch", "off_target")]
    assert min(abs(a - b) for i, a in enumerate(verdicts) for b in verdicts[i + 1 :]) > 10


def test_a_status_nobody_knows_is_drawn_as_unknown() -> None:
    assert LIGHT.status("magnificent") == LIGHT.unknown


def test_the_theme_type_picks_the_set_and_paper_is_the_default() -> None:
    assert (palette("dark"), palette("light"), palette(None)) == (DARK, LIGHT, LIGHT)


def test_a_faded_colour_is_written_for_plotly() -> None:
    assert faded("#1F3F8F", 0.5) == "rgba(31,63,143,0.5)"
