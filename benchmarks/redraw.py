"""A filter change on a page of 12 charts of 2 series x 60 points, ours against a plain Dash page. Run by hand:

    python benchmarks/redraw.py [changes]

Both pages draw the same figures from the same readings: five years of months of twelve KPIs, each beside the year before.
Each change picks another month to end with and redraws all twelve. Printed: milliseconds from the click to the last
redraw in a headless Chromium, and milliseconds of server CPU (idle subtracted), medians; their targets are "no slower than
Dash" and 25 ms. Dash is in benchmarks/requirements.txt.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from data.access import local_actor  # noqa: E402
from data.store import Store  # noqa: E402
from metrics import stored  # noqa: E402
from metrics.definitions import load  # noqa: E402
from metrics.folders import catalogue_folders  # noqa: E402
from pages.charts.palette import LIGHT  # noqa: E402
from pages.charts.template import layout  # noqa: E402
from tests.browser.conftest import FLAGS, chromium, free_port, serving  # noqa: E402
from tests.town import build  # noqa: E402

CHARTS, POINTS = 12, 60
TICK = 1000 / os.sysconf("SC_CLK_TCK")

OURS = """
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from pages.parts import serve
if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(__file__, lifespan=serve.lifespan, middleware=serve.middleware())
else:
    chosen = st.navigation([st.Page("charts.py", title="x", default=True), st.Page("other.py", title="y")], position="hidden")
    st.set_page_config(layout="wide")
    chosen.run()
"""
PAGE = """
import json, pathlib
from functools import cache
import streamlit as st
from pages.parts import chart, serve
from pages.parts.markup import link, show, tag
serve.kept = getattr(serve, "kept", None) or json.loads(pathlib.Path({path!r}).read_text())
scopes = list(serve.kept)
chosen = st.query_params.get("part", scopes[0])
show(tag("nav", *(link(f"?part={{name}}", name, id=f"part-{{i}}") for i, name in enumerate(scopes))))
columns = st.columns(3)
for place, figure in enumerate(serve.kept.get(chosen, [])):
    with columns[place % 3]:
        chart.draw(figure, key=f"c{{place}}", sentence="Une courbe et celle de l'an passe.")
show(tag("footer", "fin", class_="lv-end"))
"""
THEIRS = """
import json, pathlib, sys
from dash import Dash, Input, Output, dcc, html
FIGURES = json.loads(pathlib.Path({path!r}).read_text())
scopes = list(FIGURES)
app = Dash(__name__)
graphs = [dcc.Graph(id=f"g{{i}}", config={{"displayModeBar": False, "responsive": True}}) for i in range({charts})]
app.layout = html.Div([
    dcc.RadioItems(options=[{{"label": html.Span(n, id=f"part-{{i}}"), "value": n}} for i, n in enumerate(scopes)], value=scopes[0], id="part"),
    html.Div(graphs, style={{"display": "grid", "gridTemplateColumns": "1fr 1fr 1fr"}}),
])
@app.callback([Output(f"g{{i}}", "figure") for i in range({charts})], Input("part", "value"))
def redraw(part):
    return FIGURES[part]
app.run(port=int(sys.argv[1]), debug=False)
"""
# The last change inside any plot, and how many plots changed: a plot may be redrawn in place or put anew in its frame.
LISTEN = """() => { if (window.seen) return; window.seen = { last: 0, plots: new Set() };
const plot = (node) => (node.closest ? node : node.parentElement)?.closest(".js-plotly-plot");
new MutationObserver((changes) => { const touched = new Set();
    for (const change of changes) { touched.add(change.target); for (const node of change.addedNodes) touched.add(node); }
    const plots = new Set([...touched].map(plot).filter((one) => one?.isConnected));
    if (plots.size) { window.seen.last = performance.now(); plots.forEach((one) => window.seen.plots.add(one)); }
}).observe(document.body, { childList: true, subtree: true, attributes: true }); }"""
CLICK = """(id) => { window.seen.last = 0; window.seen.plots.clear(); window.clicked = performance.now(); document.getElementById(id).click(); }"""
DONE = """(count) => window.seen.plots.size >= count && performance.now() - window.seen.last > 400"""
TOOK = """() => window.seen.last - window.clicked"""


def figures(store: Path) -> dict[str, list[dict[str, Any]]]:
    """Return, by month, the figures of twelve KPIs up to it: each month beside the same month a year before."""
    engine = Store(store).engine(local_actor())
    catalogue = load(catalogue_folders(None, None))
    series = {}
    for kpi in catalogue.kpis:
        sql = "SELECT as_of, value FROM readings WHERE kpi = ? AND dimension = '' AND value IS NOT NULL"
        known = dict(engine.rows(sql, [kpi]))
        if len(known) > POINTS + 24:
            series[kpi] = known
    months = stored.dates(engine)
    chosen = [*series.values()][:CHARTS]
    assert len(chosen) == CHARTS
    parts = [months[-POINTS - back : len(months) - back] for back in range(12)]
    return {str(part[-1]): [_figure(known, months, part) for known in chosen] for part in parts}


def _figure(known: dict[date, float], months: list[date], part: list[date]) -> dict[str, Any]:
    before = [months[months.index(day) - 12] for day in part]
    lines = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [day.isoformat() for day in part],
            "y": [known.get(day) for day in days],
            "line": {"color": colour, "width": 2},
        }
        for days, colour in ((before, LIGHT.ink2), (part, LIGHT.accent))
    ]
    return {"data": lines, "layout": layout(LIGHT, "fr", height=220)}


def cpu(pid: int) -> float:
    """Milliseconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * TICK


@contextmanager
def dash(folder: Path, path: Path) -> Iterator[tuple[str, int]]:
    """Run the Dash page and give its address and process id."""
    script, port = folder / "theirs.py", free_port()
    script.write_text(THEIRS.format(path=str(path), charts=CHARTS), "utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script), str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(20)


def ours(folder: Path, path: Path) -> Path:
    """Lay out a project of one page beside our parts, and return its folder."""
    root = folder / "ours"
    root.mkdir()
    for name in ("pages", "metrics", "data", "schemas", ".streamlit"):
        (root / name).symlink_to(ROOT / name)
    (root / "app.py").write_text(OURS, "utf-8")
    (root / "charts.py").write_text(PAGE.format(path=str(path)), "utf-8")
    (root / "other.py").write_text("", "utf-8")
    return root


def measured(browser: Browser, base: str, pid: int, parts: int, changes: int) -> tuple[float, float]:
    """Return the medians (redraw ms, server CPU ms, idle subtracted) of some filter changes."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000}, bypass_csp=True)
    page.goto(base)
    page.wait_for_function(f"document.querySelectorAll('.js-plotly-plot').length >= {CHARTS}", timeout=60_000)
    page.wait_for_timeout(3000)
    idle = _idle(page, pid)
    for turn in range(1, 4):
        _change(page, turn % parts)
    took, before = [], cpu(pid)
    costs = []
    for turn in range(changes):
        before, start = cpu(pid), page.evaluate("performance.now()")
        took.append(_change(page, (turn + 4) % parts))
        page.wait_for_timeout(200)
        spent = page.evaluate("performance.now()") - start
        costs.append(cpu(pid) - before - idle * spent)
    page.close()
    return statistics.median(took), statistics.fmean(costs)


def _idle(page: Page, pid: int) -> float:
    """Return the milliseconds of CPU that a server uses for each millisecond without a change."""
    before = cpu(pid)
    page.wait_for_timeout(4000)
    return (cpu(pid) - before) / 4000


def _change(page: Page, part: int) -> float:
    page.evaluate(LISTEN)
    page.evaluate(CLICK, f"part-{part}")
    page.wait_for_function(DONE, arg=CHARTS, timeout=30_000, polling=50)
    took: float = page.evaluate(TOOK)
    return took


def main(changes: int = 30) -> None:
    """Measure both pages, turn about, and print the comparison."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as started:
        folder = Path(name)
        store = folder / "town.duckdb"
        build(store)
        drawn = figures(store)
        path = folder / "figures.json"
        path.write_text(json.dumps(drawn), "utf-8")
        browser = started.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        root = ours(folder, path)
        run: dict[str, Callable[[], tuple[float, float]]] = {}
        with serving(store, folder / "log", root) as (base, pid), dash(folder, path) as (other, theirs):
            run["Levier"] = lambda: measured(browser, base, pid, len(drawn), changes)
            run["Dash"] = lambda: measured(browser, other, theirs, len(drawn), changes)
            found = {who: measure() for who, measure in run.items()}
        browser.close()
    print(
        f"{'':8}{'redraw ms':>12}{'server CPU ms':>16}   ({changes} changes of {CHARTS} charts, 2 x {POINTS} points)"
    )
    for who, (took, cost) in found.items():
        print(f"{who:8}{took:12.0f}{cost:16.1f}")
    print(f"redraw, Levier / Dash: {found['Levier'][0] / found['Dash'][0]:.2f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
