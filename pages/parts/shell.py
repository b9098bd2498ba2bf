"""One visit: language, identity, navigation, then the screen that the address names, between masthead and end."""

import streamlit as st

from pages.parts import address, page
from pages.parts.guard import guarded
from pages.parts.markup import show
from pages.parts.screens import SCREENS, Screen
from pages.parts.source import Source, open_source
from pages.texts import use

FOLDER = "pages/screens"


def run() -> None:
    """Show the screen of this visit's address."""
    state = address.current()
    use(state.lang)
    chosen = st.navigation([_page(screen, state.lang) for screen in SCREENS], position="hidden")
    screen = next((s for s in SCREENS if s.path == chosen.url_path), SCREENS[0])
    with guarded():
        _frame(open_source(state), screen)
        with guarded():
            chosen.run()
    show(page.end())


def _page(screen: Screen, lang: str) -> st.Page:
    path = f"{FOLDER}/{screen.script}.py"
    return st.Page(path, title=screen.title.get(lang), url_path=screen.path or None, default=not screen.path)


def _frame(source: Source, screen: Screen) -> None:
    title = f"{screen.title.get(source.lang)} · {source.town}"
    st.set_page_config(page_title=title, layout="wide", initial_sidebar_state="collapsed")
    show(page.masthead(source, screen))
