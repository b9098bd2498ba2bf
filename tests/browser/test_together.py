"""The commands while a server serves the same store: neither waits for, nor breaks, the other."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import ROOT, serving, settle
from tests.town import copy_of, town_store

PARTNER = """partner_id,name,kind,sector,joined_on,left_on,engagement_level,network
PRI-NEUF,Menuiserie des Trois Ponts,company,private,2015-06-29,,1,INVEST IN VALOMBRE
"""


def command(store: Path, arguments: Sequence[str]) -> dict[str, object]:
    """Run ``python -m …`` on the store and return its JSON document."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments, "--json"],
        cwd=ROOT,
        env=os.environ | {"LEVIER_STORE": str(store)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert isinstance(document, dict)
    return document


def partners(page: Page) -> str:
    """What the card of the partners shows after the next rerun."""
    page.reload()
    settle(page)
    return page.locator("a.lv-card", has_text="U2.1").locator(".lv-value").inner_text()


def test_commands_work_while_the_server_serves_the_same_store(
    context: BrowserContext, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = copy_of(town_store(tmp_path_factory), tmp_path)
    (tmp_path / "partners.csv").write_text(PARTNER, "utf-8")
    with serving(store, tmp_path / "log") as (base, _):
        page = context.new_page()
        page.goto(base)
        settle(page)
        expect(page.locator("a.lv-card", has_text="U2.1")).to_contain_text("214")

        done = command(store, ["data", "import", str(tmp_path / "partners.csv")])
        assert done["added"] == {"partners": 1} or done["stored"] == {"partners": 1}
        shown = command(store, ["metrics", "show", "partners_joined"])
        assert isinstance(shown["readings"], list) and shown["readings"][0]["value"] == 215
        assert re.search(r"\b215\b", partners(page))

        command(store, ["data", "undo", str(done["import"])])
        assert command(store, ["data", "verify"])["ok"] is True
        assert re.search(r"\b214\b", partners(page))
