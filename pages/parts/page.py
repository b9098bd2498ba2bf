"""The frame of every screen: masthead, menu, title block, end of page."""

from datetime import date
from functools import lru_cache

from pages.parts import sealed_week, search_box
from pages.parts.address import Address, others
from pages.parts.markup import Html, div, heading, join, link, span, tag
from pages.parts.once import SHEETS
from pages.parts.screens import Screen, menu
from pages.parts.source import Source
from pages.texts import numbers, said, t

MONTHS = 24


def masthead(source: Source, screen: Screen, params: dict[str, str] | None = None) -> Html:
    """Town, date, scope, language and menu. ``params`` are the screen's own, kept when these change."""
    return _masthead(source, screen, tuple((others() if params is None else params).items()))


@lru_cache(maxsize=SHEETS)
def _masthead(source: Source, screen: Screen, params: tuple[tuple[str, str], ...]) -> Html:
    kept = dict(params)
    return join(
        (
            tag("a", t("Aller au contenu"), href="#contenu", class_="lv-skip"),
            tag("header", _town(source), _tools(source, screen, kept), class_="lv-mast"),
            sealed_week.band(source, screen, kept) if source.seal else "",
            tag("nav", *_groups(source, screen), class_="lv-nav", aria_label=t("Écrans")),
            _phone(source, screen),
            tag("span", id="contenu"),
        )
    )


def head(title: object, *, kicker: object = "", lead: object = "", aside: object = "") -> Html:
    """The title block: what screen this is, the finding, what is shown; ``aside`` stands at the right."""
    words = tag(
        "div",
        div("lv-kicker", kicker) if kicker else "",
        heading(1, title),
        div("lv-lead", lead) if lead else "",
    )
    return div("lv-head two" if aside else "lv-head", words, aside)


def end(*notes: object) -> Html:
    """The end of the page: sources, and what a browser's menu would offer."""
    printing = tag("button", t("Imprimer cette page"), type="button", data_do="print")
    return tag("footer", *(span("", note) for note in notes), span("push", printing), class_="lv-end")


def _town(source: Source) -> Html:
    name = span("lv-town", link(source.link(""), source.town))
    return join((name, span("lv-tagline lv-grey", t("Levier, tableau de bord prospectif"))))


def _tools(source: Source, screen: Screen, kept: dict[str, str]) -> Html:
    return div(
        "lv-tools",
        search_box.box(source, kept.get("q", "") if screen.path == search_box.SCREEN else ""),
        _dates(source, screen, kept),
        _scopes(source, screen, kept),
        _langs(source, screen, kept),
    )


def _dates(source: Source, screen: Screen, kept: dict[str, str]) -> Html:
    if source.as_of is None:
        return span("", t("Aucune donnée"))
    summary = tag("summary", f"{t('Données au')} ", tag("b", numbers.weekday(source.as_of)))
    months = [_month(source, screen, kept, d) for d in source.dates[:MONTHS]]
    drop = div(
        "lv-drop", tag("ul", *months, class_="lv-months") if months else "", _other_date(source, screen, kept)
    )
    return tag("details", summary, drop, class_="lv-menu")


def _month(source: Source, screen: Screen, kept: dict[str, str], when: date) -> Html:
    here = when == source.as_of
    href = source.to(screen.path, Address(source.lang, when, source.scope), **kept)
    words = numbers.month(when) if _is_month_end(when) else numbers.day(when)
    return tag("li", link(href, words, aria_current="date" if here else None))


def _is_month_end(when: date) -> bool:
    return date.fromordinal(when.toordinal() + 1).day == 1


def _other_date(source: Source, screen: Screen, kept: dict[str, str]) -> Html:
    state = {name: value for name, value in source.state.items() if name != "as_of"} | kept
    hidden = (tag("input", type="hidden", name=name, value=value) for name, value in state.items())
    label = tag("label", t("Une autre date, calculée à la demande"), for_="lv-as-of")
    last = source.latest.isoformat() if source.latest else None
    field = tag("input", type="date", id="lv-as-of", name="as_of", required=True, max=last)
    return tag(
        "form",
        label,
        field,
        tag("button", t("Afficher"), type="submit"),
        # Last: their number changes from screen to screen, and a page is patched in place, element by element.
        *hidden,
        action=f"/{screen.path}",
        method="get",
    )


def _scopes(source: Source, screen: Screen, kept: dict[str, str]) -> Html:
    town = t("Toute la ville")
    if not source.scopes:
        return span("", source.scope) if source.scope else Html("")
    options = [("", town), *((name, name) for name in source.scopes)]
    items = [
        tag(
            "li",
            link(
                source.to(screen.path, Address(source.lang, source.as_of, scope), **kept),
                words,
                aria_current="true" if scope == source.scope else None,
            ),
        )
        for scope, words in options
    ]
    return tag(
        "details", tag("summary", source.scope or town), div("lv-drop", tag("ul", *items)), class_="lv-menu"
    )


def _langs(source: Source, screen: Screen, kept: dict[str, str]) -> Html:
    names = {"fr": "Français", "en": "English"}

    def one(lang: str) -> Html:
        if lang == source.lang:
            return tag("b", lang.upper(), aria_current="true")
        href = source.to(screen.path, Address(lang, source.as_of, source.scope), **kept)
        return link(href, lang.upper(), lang=lang, hreflang=lang, title=names[lang])

    return span("lv-langs", one("fr"), one("en"))


def _groups(source: Source, screen: Screen) -> list[Html]:
    return [
        div(
            "lv-group",
            span("", title.get(source.lang)),
            tag("ul", *(_entry(source, s, screen) for s in screens)),
        )
        for title, screens in menu(source.catalogue.kpis, source.catalogue.scorecard.perspectives)
    ]


def _entry(source: Source, target: Screen, screen: Screen) -> Html:
    here = "page" if (target.path, target.params) == (screen.path, screen.params) else None
    href = source.link(target.path, **target.params)
    return tag("li", link(href, said(target.short or target.title), aria_current=here))


def _phone(source: Source, screen: Screen) -> Html:
    summary = tag("summary", t("Menu : {screen}", screen=screen.title.get(source.lang)))
    return tag(
        "details",
        summary,
        tag("nav", *_groups(source, screen), aria_label=t("Menu")),
        class_="lv-phone",
    )
