"""Whether a screen costs the server more when the town has more rows: the demo, and a town of a hundred times as many. By hand:

    python benchmarks/growth.py [times] [reruns]

Both towns are imported as files, rules included, and their readings computed (timed). Then the server CPU of a warm rerun of
each screen, and of a first visit to dates nobody has asked for. Target: at most 1.2 times as much in the larger town.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from big_town import make  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402
from screens import QUERY, cost, cpu  # noqa: E402

from data.access import local_actor  # noqa: E402
from data.store import Store  # noqa: E402
from metrics.dates import month_ends  # noqa: E402
from metrics.refresh import after_import, rule_settings  # noqa: E402
from pages.parts.screens import SCREENS  # noqa: E402
from schemas.tables import TABLES  # noqa: E402
from tests.browser.conftest import FLAGS, chromium, serving  # noqa: E402

COLD = 3  # dates of a first visit
MORE = {
    "direction": "name=DADI",
    "outil": "id=cadran-total",
    "projet": "id={project}",
    "partenaire": "id={partner}",
    "recherche": "q=levier",
    "perspective": "",
}


def town(folder: Path, times: int) -> Path:
    """Import a town of ``times`` the demo's rows and return its store."""
    folder.mkdir()
    connection = make(folder / "rows.duckdb", times)
    files = []
    for table in TABLES.values():
        names = ", ".join(column.name for column in table.columns)
        path = folder / f"{table.name}.csv"
        connection.execute(f"COPY (SELECT {names} FROM {table.name}) TO '{path}' (HEADER)")
        files.append((path.name, path.read_bytes()))
    connection.close()
    store = folder / "town.duckdb"
    start = time.perf_counter()
    done = Store(store, after=after_import, settings=rule_settings).import_files(local_actor(), files)
    assert done.ok, [fault.message.fr[:200] for fault in done.errors[:3]]
    rows = sum(files_.count(b"\n") - 1 for _, files_ in files)
    print(
        f"{times} times: {rows:,} rows imported, checked and computed in {time.perf_counter() - start:.0f} s"
    )
    return store


def measure(store: Path, times: int, reruns: int) -> dict[str, tuple[float, float]]:
    """Return each screen's milliseconds of server CPU: a warm rerun, and the first visit to a date."""
    suffix = "-0" if times > 1 else ""
    found = {}
    with serving(store, store.with_name("log"), ROOT) as (base, pid), sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for screen in SCREENS:
            asked = QUERY.get(screen.path, MORE.get(screen.path, ""))
            asked = asked.format(project="B001" + suffix, partner="P001" + suffix)
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.goto(f"{base}/{screen.path}?{asked}")
            page.wait_for_selector(".lv-end, footer", timeout=60_000)
            page.wait_for_timeout(2500)
            found[screen.script + (f" {screen.code}" if screen.code else "")] = (
                cost(page, pid, reruns),
                first(page, pid, asked),
            )
            page.close()
    return found


def first(page: Page, pid: int, asked: str) -> float:
    """Milliseconds of server CPU of a first visit to a date, the median of some."""
    taken = []
    for day in month_ends_of(COLD):
        before = cpu(pid)
        page.evaluate(
            """(search) => { history.pushState({}, "", location.pathname + "?" + search); dispatchEvent(new PopStateEvent("popstate", { state: {} })); }""",
            f"{asked}&as_of={day}".lstrip("&"),
        )
        page.wait_for_timeout(900)
        taken.append(cpu(pid) - before)
    return statistics.median(taken)


def month_ends_of(count: int) -> list[str]:
    """The last months but the first screens' own."""
    from datetime import date

    return [day.isoformat() for day in month_ends(date(2013, 7, 1), date(2015, 3, 31))][-count:]


def main(times: int = 100, reruns: int = 10) -> None:
    """Measure both towns and print the comparison."""
    with tempfile.TemporaryDirectory() as name:
        small, large = (measure(town(Path(name) / f"t{n}", n), n, reruns) for n in (1, times))
    print(
        f"{'screen':16}{'warm 1':>9}{f'warm {times}':>10}{'ratio':>7}{'first 1':>10}{f'first {times}':>11}{'ratio':>7}   (ms of server CPU)"
    )
    for screen, (warm, cold) in small.items():
        more, colder = large[screen]
        print(
            f"{screen:16}{warm:9.1f}{more:10.1f}{more / warm:7.2f}{cold:10.0f}{colder:11.0f}{colder / max(cold, 1):7.2f}"
        )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
