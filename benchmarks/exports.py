"""The documents of the demo town: how long each takes, its edition included. Run by hand:

    python benchmarks/exports.py [rounds]

Printed for each document: seconds for the first one of a process (fonts read, templates compiled), the median and the worst
of the next ones, each of another date, and its size. Targets: brief at most 1 s, slides at most 3 s.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from data.access import local_actor  # noqa: E402
from data.store import Store  # noqa: E402
from metrics import moment  # noqa: E402
from metrics.__main__ import catalogue  # noqa: E402
from metrics.states import State  # noqa: E402
from pages.exports import book, brief, slides, workbook  # noqa: E402
from pages.exports.edition import Edition, edition  # noqa: E402
from pages.texts import use  # noqa: E402
from tests.town import build  # noqa: E402

DOCUMENTS: dict[str, Callable[[Edition, State], bytes]] = {
    "brief": lambda made, state: brief.write(made),
    "book": book.write,
    "slides": slides.write,
    "workbook": workbook.write,
}


def took(make: Callable[[Edition, State], bytes], store: Store, day: date) -> tuple[float, int]:
    """Seconds and bytes of one document at a date, from a store that nothing was asked of yet."""
    start = time.perf_counter()
    state = State(store.engine(local_actor()), catalogue(store), day)
    made = make(edition(state), state)
    return time.perf_counter() - start, len(made)


def main(rounds: int) -> None:
    """Build the town, then make each document at the last dates."""
    use("fr")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "town.duckdb"
        build(path)
        store = Store(path)
        days = moment.dates(store.engine(local_actor()))[: rounds + 1]
        for name, make in DOCUMENTS.items():
            first, size = took(make, store, days[0])
            rest = [took(make, store, day)[0] for day in days[1:]]
            print(
                f"{name:9} first {first:5.2f} s, then {statistics.median(rest):5.2f} s "
                f"(worst {max(rest):5.2f}), {size / 1000:6.0f} kB"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6)
