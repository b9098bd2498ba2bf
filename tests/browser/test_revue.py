"""The DADI's hour: two people in two browsers, a server that dies while one types, the other sealing."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, _wait, free_port, settle
from tests.town import copy_of, town_store

FIELD = "Ce qui est dit"


class Server:
    """A server that can be killed and started again on the same address."""

    def __init__(self, store: Path, log: Path) -> None:
        self.store, self.log, self.port = store, log, free_port()
        self.base = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, and wait until it answers."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        environment = os.environ | {"LEVIER_STORE": str(self.store)}
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
            )
        _wait(self.base, self.process, self.log)

    def kill(self) -> None:
        """End it without a word, as a power cut does."""
        self.process.kill()
        self.process.wait(20)


@pytest.fixture
def server(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a town of one's own."""
    made = Server(copy_of(town_store(tmp_path_factory), tmp_path), tmp_path / "log")
    made.start()
    yield made
    made.kill()


def visitor(browser: Browser, server: Server, path: str = "/revue") -> Page:
    """Somebody with a browser of their own."""
    page = browser.new_context(viewport={"width": 1400, "height": 900}, locale="fr-FR").new_page()
    page.goto(server.base + path)
    settle(page)
    return page


def saved(page: Page, words: str) -> None:
    """Wait until the page says that these words are stored."""
    told = page.locator("[data-keep]").first
    expect(told).to_have_attribute("data-saved", re.compile(re.escape(words)), timeout=60_000)


def leave(page: Page) -> None:
    """Leave the field: what is in it is stored."""
    page.get_by_label(FIELD).blur()


def test_the_hour_of_two_people(browser: Browser, server: Server) -> None:
    secretary = visitor(browser, server)
    secretary.get_by_role("button", name="Ouvrir la revue").click()
    secretary.wait_for_selector(".lv-clock", timeout=60_000)
    settle(secretary)

    # Keys move and open forms, but not where somebody types; the place is in the address.
    secretary.keyboard.press("j")
    expect(secretary.locator(".lv-kicker").first).to_contain_text("Point 2 sur")
    settle(secretary)
    field = secretary.get_by_label(FIELD)
    field.click()
    field.press_sequentially("Le jury dit oui")
    assert "item=" in secretary.url and field.input_value() == "Le jury dit oui"

    # The server dies in the middle of a sentence: it is there again, and said to be.
    started = secretary.locator("[data-opened]").get_attribute("data-opened")
    server.kill()
    server.start()
    secretary.reload()
    settle(secretary)
    expect(field).to_have_value("Le jury dit oui", timeout=20_000)
    expect(secretary.locator(".lv-kept")).to_be_visible()
    saved(secretary, "Le jury dit oui")
    assert secretary.locator("[data-opened]").get_attribute("data-opened") == started, "the clock goes on"

    # Another person sees it, and both may write on the same point.
    director = visitor(browser, server, secretary.url.removeprefix(server.base))
    theirs = director.get_by_label(FIELD)
    expect(theirs).to_have_value("Le jury dit oui")
    theirs.press_sequentially(" Budget à revoir.")
    field.press("Control+End")
    field.press_sequentially(", sous réserve.")
    leave(secretary)
    saved(director, "sous réserve")
    assert theirs.input_value() == "Le jury dit oui Budget à revoir.", "what is being typed stays"
    leave(director)
    saved(secretary, "Budget à revoir.")
    expect(field).to_have_value("Le jury dit oui, sous réserve.\nBudget à revoir.")

    # A decision by keyboard, seen by the other within seconds.
    secretary.locator(".lv-h1").first.click()
    secretary.keyboard.press("d")
    expect(secretary.locator("textarea").last).to_be_focused()
    secretary.keyboard.type("Inscrire le dossier au conseil.")
    secretary.get_by_role("button", name="Enregistrer la décision").click()
    expect(director.get_by_text("Inscrire le dossier au conseil.")).to_be_visible(timeout=60_000)

    # One seals while the other types: the other is told, and keeps the words.
    theirs.press("Control+End")
    theirs.press_sequentially(" Encore ceci")
    closing = visitor(browser, server, "/revue?step=close")
    closing.get_by_role("button", name="Sceller la semaine").click()
    expect(closing.get_by_text("Scellée le")).to_be_visible(timeout=60_000)
    expect(director.get_by_text("La semaine vient d’être scellée.")).to_be_visible(timeout=60_000)
    expect(director.locator(".lv-orphans")).to_contain_text("Encore ceci")
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in Axe().run(closing).response["violations"]] == []
    for page in (secretary, director, closing):
        page.context.close()
