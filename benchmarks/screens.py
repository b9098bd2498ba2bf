"""What a warm rerun of each screen costs the server, against the same page made of constants. Run by hand:

    python benchmarks/screens.py [reruns]

The constants are what the screen drew: the same elements in the same order, under the same settings and the same
navigation, without store, catalogue or readings. Printed: milliseconds of server CPU for each rerun, and their ratio
(targets: at most 60 ms for a screen, at most 1.5 times the constants).
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402
from streamlit.testing.v1 import AppTest  # noqa: E402
from streamlit.util import calc_hash  # noqa: E402

from pages.parts.screens import SCREENS  # noqa: E402
from tests.browser.conftest import FLAGS, chromium, serving  # noqa: E402
from tests.town import build  # noqa: E402

TICK = 1000 / os.sysconf("SC_CLK_TCK")
RERUN = """() => { const url = new URL(location.href); url.searchParams.set("again", 1 - (url.searchParams.get("again") ?? 0));
history.pushState({}, "", url); dispatchEvent(new PopStateEvent("popstate", { state: {} })); }"""
QUERY = {"fiche": "kpi=leverage_awarded"}

CONSTANT_APP = """
import json, pathlib
import streamlit as st
PAGES = {pages}
chosen = st.navigation([st.Page(f"pages/screens/{{p or 'first'}}.py", title=p or "first", url_path=p or None, default=not p) for p in PAGES], position="hidden")
st.set_page_config(page_title="x · y", layout="wide", initial_sidebar_state="collapsed")
chosen.run()
"""
CONSTANT_PAGE = """
import streamlit as st
for kind, value in {blocks!r}:
    if kind == "markdown":
        st.markdown(value, unsafe_allow_html=True)
    else:
        st.plotly_chart(value, theme=None, config={{"displayModeBar": False}}, width="stretch")
"""


def drawn(path: str, store: Path) -> list[tuple[str, object]]:
    """What a screen puts on the page: its markup and its charts, in order."""
    os.environ["LEVIER_STORE"] = str(store)
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    at.query_params.update(dict(pair.split("=") for pair in QUERY.get(path, "").split("&") if pair))
    at._page_hash = calc_hash(path) if path else ""
    at.run()
    blocks: list[tuple[str, object]] = [("markdown", block.value) for block in at.markdown]
    blocks += [("chart", json.loads(chart.proto.spec)) for chart in at.get("plotly_chart")]
    return blocks


def constants(folder: Path, store: Path) -> None:
    """Write an application of the same screens without anything behind them."""
    (folder / "pages" / "screens").mkdir(parents=True)
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    paths = [screen.path for screen in SCREENS]
    for path in paths:
        page = CONSTANT_PAGE.format(blocks=drawn(path, store))
        (folder / "pages" / "screens" / f"{path or 'first'}.py").write_text(page, "utf-8")
    (folder / "app.py").write_text(CONSTANT_APP.format(pages=paths), "utf-8")


def cpu(pid: int) -> float:
    """Milliseconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * TICK


def cost(page: Page, pid: int, reruns: int) -> float:
    """Milliseconds of server CPU for one warm rerun of the open page."""
    for _ in range(3):
        _rerun(page)
    before = cpu(pid)
    for _ in range(reruns):
        _rerun(page)
    return (cpu(pid) - before) / reruns


def _rerun(page: Page) -> None:
    page.evaluate(RERUN)
    page.wait_for_timeout(250)


def measure(root: Path, store: Path, log: Path, reruns: int) -> dict[str, float]:
    """The cost of each screen of the application in ``root``."""
    with serving(store, log, root) as (base, pid), sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        found = {}
        for screen in SCREENS:
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.goto(f"{base}/{screen.path}?{QUERY.get(screen.path, '')}")
            page.wait_for_selector(".lv-end, footer", timeout=60_000)
            page.wait_for_timeout(1500)
            found[screen.script] = cost(page, pid, reruns)
            page.close()
        return found


def main(reruns: int = 40) -> None:
    """Measure both applications and print the comparison."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = folder / "town.duckdb"
        build(store)
        constants(folder / "constants", store)
        real = measure(ROOT, store, folder / "real.log", reruns)
        bare = measure(folder / "constants", store, folder / "bare.log", reruns)
    print(f"{'screen':12}{'real ms':>10}{'constants ms':>14}{'ratio':>8}")
    for name, value in real.items():
        print(f"{name:12}{value:10.1f}{bare[name]:14.1f}{value / bare[name]:8.2f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
