"""The band of a screen under a scenario: what is assumed, the way back to the measured values, the same scenario elsewhere."""

from metrics.refusing import BadEntry
from pages.parts import page, whatif_words
from pages.parts.guard import notice
from pages.parts.markup import Html, div, heading, join, link, section, span, tag
from pages.parts.screens import Screen, of_sides
from pages.parts.source import Source
from pages.parts.under_reads import PARAM, Under
from pages.texts import numbers, said, t

MAP, TOOL = "carte", "etsi"


def band(source: Source, under: Under, screen: Screen) -> Html:
    """What stands over the screen: the scenario in words, its score, the ways out and on."""
    uses = [tag("li", whatif_words.use(source, one)) for one in under.found.scenario.uses]
    scores = t(
        "Score de l’ensemble : {base} en base, {scenario} sous le scénario.",
        base=numbers.score(under.found.base_score.score, under.found.base_score.status == "on_target"),
        scenario=numbers.score(
            under.found.scenario_score.score, under.found.scenario_score.status == "on_target"
        ),
    )
    grey = t("Rien n’est enregistré. En gris, ce qui ne bouge pas.")
    back = link(
        source.link(screen.path, **screen.params), t("Revenir aux valeurs mesurées"), class_="lv-button main"
    )
    change = link(source.link(TOOL, **{PARAM: under.text}), t("Changer les hypothèses"), class_="lv-button")
    return div(
        "lv-under-band",
        heading(2, t("Scénario")),
        tag("ul", *uses),
        tag("p", f"{scores} {grey}", class_="lv-note"),
        tag("p", back, " ", change, class_="lv-under-ways"),
        ways(source, under.text, screen),
        role="note",
    )


def ways(source: Source, text: str, screen: Screen | None = None) -> Html:
    """The map and the perspectives under the same scenario, as links."""
    card = source.catalogue.scorecard
    at = (screen.path, screen.params) if screen else None
    items: list[tuple[str, dict[str, str], str]] = [(MAP, {}, t("Carte stratégique"))]
    items += [(one.path, one.params, said(one.short or one.title)) for one in of_sides(card.perspectives)]
    links = [
        link(
            source.link(path, **params, **{PARAM: text}),
            words,
            aria_current="page" if (path, params) == at else None,
        )
        for path, params, words in items
    ]
    label = span("lv-seg-label", t("Sous ce scénario"), id="lv-under-ways")
    return div("lv-filter", label, tag("nav", join(links), class_="lv-seg", aria_labelledby="lv-under-ways"))


def refused(source: Source, screen: Screen, why: BadEntry) -> Html:
    """What is said of an address whose scenario cannot be computed, and the way back to the same screen."""
    back = link(
        source.link(screen.path, **screen.params), t("Revenir aux valeurs mesurées"), class_="lv-button main"
    )
    return join(
        (
            page.head(t("Ce scénario ne peut pas être calculé"), kicker=said(screen.title)),
            notice(said(why.reason), said(why.mend)),
            section(t("Que faire"), tag("p", back)),
        )
    )
