"""One visit: language, identity, navigation, then the screen that the address names, between masthead and end."""

from dataclasses import replace

import streamlit as st

from data.problems import NoSuchWeek, SealAltered, StoreProblem
from pages.parts import address, page, sealed_week, slim
from pages.parts.guard import guarded
from pages.parts.here import arrive
from pages.parts.markup import Html, join, link, show, tag
from pages.parts.screens import SCREENS, Screen, resolved
from pages.parts.source import Source, open_source
from pages.texts import numbers, t, use

FOLDER = "pages/screens"


def run() -> None:
    """Show the screen of this visit's address."""
    state = address.current()
    use(state.lang)
    chosen = st.navigation([_page(screen, state.lang) for screen in SCREENS], position="hidden")
    screen = next((s for s in SCREENS if s.path == chosen.url_path), SCREENS[0])
    with guarded():
        try:
            source = open_source(state)
        except (NoSuchWeek, SealAltered) as problem:
            return _lost(screen, replace(state, week="", as_of=None), problem)
        lost = source.whole_town() if source.is_scope_unknown else None
        screen = resolved(screen, source.catalogue.scorecard.perspectives, address.others().get("code", ""))
        arrive(screen)
        _frame(lost or source, screen)
        with guarded():
            if lost:
                show(unknown_scope(lost, screen, source.scope))
            elif source.seal and screen.path in sealed_week.WRITING:
                show(sealed_week.nothing_to_write(source, screen))
            else:
                chosen.run()
    show(page.end())


def _lost(screen: Screen, state: address.Address, problem: StoreProblem) -> None:
    """Show today's masthead around what is said of a sealed week that cannot be opened."""
    source = open_source(state)
    screen = resolved(screen, source.catalogue.scorecard.perspectives, address.others().get("code", ""))
    _frame(source, screen)
    show(sealed_week.lost(source, screen, problem))
    show(page.end())


def _page(screen: Screen, lang: str) -> st.Page:
    path = f"{FOLDER}/{screen.script}.py"
    return st.Page(path, title=screen.title.get(lang), url_path=screen.path or None, default=not screen.path)


def _frame(source: Source, screen: Screen) -> None:
    title = f"{screen.title.get(source.lang)} · {source.town}"
    st.set_page_config(page_title=title, layout="wide", initial_sidebar_state="collapsed")
    show(slim.masthead(source, screen) if slim.is_asked(screen) else page.masthead(source, screen))


def unknown_scope(town: Source, screen: Screen, scope: str) -> Html:
    """What is said of a scope that the data do not know at this date, and the way back to the whole town on the same screen."""
    back = link(town.link(screen.path, **address.others()), t("Toute la ville"), class_="lv-button main")
    words = t("Les périmètres connus sont dans le menu en haut de la page.")
    if scope in town.every_scope and town.as_of:
        title = t("{scope} : pas de direction de ce nom au {day}", scope=scope, day=numbers.day(town.as_of))
    else:
        title = t("Périmètre « {scope} » inconnu", scope=scope)
    return join(
        (
            page.head(title, kicker=screen.title.get(town.lang)),
            tag("section", tag("p", words), tag("p", back), class_="lv-section"),
        )
    )
