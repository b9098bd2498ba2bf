"""The masthead of a projected screen: one line, and the way out."""

from pages.parts import projection, review_reads, sealed_week
from pages.parts.address import others
from pages.parts.markup import Html, join, link, span, tag
from pages.parts.review_links import PATH
from pages.parts.screens import Screen
from pages.parts.source import Source
from pages.texts import numbers, review, said, t

PROJECTED = frozenset({PATH})  # screens that know large type


def is_asked(screen: Screen) -> bool:
    """Whether the address asks for a projection of a screen that knows one."""
    return screen.path in PROJECTED and projection.asked()


def masthead(source: Source, screen: Screen) -> Html:
    """Town, review and its day, date of the data, the way out of the projection."""
    kept = {name: value for name, value in others().items() if name != projection.PARAM}
    out = link(source.link(screen.path, **kept), t("Quitter la projection"))
    dated = span("", f"{t('Données au')} ", tag("b", numbers.weekday(source.as_of))) if source.as_of else ""
    head = tag(
        "header",
        span("lv-town", source.town),
        span("", _what(source, screen)),
        span("push", dated),
        out,
        class_="lv-slim",
    )
    return join(
        (
            tag("a", t("Aller au contenu"), href="#contenu", class_="lv-skip"),
            head,
            sealed_week.band(source, screen, kept),
            tag("span", id="contenu"),
            projection.marker(True),
        )
    )


def _what(source: Source, screen: Screen) -> str:
    meeting = review_reads.under_way(source) if screen.path == PATH else None
    if meeting is None:
        return said(screen.title)
    return t(
        "{first}, {second}", first=review.kicker(source.catalogue), second=numbers.weekday(meeting.held_on)
    )
