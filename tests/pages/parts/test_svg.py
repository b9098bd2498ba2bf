"""The small drawings: where their marks fall."""

import re

from pages.parts import svg


def numbers(html: str, name: str) -> list[float]:
    return [float(v) for v in re.findall(rf'{name}="([\d.]+)%?"', html)]


def test_a_gap_breaks_the_line_and_an_absent_slot_does_not() -> None:
    gap = svg.sparkline([(20, 1.0), (21, None), (22, 2.0), (23, 3.0)], "x", 24)
    absent = svg.sparkline([(20, 1.0), (22, 2.0), (23, 3.0)], "x", 24)
    assert gap.count("M") == 2 and absent.count("M") == 1
    assert gap.count('r="1.2"') == 1  # the point alone is still seen


def test_the_newest_value_stands_at_the_right() -> None:
    drawn = svg.sparkline([(22, 1.0), (23, 2.0)], "x", 24, width=132)
    assert 'cx="127.0" cy="5.0" r="3.5"' in drawn


def test_one_value_is_no_trend() -> None:
    assert svg.sparkline([(23, 2.0)], "x", 24) == "" and svg.sparkline([(22, None), (23, 2.0)], "x", 24) == ""


def test_bullet_places_value_target_and_interval() -> None:
    drawn = svg.bullet(5, 10, target=7.5, low=4, high=9, words='a "b"')
    assert 'class="bar" x="0" y="3" width="50.00%"' in drawn and '<svg x="75.00%"' in drawn
    assert (
        'class="inside" x1="40.00%" x2="50.00%"' in drawn
        and 'class="outside" x1="50.00%" x2="90.00%"' in drawn
    )
    assert 'aria-label="a &quot;b&quot;"' in drawn


def test_bullet_never_leaves_its_ground() -> None:
    assert max(numbers(svg.bullet(50, 10, target=99), "width")) <= 100


def test_each_status_has_its_own_shape() -> None:
    shapes = {svg.mark(kind) for kind in ("on_target", "watch", "off_target", "unknown")}
    assert len(shapes) == 4 and svg.mark("whatever") == svg.mark("unknown")
