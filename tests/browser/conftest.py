"""A real server on a free port and a real Chromium. In CI a missing browser fails; elsewhere it is skipped, aloud."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.town import town_store

ROOT = Path(__file__).resolve().parents[2]
ARTEFACTS = ROOT / "artefacts"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs the browser tests: one server, one browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


def chromium() -> str:
    """The browser's path; fails in CI and skips elsewhere when there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "no Chromium on this machine: see README, Tests"
        )
    return str(found)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(store: Path, log: Path, root: Path = ROOT) -> Iterator[tuple[str, int]]:
    """Run ``streamlit run app.py`` on a store and give its address and process id."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("w") as out:
        environment = os.environ | {"LEVIER_STORE": str(store)}
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            base = f"http://127.0.0.1:{port}"
            _wait(base, process, log)
            yield base, process.pid
        finally:
            process.terminate()
            process.wait(20)


def _wait(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(f"{base}/_stcore/health", timeout=2)
            return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"the server does not answer:\n{log.read_text()}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on the demo town."""
    store = town_store(tmp_path_factory)
    with serving(store, tmp_path_factory.mktemp("server") / "log") as (base, _):
        yield base


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, without a browser of its own."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The machine's Chromium."""
    launched = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
    yield launched
    launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser, 1400 wide, in French."""
    made = browser.new_context(viewport={"width": 1400, "height": 900}, locale="fr-FR", color_scheme="light")
    yield made
    made.close()


@pytest.fixture
def open_page(context: BrowserContext, server: str) -> Open:
    """Open an address in the fresh browser and wait for the whole screen: ``open_page("/fiche?kpi=…")``."""

    def run(path: str = "/", *, width: int = 1400, dark: bool = False) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.goto(path if path.startswith("http") else server + path)
        settle(page)
        return page

    return run


def settle(page: Page) -> None:
    """Wait until the screen is whole and the server idle."""
    page.wait_for_selector("footer.lv-end", timeout=30_000)
    page.wait_for_selector('.stApp[data-test-script-state="notRunning"]', timeout=30_000)


def keep(page: Page, name: str) -> Path:
    """Keep a picture of the whole screen as an artefact of the run."""
    ARTEFACTS.mkdir(exist_ok=True)
    main = page.locator('[data-testid="stMain"]')
    size = page.viewport_size or {"width": 1400, "height": 900}
    tall = main.evaluate("element => element.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(900, min(tall, 6000))})
    path = ARTEFACTS / f"{name}.png"
    page.screenshot(path=path)
    return path
