"""The frame in a real browser: headers, deep links, navigation without a reload, state in the address, access."""

import re
import urllib.request
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import Open, keep, serving, settle
from tests.town import town_store

SCREENS = ("/", "/levier", "/fiche?kpi=leverage_awarded", "/imports", "/catalogue")


def state(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def title(page: Page) -> str:
    return page.locator(".lv-h1").first.inner_text()


def test_every_answer_carries_the_security_headers(server: str) -> None:
    for path in ("/", "/fiche", "/_stcore/health", "/app/static/levier.css", "/nothing/here"):
        with urllib.request.urlopen(server + path) as answer:
            policy = dict(
                part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";")
            )
            assert policy["script-src"] == "'self' blob:" and policy["connect-src"] == "'self'", path
            assert policy["frame-ancestors"] == "'none'", path
            assert answer.headers["X-Content-Type-Options"] == "nosniff", path
            assert answer.headers["Referrer-Policy"] and answer.headers["Permissions-Policy"], path


def test_assets_are_compressed_and_cached(server: str) -> None:
    with urllib.request.urlopen(server + "/") as answer:
        html = answer.read().decode()
        assert '<html lang="fr">' in html and "<script>" not in html
    script = re.findall(r'src="\./(static/js/index[^"]+)"', html)[0]
    style = re.findall(r'href="\./(app/static/levier\.css[^"]*)"', html)[0]
    for path in (script, style):
        asked = urllib.request.Request(f"{server}/{path}", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(asked) as answer:
            assert (
                answer.headers["Content-Encoding"] == "gzip"
                and "immutable" in answer.headers["Cache-Control"]
            )


def test_a_foreign_host_name_is_refused(server: str) -> None:
    asked = urllib.request.Request(server, headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(asked)


def test_no_request_leaves_the_host_and_nothing_is_blocked(context: BrowserContext, server: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in SCREENS:
        page.goto(server + path)
        settle(page)
    own = (server, server.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    assert [text for text in said if "Content Security Policy" in text] == []


@pytest.mark.parametrize("path", ["/imports", "/fiche?kpi=active_files&lang=en&as_of=2015-05-31&scope=town"])
def test_a_fresh_server_answers_a_deep_link_with_its_screen(
    path: str, context: BrowserContext, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with serving(town_store(tmp_path_factory), tmp_path_factory.mktemp("fresh") / "log") as (base, _):
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(base + path)
        settle(page)
        assert page.locator(".lv-mast").count() == 1  # app.py ran, not the screen alone
        assert page.get_by_role("dialog").count() == 0
        assert not [text for text in said if "does not seem to exist" in text]
        assert urlsplit(page.url).path == urlsplit(path).path


def test_links_move_without_a_reload_and_keep_the_state(open_page: Open) -> None:
    page = open_page("/?lang=en&as_of=2015-05-31&scope=DADI")
    page.evaluate("window.sameDocument = true")
    for name in ("Catalogue", "Imports", "Leverage", "Overview"):
        page.locator(".lv-nav").get_by_role("link", name=name, exact=True).click()
        page.wait_for_function(
            "name => document.querySelector('.lv-nav [aria-current]')?.innerText === name", arg=name
        )
        settle(page)
        assert state(page) | {"lang": "en", "as_of": "2015-05-31", "scope": "DADI"} == state(page)
        assert page.evaluate("window.sameDocument") is True
        assert page.evaluate("document.documentElement.lang") == "en"


def test_the_address_of_an_open_session_gives_the_same_screen_elsewhere(
    open_page: Open, context: BrowserContext
) -> None:
    page = open_page("/")
    page.locator("a.lv-card").first.click()
    page.wait_for_url("**/fiche?**")
    settle(page)
    assert {"lang", "as_of", "scope", "kpi"} <= set(state(page))
    there = context.browser.new_context(viewport={"width": 1400, "height": 900}).new_page()  # type: ignore[union-attr]
    there.goto(page.url)
    settle(there)
    assert title(there) == title(page)
    assert there.locator(".lv-tools").inner_text() == page.locator(".lv-tools").inner_text()


def test_back_works(open_page: Open) -> None:
    page = open_page("/")
    first = title(page)
    page.locator(".lv-nav").get_by_role("link", name="Catalogue").click()
    page.wait_for_url("**/catalogue?**")
    page.wait_for_function("first => document.querySelector('.lv-h1')?.innerText !== first", arg=first)
    page.go_back()
    page.wait_for_function("first => document.querySelector('.lv-h1')?.innerText === first", arg=first)


def test_ctrl_click_opens_a_tab(open_page: Open, context: BrowserContext) -> None:
    page = open_page("/")
    before = page.url
    with context.expect_page() as opened:
        page.locator("a.lv-card").first.click(modifiers=["Control"])
    settle(opened.value)
    assert "/fiche?kpi=" in opened.value.url and page.url == before


def test_the_date_can_be_changed_to_a_month_end_and_to_any_day(open_page: Open) -> None:
    page = open_page("/")
    page.locator(".lv-tools summary").first.click()
    page.locator(".lv-months").get_by_role("link", name="mai 2015").click()
    page.wait_for_url("**as_of=2015-05-31**")
    page.get_by_text("dim. 31 mai 2015").wait_for()
    page.locator(".lv-tools summary").first.click()
    page.locator("#lv-as-of").fill("2015-06-15")
    page.get_by_role("button", name="Afficher").click()
    page.wait_for_url("**as_of=2015-06-15**")
    page.get_by_text("lun. 15 juin 2015").wait_for()
    assert state(page) | {"lang": "fr", "scope": "town"} == state(page)


def test_scope_and_language_are_links(open_page: Open) -> None:
    page = open_page("/catalogue?q=levier")
    page.locator(".lv-tools summary").nth(1).click()
    page.locator(".lv-drop").get_by_role("link", name="DADI").click()
    page.wait_for_url("**scope=DADI**")
    # The address changes at the click, the masthead with the answer: its links carry the scope from then on.
    page.locator('.lv-mast a[href*="lang=en"][href*="scope=DADI"]').first.wait_for()
    page.get_by_role("link", name="EN", exact=True).click()
    page.get_by_text("Steer", exact=True).first.wait_for()
    assert state(page) | {"lang": "en", "scope": "DADI", "q": "levier"} == state(page)


@pytest.mark.parametrize("path", SCREENS)
def test_a_phone_never_scrolls_sideways(path: str, open_page: Open) -> None:
    page = open_page(path, width=400)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    keep(page, f"phone-{urlsplit(path).path.strip('/') or 'synthese'}")
    assert wide <= 400
    assert page.locator("details.lv-phone").is_visible() and not page.locator(".lv-nav").is_visible()


def test_the_phone_menu_leads_elsewhere(open_page: Open) -> None:
    page = open_page("/", width=400)
    page.locator(".lv-phone summary").click()
    page.locator(".lv-phone").get_by_role("link", name="Catalogue").click()
    page.wait_for_url("**/catalogue?**")
    settle(page)
    assert not page.locator(".lv-phone").evaluate("menu => menu.open")


def test_the_skip_link_is_the_first_link_and_leads_to_the_content(open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    if (
        page.evaluate("document.activeElement.dataset.testid") == "stMain"
    ):  # what scrolls is a stop of its own
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "lv-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_focus_is_visible_on_a_card(open_page: Open) -> None:
    page = open_page("/")
    page.locator("a.lv-card").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", SCREENS)
def test_no_accessibility_violation(path: str, dark: bool, open_page: Open) -> None:
    page = open_page(path, dark=dark)
    keep(page, f"{'dark' if dark else 'light'}-{urlsplit(path).path.strip('/') or 'synthese'}")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    told = [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found.response["violations"]]
    assert told == []


def test_print_hides_the_menu(open_page: Open) -> None:
    page = open_page("/")
    page.emulate_media(media="print")
    assert not page.locator(".lv-nav").is_visible()
    assert page.locator(".lv-mast").is_visible()


def test_a_datum_never_runs(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/catalogue?q=%3Csvg%3E%3Cscript%3Ewindow.evil%3D1%3C%2Fscript%3E%3C%2Fsvg%3E")
    assert page.evaluate("window.evil") is None
    assert page.locator(".lv-notice script").count() == 0
