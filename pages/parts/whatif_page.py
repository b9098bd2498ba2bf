"""« Et si… ? »: a question, what it supposes to hand, what moves beside it, and all the KPIs below; the address bears it all."""

import streamlit as st

from metrics.abreast import KEYS
from metrics.scenario import Scenario
from metrics.whatif import Comparison
from pages.parts import (
    overview,
    page,
    scenarios_reads,
    under_band,
    whatif_add,
    whatif_chart,
    whatif_controls,
    whatif_effects,
    whatif_files,
    whatif_history,
    whatif_presets,
    whatif_reads,
    whatif_views,
    whatif_words,
)
from pages.parts.guard import notice
from pages.parts.markup import Html, join, link, section, show, tag
from pages.parts.source import Source
from pages.parts.whatif_reads import Asked
from pages.texts import numbers, said, t


def draw(source: Source) -> None:
    """The whole screen."""
    if source.as_of is None:
        show(overview.empty(source, t("Et si… ?")))
        return
    asked = whatif_reads.asked(source, st.query_params.get(whatif_reads.PARAM, ""))
    if asked.found is None:
        _refused(source, asked)
        return
    whatif_history.follow(asked.scenario.as_text())
    show(_head(source, asked.found))
    _steps(asked.scenario)
    if asked.scenario.uses:
        _worked(source, asked.scenario, asked.found)
        whatif_views.draw(source, asked.scenario, asked.found)
        show(_onward(source, asked.scenario))
        whatif_files.draw(source, asked.found)
    elif whatif_views.chosen():  # of the base, nothing supposed
        whatif_views.draw(source, asked.scenario, asked.found)
        show(_begin(source))
    else:
        show(_begin(source), whatif_views.begin(source))


def _refused(source: Source, asked: Asked) -> None:
    """A scenario that cannot be: what, why, and the ways out."""
    show(page.head(t("Ce scénario ne peut pas être calculé"), kicker=t("Et si… ?")))
    if asked.refused is not None:
        show(notice(said(asked.refused.reason), said(asked.refused.mend)))
    again = link(source.link("etsi"), t("Repartir de la base"), class_="lv-button main")
    left = whatif_reads.bearable(source, st.query_params.get(whatif_reads.PARAM, ""))
    out = link(whatif_reads.to(source, left), t("Retirer cette hypothèse"), class_="lv-button main")
    show(
        tag("p", out) if left else Html(""),
        tag("p", again),
        section(t("Ou posez une autre question"), whatif_presets.listed(source)),
    )


def _head(source: Source, found: Comparison) -> Html:
    lead = t(
        "Rien n’est enregistré : les définitions du tableau de bord lisent des données remplacées, au {day}.",
        day=numbers.day(found.as_of),
    )
    kicker = t("Et si… ?")
    return page.head(
        whatif_words.title(source, found),
        kicker=f"{kicker} · {source.scope}" if source.scope else kicker,
        lead=lead,
    )


def _begin(source: Source) -> Html:
    """The questions of a meeting first, then every driver."""
    return join(
        (
            section(t("Et si…"), whatif_presets.listed(source)),
            section(
                t("Ou composez votre question"),
                whatif_add.index(source, whatif_reads.EMPTY),
                note=t("Chaque hypothèse s’ajoute d’une pression, puis se règle au curseur ou au clavier."),
            ),
        )
    )


def _steps(scenario: Scenario) -> None:
    """Undo, redo, and the base; nothing before there is something to undo."""
    if not scenario.uses and not whatif_history.can_go(-1) and not whatif_history.can_go(1):
        return
    with st.container(key="lv-etsi-steps", horizontal=True):
        for words, step, keys in ((t("Annuler"), -1, "Ctrl+Z"), (t("Rétablir"), 1, "Ctrl+Y")):
            st.button(
                words,
                key=f"etsi.step.{step}",
                disabled=not whatif_history.can_go(step),
                on_click=whatif_history.go,
                args=(step,),
                shortcut=keys,
            )
        st.button(
            t("Repartir de la base"),
            key="etsi.reset",
            disabled=not scenario.uses,
            on_click=whatif_reads.put,
            args=("",),
        )


def _worked(source: Source, scenario: Scenario, found: Comparison) -> None:
    """What is supposed at the left, what it comes to at the right; one under the other on a phone."""
    left, right = st.columns([5, 7], gap="large")
    with left:
        show(section(t("Ce qu’on suppose")))
        whatif_controls.draw(source, scenario)
        show(_more(source, scenario))
    with right, st.container(key="lv-etsi-moves"):
        show(section(t("Ce que cela donne"), whatif_chart.panel(source, found)))
        show(whatif_effects.panel(source, found))
    show(whatif_chart.line(source, found))


def _more(source: Source, scenario: Scenario) -> Html:
    """What else can be supposed, folded, and the other questions."""
    return tag(
        "div",
        tag(
            "details",
            tag("summary", t("Ajouter une hypothèse")),
            whatif_add.index(source, scenario),
            class_="lv-etsi-more",
        ),
        tag(
            "details",
            tag("summary", t("Poser une autre question")),
            whatif_presets.listed(source, scenario.as_text()),
            class_="lv-etsi-more",
        ),
    )


def _onward(source: Source, scenario: Scenario) -> Html:
    """The same scenario on the map and the perspectives, beside others, and in files."""
    text = scenario.as_text()
    others = {key: st.query_params[key] for key in KEYS if st.query_params.get(key)}
    params = scenarios_reads.with_added(others, text) or {"a": text}
    beside = link(
        source.link(scenarios_reads.PATH, **params), t("Comparer et enregistrer"), class_="lv-button main"
    )
    return section(
        t("Garder et partager"),
        under_band.ways(source, text),
        tag("p", beside, class_="lv-etsi-onward"),
        note=t("L’adresse de cette page est le scénario : elle se partage telle quelle."),
    )
