"""A mayor's questions in plain words, each a scenario; those that these data cannot ask are left out."""

from collections.abc import Callable

from metrics import scenario as scenarios
from metrics.refusing import BadEntry
from metrics.scenario import Scenario
from metrics.starting import leading
from pages.parts import whatif_reads
from pages.parts.markup import Html, link, tag
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source
from pages.texts import t

PRESETS: dict[str, Callable[[str], str]] = {
    "awards_refused,partner_kind=region": lambda _: t("la Région se retire ?"),
    "awards_cut,share=0.2": lambda _: t("un cinquième des subventions manque ?"),
    "success_rate,share=0.5": lambda _: t("une demande en attente sur deux aboutit ?"),
    "decision_delay,months=6": lambda _: t("les décisions arrivent six mois plus tard ?"),
    "works_inflation,rate=0.05,months=12": lambda _: t("les travaux prennent un an de retard, à 5 % l’an ?"),
    "own_budget,amount=1000000,way=loan": lambda _: t("la Ville emprunte un million de plus ?"),
    "staff,fte=2": lambda _: t("deux postes renforcent l’instruction ?"),
    "min_own_share,share=0.3": lambda _: t("la loi exige 30 % de la commune ?"),
    "project_dropped,project={project}": lambda name: t("on abandonne « {project} » ?", project=name),
}


@kept(maxsize=VIEWS)
def questions(source: Source) -> tuple[tuple[str, str], ...]:
    """The questions that can be asked of these data: the scenario's own text, the question."""
    project = leading(source.engine, "project") or ""
    name = dict(scenarios.choices(source.engine, "project")).get(project, project)
    found = []
    for text, words in PRESETS.items():
        made = read(source, text.format(project=project))
        if made is not None:
            found.append((made.as_text(), words(name)))
    return tuple(found)


def read(source: Source, text: str) -> Scenario | None:
    """A preset's scenario; None where these data, or these drivers, have no such choice."""
    assert source.as_of is not None
    try:
        made = scenarios.from_text(text, source.as_of, source.catalogue.parameters)
        scenarios.check(source.engine, made)
    except BadEntry:
        return None
    return made


def listed(source: Source, current: str = "") -> Html:
    """The questions as links; the one that is asked is marked."""
    items = [
        tag(
            "li", link(whatif_reads.to(source, text), words, aria_current="true" if text == current else None)
        )
        for text, words in questions(source)
    ]
    return tag("ul", *items, class_="lv-etsi-questions")
