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
    chosen = st.navigation(
        [
            st.Page(
                f"{FOLDER}/{s.script}.py",
                title=s.title.get(state.lang),
                url_path=s.path or None,
                default=not s.path,
            )
            for s in SCREENS
        ],
        position="hidden",
    )
    screen = next((s for s in SCREENS if s.path == chosen.url_path), SCREENS[0])
    st.set_page_config(
        page_title=screen.title.get(state.lang), layout="wide", initial_sidebar_state="collapsed"
    )
    with guarded():
        source = open_source(state)
        _frame(source, screen)
        with guarded():
            chosen.run()
        show(page.end())


def _frame(source: Source, screen: Screen) -> None:
    st.set_page_config(page_title=f"{screen.title.get(source.lang)} · {source.town}")
    show(page.masthead(source, screen))
