"""What a perspective can be narrowed to, in the address: whom a KPI serves, what it aims at, its objective's key words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from metrics.definitions import Catalogue, Kpi, Perspective
from pages.parts.markup import Html, div, join, link, span, tag
from pages.parts.screens import Screen
from pages.parts.source import Source
from pages.texts import said, t

NAMES = ("audience", "aim", "tag")


@dataclass(frozen=True)
class Filters:
    """The values that the address asks for; "" is no choice. They are the catalogue's own words."""

    audience: str = ""
    aim: str = ""
    tag: str = ""

    @property
    def is_any(self) -> bool:
        """Whether anything is narrowed."""
        return bool(self.audience or self.aim or self.tag)

    @property
    def params(self) -> dict[str, str]:
        """What the address says of them."""
        return {name: getattr(self, name) for name in NAMES if getattr(self, name)}

    def keeps(self, kpi: Kpi, catalogue: Catalogue) -> bool:
        """Whether a KPI passes all of them."""
        objective = catalogue.scorecard.objectives.get(kpi.objective)
        return (
            (not self.audience or self.audience in kpi.audiences)
            and (not self.aim or self.aim in kpi.aims)
            and (not self.tag or (objective is not None and self.tag in objective.tags))
        )


def asked(params: Mapping[str, str]) -> Filters:
    """The filters of an address."""
    return Filters(*(params.get(name, "") for name in NAMES))


def kpis_of(catalogue: Catalogue, side: Perspective) -> list[Kpi]:
    """A perspective's KPIs, objective by objective."""
    return [kpi for goal in side.objectives for kpi in catalogue.of_objective(goal.code)]


def choices(catalogue: Catalogue, side: Perspective) -> dict[str, list[str]]:
    """What can be asked of a perspective, in the catalogue's order; a name without two values has no choice to give."""
    kpis = kpis_of(catalogue, side)
    found = {
        "audience": unique(word for kpi in kpis for word in kpi.audiences),
        "aim": unique(word for kpi in kpis for word in kpi.aims),
        "tag": unique(word for goal in side.objectives for word in goal.tags),
    }
    return {name: words for name, words in found.items() if len(words) > 1}


def unique(words: Iterable[str]) -> list[str]:
    """Each word once, in order."""
    return list(dict.fromkeys(words))


def said_of(catalogue: Catalogue, word: str) -> str:
    """A word of the catalogue in the run's language; the word itself where nobody translates it."""
    known = {
        "citoyens et usagers": lambda: t("citoyens et usagers"),
        "partenaires": lambda: t("partenaires"),
        "agents": lambda: t("agents"),
        "efficacité": lambda: t("efficacité"),
        "efficience": lambda: t("efficience"),
        "qualité de vie au travail": lambda: t("qualité de vie au travail"),
    }
    if word in known:
        return known[word]()
    tagged = next((text for text in catalogue.scorecard.tags if text.fr == word), None)
    return said(tagged) if tagged else word


def sentence(catalogue: Catalogue, filters: Filters) -> str:
    """The filters in words: ``public : agents, visée : efficience``; "" without any."""
    return ", ".join(
        f"{_label(name).lower()}{t(' : ')}{said_of(catalogue, word)}" for name, word in filters.params.items()
    )


def _label(name: str) -> str:
    return {"audience": t("Pour qui"), "aim": t("Visée"), "tag": t("Mot clé")}[name]


def bar(source: Source, screen: Screen, side: Perspective, filters: Filters, **kept: str) -> Html:
    """The choices as links, one line a name, under a switch that stays open while something is narrowed.

    ``kept`` are other parameters of the screen that a choice leaves as they are.
    """
    params = screen.params | kept
    lines = [
        _line(source, screen.path, params, filters, name, words)
        for name, words in choices(source.catalogue, side).items()
    ]
    if not lines:
        return Html("")
    summary = tag("summary", t("Filtrer par public, visée ou mot clé"))
    return tag("details", summary, *lines, class_="lv-more lv-filters", open=filters.is_any)


def _line(
    source: Source, path: str, kept: Mapping[str, str], filters: Filters, name: str, words: list[str]
) -> Html:
    def choice(word: str) -> Html:
        params = {**kept, **replace(filters, **{name: word}).params}
        here = "true" if getattr(filters, name) == word else None
        label = said_of(source.catalogue, word) if word else t("tous")
        return link(source.link(path, **params), label, aria_current=here)

    id_ = f"lv-filter-{name}"
    chosen = tag("nav", join(map(choice, ["", *words])), class_="lv-seg", aria_labelledby=id_)
    return div("lv-filter", span("lv-seg-label", _label(name), id=id_), chosen)
