"""The first visit ever, over a slow line: how long until the overview's claims can be read. Run by hand:

    python benchmarks/cold.py [visits]

Chromium with an empty cache, throttled by its own tools to 10 Mbit/s and 40 ms of latency, a fresh browser a visit. They
may let a websocket's frames through at full speed: what these would take on that line is added. Printed for each visit: seconds from the address to the claims readable
(text in place, fonts loaded), bytes on the wire until then, and whether a chart library came before them. Target: at
most 4 s, no chart library first.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, CDPSession, sync_playwright  # noqa: E402

from tests.browser.conftest import FLAGS, chromium, serving  # noqa: E402
from tests.town import build  # noqa: E402

MEGABIT = 1_000_000 / 8  # bytes a second
LINE = {"offline": False, "latency": 40, "downloadThroughput": 10 * MEGABIT, "uploadThroughput": 10 * MEGABIT}
CHARTS = ("plotly", "vega", "deck", "bokeh", "graphviz")
READABLE = """() => { const claims = [...document.querySelectorAll('.lv-claim')];
return claims.length > 0 && claims.every(c => c.innerText.trim() && c.offsetHeight) && document.fonts.status === 'loaded'; }"""


class Wire:
    """What came over the line: encoded bytes as Chromium counts them, and the addresses in order."""

    def __init__(self, cdp: CDPSession) -> None:
        self.bytes, self.frames, self.addresses = 0, 0, list[str]()
        cdp.on("Network.dataReceived", lambda told: self._add(told.get("encodedDataLength", 0)))
        cdp.on("Network.requestWillBeSent", lambda told: self.addresses.append(told["request"]["url"]))
        cdp.on("Network.webSocketFrameReceived", lambda told: self._frame(told["response"]["payloadData"]))

    def _add(self, size: int) -> None:
        self.bytes += size

    def _frame(self, base64: str) -> None:
        self.frames += len(base64) * 3 // 4

    @property
    def owed(self) -> float:
        """Seconds that the websocket would take on the line: its handshake, one answer, its bytes."""
        return 3 * LINE["latency"] / 1000 + self.frames / LINE["downloadThroughput"]

    @property
    def charts(self) -> list[str]:
        """The files of a chart library that were asked for."""
        names = [address.rsplit("/", 1)[-1] for address in self.addresses]
        return [name for name in names if any(library in name.lower() for library in CHARTS)]


def visit(browser: Browser, base: str) -> tuple[float, int, int, list[str]]:
    """One first visit: seconds, bytes, requests, chart files asked for before the claims could be read."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="fr-FR")
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    cdp.send("Network.enable")
    cdp.send("Network.setCacheDisabled", {"cacheDisabled": True})
    cdp.send("Network.emulateNetworkConditions", LINE)
    wire = Wire(cdp)
    start = time.perf_counter()
    page.goto(base, wait_until="commit")
    page.wait_for_function(READABLE, timeout=60_000, polling=20)
    taken = time.perf_counter() - start
    found = taken + wire.owed, wire.bytes + wire.frames, len(wire.addresses), wire.charts
    context.close()
    return found


def main() -> int:
    """Serve the demo town, visit it as if for the first time, print; exit 1 above 4 s."""
    visits = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "town.duckdb"
        build(store)
        with serving(store, Path(folder) / "log") as (base, _), sync_playwright() as playwright:
            found = []
            for number in range(visits):
                browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
                found.append(visit(browser, base))
                browser.close()
                taken, size, requests, charts = found[-1]
                first = "chart library first: " + ", ".join(charts) if charts else "no chart library first"
                print(
                    f"visit {number + 1}: {taken:.2f} s, {size / 1000:.0f} kB, {requests} requests, {first}"
                )
    middle = statistics.median(taken for taken, *_ in found)
    print(f"claims readable after {middle:.2f} s (median of {visits}; target 4 s)")
    return 0 if middle <= 4 and not any(charts for *_, charts in found) else 1


if __name__ == "__main__":
    sys.exit(main())
