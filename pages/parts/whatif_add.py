"""What else can be supposed: every driver there is, by theme, one press each, put in where it starts in these data."""

from metrics.drivers import Driver
from metrics.refusing import BadEntry
from metrics.scenario import Scenario
from metrics.starting import start
from pages.parts import whatif_reads, whatif_themes
from pages.parts.markup import Html, div, heading, link, tag
from pages.parts.source import Source
from pages.texts import said


def index(source: Source, scenario: Scenario) -> Html:
    """The drivers as links that add each of them to a scenario, in columns by theme."""
    return div(
        "lv-etsi-index",
        *(_theme(source, scenario, said(title), ones) for title, ones in whatif_themes.known()),
    )


def _theme(source: Source, scenario: Scenario, title: str, ones: list[Driver]) -> Html:
    found = [(one, with_driver(source, scenario, one)) for one in ones]
    items = [
        tag("li", link(whatif_reads.to(source, made.as_text()), said(one.label)))
        for one, made in found
        if made
    ]
    return div("", heading(3, title), tag("ul", *items)) if items else Html("")


def with_driver(source: Source, scenario: Scenario, driver: Driver) -> Scenario | None:
    """A scenario with one driver more; None where these data leave it nothing to choose."""
    assert source.as_of is not None
    try:
        return whatif_reads.with_use(
            scenario, start(driver, source.engine, source.as_of, source.catalogue.parameters)
        )
    except BadEntry:
        return None
