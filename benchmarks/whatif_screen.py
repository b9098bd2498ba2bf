"""A slider moved on the screen of scenarios, on the demo town. Run by hand:

    python benchmarks/whatif_screen.py [moves]

A server on the demo, a headless Chromium, one press of an arrow at a time on the sliders of four questions: how much of the
grants is cut, how many months decisions are late, how much the own funds change, how many posts there are. Each press gives a
scenario that nobody has asked before. Printed: milliseconds of server CPU of a press (idle subtracted), which is the target,
300 ms at most, and from the press to the new figures, both medians and the worst.
"""

import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from benchmarks.redraw import cpu  # noqa: E402
from tests.browser.conftest import FLAGS, chromium, serving  # noqa: E402
from tests.town import build  # noqa: E402

TARGET = 300.0
QUESTIONS = {  # what the address says, and the slider that is pressed
    "awards_cut,share=0.2": "Part retirée (%)",
    "decision_delay,months=1": "Mois de retard (mois)",
    "own_funds,change=0.1": "Variation (%)",
    "staff,fte=1": "ETP de plus ou de moins",
}
SHOWN = "document.querySelector('.lv-moves')?.innerText"
WARM = 2  # presses before those that count


def main(moves: int = 8) -> None:
    """Press each slider ``moves`` times and print what a press costs."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as started:
        store = Path(name) / "town.duckdb"
        build(store)
        browser = started.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        with serving(store, Path(name) / "log") as (base, pid):
            page = browser.new_page(viewport={"width": 1400, "height": 1000}, locale="fr-FR")
            found = {label: pressed(page, base, pid, text, label, moves) for text, label in QUESTIONS.items()}
        browser.close()
    print(f"{'slider':28}{'server CPU ms':>14}{'worst':>8}{'to the figures ms':>20}{'worst':>8}")
    for label, (costs, waits) in found.items():
        middle = [statistics.median(costs), max(costs), statistics.median(waits), max(waits)]
        print(f"{label:28}{middle[0]:14.0f}{middle[1]:8.0f}{middle[2]:20.0f}{middle[3]:8.0f}")
    worst = max(statistics.median(costs) for costs, _ in found.values())
    print(f"target {TARGET:.0f} ms of server CPU: {'met' if worst <= TARGET else 'MISSED'} ({worst:.0f})")


def pressed(
    page: Page, base: str, pid: int, text: str, label: str, moves: int
) -> tuple[list[float], list[float]]:
    """Return the milliseconds of server CPU of each press of an arrow, and those from the press to other figures."""
    page.goto(f"{base}/etsi?s={text}")
    slider = page.get_by_role("slider", name=label)
    slider.wait_for(timeout=60_000)
    page.wait_for_timeout(4000)
    idle = _idle(page, pid)
    costs, waits = [], []
    for turn in range(moves + WARM):
        before, start, was = cpu(pid), page.evaluate("performance.now()"), page.evaluate(SHOWN)
        slider.press("ArrowRight")
        page.wait_for_function(f"(was) => {SHOWN} !== was", arg=was, timeout=30_000, polling=20)
        waited = page.evaluate("performance.now()") - start
        page.wait_for_timeout(700)
        spent = page.evaluate("performance.now()") - start
        if turn >= WARM:
            costs.append(max(0.0, cpu(pid) - before - idle * spent))
            waits.append(waited)
    return costs, waits


def _idle(page: Page, pid: int) -> float:
    """Return the milliseconds of CPU that the server uses for each millisecond without a press."""
    before = cpu(pid)
    page.wait_for_timeout(2000)
    return (cpu(pid) - before) / 2000


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
