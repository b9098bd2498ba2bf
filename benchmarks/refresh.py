"""How fast the catalogue is recomputed, against SQL written by hand for it, polars and pandas: one run, one machine.

    python benchmarks/refresh.py [times ...]        times = how many times the demo's rows (1 10 100)

The four compute value, numerator, denominator and n of the town's KPIs at every month end, for the town and by directorate,
from the same tables; their answers are compared before anything is timed. Runs alternate, so that a busy machine slows all
of them; the ratios are those of the medians. Coverages, intervals, and the judging and writing of readings are timed apart.
Of two sizes or more, the growth exponent between the last two: 1 is in proportion to the rows.
"""

import math
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from big_town import make  # noqa: E402
from pandas_way import readings as in_pandas  # noqa: E402
from polars_way import frames_of  # noqa: E402
from polars_way import readings as in_polars  # noqa: E402

from data.engine import WritingEngine  # noqa: E402
from metrics.dates import month_ends  # noqa: E402
from metrics.definitions import Catalogue, load  # noqa: E402
from metrics.folders import SHIPPED  # noqa: E402
from metrics.refresh import measured, put_intervals  # noqa: E402
from metrics.results import Result, judged  # noqa: E402
from metrics.statement import decoded  # noqa: E402
from schemas.tables import TABLES  # noqa: E402

FIRST, LAST = date(2006, 1, 1), date(2015, 6, 30)
COMPARED = ["value", "numerator", "denominator", "n"]
RUNS = 9
SLOW = ("polars", "pandas")  # timed twice


def main(sizes: list[int]) -> None:
    """Time each size, then say how the time grows from the last but one to the last."""
    found = [(times, measure(times)) for times in sizes]
    if len(found) > 1:
        (small, before), (large, after) = found[-2:]
        print(f"{small} to {large} times: growth exponent (at most 1.05)")
        for name in after:
            print(f"  {name:10} {math.log(after[name] / before[name]) / math.log(large / small):.2f}")


def measure(times: int) -> dict[str, float]:
    """Build the big town, compare the four answers, time them, print the ratios and return the medians in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        connection = make(Path(folder) / "big.duckdb", times)
        engine, catalogue = WritingEngine(connection), load([SHIPPED])
        days = month_ends(FIRST, LAST)
        ways, frames = ways_of(engine, catalogue, days)
        for name in [name for name in ways if name != "catalogue"]:
            tolerance = 1e-9 if name == "by hand" else 1e-6
            agree(name, _frame(ways["catalogue"]()), ways[name](), tolerance)  # type: ignore[arg-type]
        clock = timed(ways)
        report(clock, frames, times, len(days))
        apart(engine, catalogue, days)
        connection.close()
        return {name: statistics.median(seconds) for name, seconds in clock.items()}


def ways_of(
    engine: WritingEngine, catalogue: Catalogue, days: list[date]
) -> tuple[dict[str, Callable[[], object]], dict[str, pd.DataFrame]]:
    """Return the four computations by name, and the tables as pandas frames."""
    bare = without_coverage(catalogue)
    kpis = [kpi for kpi in bare.kpis.values() if kpi.id in written_by_hand()]
    print("not compared:", ", ".join(id for id in catalogue.kpis if id not in written_by_hand()) or "none")
    frames = {name: engine.frame(f"SELECT * FROM {name}") for name in TABLES}
    columnar, stamps = frames_of(frames), [pd.Timestamp(day) for day in days]
    return {
        "catalogue": lambda: measured(engine, bare, kpis, days, bounds=False),
        "by hand": lambda: by_hand(engine),
        "polars": lambda: in_polars(columnar, days),
        "pandas": lambda: in_pandas(frames, stamps),
    }, frames


def without_coverage(catalogue: Catalogue) -> Catalogue:
    """Return the catalogue without coverages: what is compared does not hold them, and they read views of their own."""
    return replace(catalogue, kpis={id: replace(kpi, coverage=None) for id, kpi in catalogue.kpis.items()})


def written_by_hand() -> set[str]:
    """Return the KPIs that handwritten.sql computes: those its statements name."""
    text = (HERE / "handwritten.sql").read_text("utf-8")
    return {name for line in re.findall(r"^-- name: (.*)$", text, re.MULTILINE) for name in line.split()}


def by_hand(engine: WritingEngine) -> pd.DataFrame:
    """Run the statements of handwritten.sql and return their rows."""
    text = (HERE / "handwritten.sql").read_text("utf-8").format(first=FIRST, last=LAST.replace(day=1))
    parts = [engine.columns(sql) for sql in text.split(";\n") if "-- name:" in sql]
    return pd.concat([pd.DataFrame(part) for part in parts], ignore_index=True)


def _frame(found: list[Result]) -> pd.DataFrame:
    parts = []
    for result in found:
        scope = [decoded(key) if key else "" for key in result.scope]
        columns = {name: result.part(name) for name in COMPARED}
        parts.append(pd.DataFrame({"kpi": result.kpi.id, "as_of": result.as_of, "scope": scope, **columns}))
    return pd.concat(parts, ignore_index=True)


def agree(name: str, ours: pd.DataFrame, theirs: pd.DataFrame, tolerance: float) -> None:
    """Raise AssertionError unless every reading that has a value is the same, and there is none elsewhere."""
    key = ["kpi", "as_of", "scope"]
    for frame in (ours, theirs):
        frame["as_of"] = pd.to_datetime(frame["as_of"]).astype("datetime64[s]")
    both = ours.merge(theirs, on=key, how="outer", suffixes=("", "_2"))
    for column in COMPARED:
        a, b = both[column].astype(float), both[f"{column}_2"].astype(float)
        told = both["value"].notna() & ~((both["n"] == 0) & (both["value"] == 0) & b.isna())
        told |= both["value_2"].notna()
        wrong = both[told & ~np.isclose(a, b, rtol=tolerance, atol=tolerance, equal_nan=True)]
        assert wrong.empty, f"{name}, {column}:\n{wrong.head()}"


def timed(ways: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Return the seconds of each run of each way, alternating."""
    clock: dict[str, list[float]] = {name: [] for name in ways}
    for run in range(RUNS + 1):
        for name, way in ways.items():
            if name in SLOW and run > 2:
                continue
            start = time.perf_counter()
            way()
            if run:  # the first one warms up
                clock[name].append(time.perf_counter() - start)
    return clock


def report(clock: dict[str, list[float]], frames: dict[str, pd.DataFrame], times: int, months: int) -> None:
    """Print the medians and the two ratios."""
    rows = ", ".join(
        f"{len(frames[name]):,} {name}" for name in ("projects", "stages", "financings", "payments")
    )
    print(f"{times} times the demo: {rows}; {months} month ends, town and directorates")
    median = {name: statistics.median(times_) for name, times_ in clock.items()}
    for name, seconds in median.items():
        print(
            f"  {name:10} {1000 * seconds:8.0f} ms   ({', '.join(f'{1000 * run:.0f}' for run in clock[name])})"
        )
    print(f"  catalogue / by hand: {median['catalogue'] / median['by hand']:.2f} (at most 1.3)")
    for name in SLOW:
        aim = " (at least 5)" if name == "pandas" else ""
        print(f"  {name} / catalogue:  {median[name] / median['catalogue']:.1f}{aim}")


def apart(engine: WritingEngine, catalogue: Catalogue, days: list[date]) -> None:
    """Print the time of what is not compared: intervals, judging."""
    start = time.perf_counter()
    found = measured(engine, catalogue, list(catalogue.kpis.values()), days)
    bounds = time.perf_counter() - start
    start = time.perf_counter()
    put_intervals(engine, catalogue, found, days[-1])
    draws = time.perf_counter() - start
    start = time.perf_counter()
    for result in found:
        judged(result, catalogue.scorecard.thresholds)
    print(
        f"  apart: with coverages and Kaplan-Meier's bounds {1000 * bounds:.0f} ms, bootstrap {1000 * draws:.0f} ms, judging {1000 * (time.perf_counter() - start):.0f} ms"
    )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:] if re.fullmatch(r"\d+", word)] or [1, 10, 100])
