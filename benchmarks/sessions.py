"""Fifty people at once: sessions that change a filter every two seconds for a minute, against one server process. By hand:

    python benchmarks/sessions.py [sessions] [seconds]

Each session is what a browser is to the server: one websocket, one rerun a change (another month, another directorate), on
the overview or on a sheet in turn. Printed: changes, errors, and the milliseconds from the change sent to the last
element received (p50, p95, worst), of a first minute that asks for what nobody has asked for (24 months, 4 scopes, 4 screens)
and of a second one. Target: no error, p95 at most 1000 ms. Clients and server share the machine.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: E402
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: E402
from streamlit.util import calc_hash  # noqa: E402
from websockets.asyncio.client import ClientConnection, connect  # noqa: E402
from websockets.typing import Origin, Subprotocol  # noqa: E402

from metrics.dates import month_ends  # noqa: E402
from tests.browser.conftest import serving  # noqa: E402
from tests.town import build  # noqa: E402

FAULT = "lv-notice bad"  # the mark of a screen that could not be shown
TICK = 1000 / os.sysconf("SC_CLK_TCK")
EVERY = 2.0  # seconds between two changes of a session
PATHS: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {}),
    ("fiche", {"kpi": "leverage_awarded"}),
    ("fiche", {"kpi": "throughput"}),
    ("levier", {}),
)
MONTHS = [end.isoformat() for end in month_ends(date(2013, 7, 1), date(2015, 6, 30))]  # those of the menu
SCOPES = ["", "DADI", "Urbanisme et habitat", "Éducation et enfance"]


@dataclass
class Seen:
    """What all sessions have seen: milliseconds of each change, and what went wrong."""

    taken: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


async def change(socket: ClientConnection, path: str, params: dict[str, str]) -> str:
    """Ask for one rerun and wait for its end; "" or what went wrong."""
    ask = BackMsg()
    ask.rerun_script.query_string = urlencode(params)
    ask.rerun_script.page_script_hash = calc_hash(path) if path else ""
    await socket.send(ask.SerializeToString())
    wrong, drawn = "", 0
    while True:
        told = ForwardMsg.FromString(bytes(await socket.recv(decode=False)))
        kind = told.WhichOneof("type")
        if kind == "delta":
            drawn += 1
            element = told.delta.new_element
            if element.WhichOneof("type") == "exception" or FAULT in element.markdown.body:
                wrong = element.exception.message or "a screen said that something is wrong"
        if kind == "page_not_found":
            wrong = f"no page {path!r}"
        if kind == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            failed = told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY
            return wrong or ("the script did not finish" if failed else "" if drawn else "nothing was drawn")


async def opened(base: str, number: int, seen: Seen) -> ClientConnection | None:
    """One visitor's first visit, which is no change of filter; None when it failed."""
    path, own = PATHS[number % len(PATHS)]
    try:
        address = base.replace("http", "ws") + "/_stcore/stream"
        socket = await connect(
            address,
            subprotocols=[Subprotocol("streamlit")],
            origin=Origin(base),
            max_size=None,
            open_timeout=60,
        )
        wrong = await asyncio.wait_for(change(socket, path, own), 120)
        seen.wrong += [wrong] if wrong else []
        return socket
    except Exception as error:  # any: what a visitor would have met
        seen.wrong.append(f"session {number}, first visit: {type(error).__name__} {error}")
        return None


async def session(socket: ClientConnection, number: int, ends: float, seen: Seen) -> None:
    """Change month and directorate every two seconds until the end."""
    rng = random.Random(number)
    path, own = PATHS[number % len(PATHS)]
    await asyncio.sleep(EVERY * rng.random())
    try:
        while time.perf_counter() < ends:
            params = own | {"lang": "fr", "as_of": rng.choice(MONTHS), "scope": rng.choice(SCOPES)}
            start = time.perf_counter()
            wrong = await asyncio.wait_for(change(socket, path, params), 30)
            taken = time.perf_counter() - start
            seen.taken.append(1000 * taken)
            seen.wrong += [wrong] if wrong else []
            await asyncio.sleep(max(EVERY - taken, 0.0))
    except Exception as error:  # any: what a visitor would have met
        seen.wrong.append(f"session {number}: {type(error).__name__} {error}")


async def crowd(base: str, sessions: int, seconds: float, pid: int) -> tuple[Seen, float]:
    """Open all sessions, then let them change filters together; what they saw, and the server's CPU meanwhile (ms)."""
    seen = Seen()
    sockets = [await opened(base, number, seen) for number in range(sessions)]
    before, ends = cpu(pid), time.perf_counter() + seconds
    there = [(number, socket) for number, socket in enumerate(sockets) if socket is not None]
    await asyncio.gather(*(session(socket, number, ends, seen) for number, socket in there))
    spent = cpu(pid) - before
    await asyncio.gather(*(socket.close() for _, socket in there), return_exceptions=True)
    return seen, spent


def cpu(pid: int) -> float:
    """Milliseconds of processor time that a process has used."""
    told = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(told[11]) + int(told[12])) * TICK


def say(when: str, sessions: int, seconds: float, seen: Seen, spent: float) -> None:
    """Print what was measured."""
    times = sorted(seen.taken) or [float("nan")]
    p50, p95 = (times[min(int(share * len(times)), len(times) - 1)] for share in (0.5, 0.95))
    print(
        f"{when}: {sessions} sessions, a change every {EVERY:g} s, {seconds:g} s: {len(seen.taken)} changes"
    )
    print(f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, worst {times[-1]:.0f} ms; {len(seen.wrong)} errors")
    print(f"server CPU: {spent / max(len(seen.taken), 1):.0f} ms a change")
    for wrong in sorted(set(seen.wrong))[:5]:
        print("  ", wrong)
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def main() -> int:
    """Serve the demo town, send the crowd, print; exit 1 on an error."""
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 60.0
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "town.duckdb"
        build(store)
        with serving(store, Path(folder) / "log") as (base, pid):
            rounds = [asyncio.run(crowd(base, sessions, seconds, pid)) for _ in range(2)]
    for when, (seen, spent) in zip(("nothing asked before", "asked before"), rounds, strict=True):
        say(when, sessions, seconds, seen, spent)
    return 1 if any(seen.wrong for seen, _ in rounds) else 0


if __name__ == "__main__":
    sys.exit(main())
