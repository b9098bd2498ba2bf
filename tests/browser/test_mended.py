"""What a reader saw go wrong: colours on hover, focus rings, requests in vain, tables cut on a phone."""

import re

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Open, settle

SHEET = "/fiche?kpi=leverage_awarded"
SCREENS = (SHEET, "/carte", "/direction?name=Finances", "/recherche?q=levier", "/indicateur")


def rgb(words: str) -> tuple[float, ...]:
    """The red, green and blue of a computed colour, 0 to 1."""
    found = [float(x) for x in re.findall(r"[\d.]+", words.replace("srgb", ""))[:3]]
    return tuple(found) if words.startswith("color(") else tuple(x / 255 for x in found)


def light(colour: tuple[float, ...]) -> float:
    """Relative luminance, as WCAG 2.1 defines it."""
    parts = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(button: Locator) -> float:
    """Contrast between a button's words and its ground, once transitions are over."""
    button.page.wait_for_timeout(400)
    ground = button.evaluate("e => getComputedStyle(e).backgroundColor")
    ink = button.locator("p").evaluate("e => getComputedStyle(e).color")
    dark, bright = sorted((light(rgb(ground)), light(rgb(ink))))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_primary_button_is_read_in_every_state(dark: bool, open_page: Open) -> None:
    page = open_page(SHEET, dark=dark)
    page.get_by_text("Changer la cible").click()
    button = page.get_by_role("button", name="Enregistrer la cible")
    button.scroll_into_view_if_needed()
    assert contrast(button) >= 4.5
    button.hover()
    assert contrast(button) >= 4.5
    button.focus()
    assert contrast(button) >= 4.5
    page.mouse.down()
    assert contrast(button) >= 4.5


def ring(page: Page, element: Locator) -> tuple[str, str]:
    """The outline of an element that the keyboard reached."""
    page.keyboard.press("Tab")  # from now on focus is the keyboard's
    element.focus()
    style = element.evaluate("e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).outlineWidth]")
    return style[0], style[1]


def test_the_months_and_the_panel_of_targets_have_the_ring(open_page: Open) -> None:
    page = open_page(SHEET)
    assert ring(page, page.locator("#lv-why_from")) == ("solid", "3px")
    expander = page.locator('[data-testid="stExpander"] summary').filter(has_text="Changer la cible")
    assert ring(page, expander) == ("solid", "3px")


@pytest.mark.parametrize("path", SCREENS)
def test_nothing_is_asked_for_in_vain_and_the_screen_is_the_right_one(
    path: str, open_page: Open, server: str
) -> None:
    page = open_page("/")
    missed: list[str] = []
    page.on("response", lambda answer: missed.append(answer.url) if answer.status >= 400 else None)
    page.goto(server + path)
    settle(page)
    assert missed == []
    assert page.evaluate("location.pathname") == path.split("?")[0]
    assert page.locator(".lv-mast").count() == 1 and page.get_by_role("dialog").count() == 0


@pytest.mark.parametrize(("path", "table"), [("/", "lv-sens"), ("/carte", "lv-links")])
def test_a_phone_keeps_every_cell_of_a_wide_table(path: str, table: str, open_page: Open) -> None:
    page = open_page(path, width=400)
    cells = page.locator(f".{table} tbody tr").first.locator("td")
    boxes = [box for one in cells.all() if (box := one.bounding_box())]
    assert len(boxes) == cells.count() >= 6
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 400 for box in boxes)
    titles = cells.evaluate_all("all => all.map(e => getComputedStyle(e, '::before').content)")
    assert all(title not in ("", "none", '""') for title in titles)


def test_every_field_of_a_form_stands_on_the_same_ground(open_page: Open) -> None:
    page = open_page("/indicateur")
    page.locator(".stTextArea textarea").nth(1).wait_for()  # the last field: they come one after the other
    grounds = page.evaluate(
        """() => [...document.querySelectorAll('.stSelectbox [role=group], .stTextInput input, .stTextArea textarea')]
            .filter(e => e.offsetWidth).map(e => {
              while (getComputedStyle(e).backgroundColor === 'rgba(0, 0, 0, 0)') e = e.parentElement;
              return getComputedStyle(e).backgroundColor; })"""
    )
    assert len(grounds) > 12 and len(set(grounds)) == 1
