"""The search box of every screen's masthead: a plain form, so that a search is an address. "/" goes to it."""

from pages.parts.markup import Html, span, tag
from pages.parts.source import Source
from pages.texts import t

SCREEN = "recherche"


def box(source: Source, words: str) -> Html:
    """The form, ``words`` in it: the question that the search screen answers."""
    field = tag(
        "input",
        type="search",
        id="lv-search",
        name="q",
        value=words,
        maxlength=100,
        placeholder=t("Indicateur, projet, partenaire…"),
        title=t("Touche /"),
        autocomplete="off",
    )
    hidden = (tag("input", type="hidden", name=name, value=value) for name, value in source.state.items())
    label = tag(
        "label",
        t("Chercher un indicateur, un projet, un partenaire, une direction"),
        for_="lv-search",
        class_="lv-hidden",
    )
    go = tag("button", span("", t("Chercher")), type="submit")
    return tag(
        "form",
        label,
        field,
        go,
        *hidden,
        action=f"/{SCREEN}",
        method="get",
        role="search",
        class_="lv-searching",
    )
