"""« Et si… ? »: the scenario that the address bears, what it moves and what it does not, and its files."""

from functools import partial

import streamlit as st

from metrics.scenario import Scenario, as_yaml
from metrics.whatif import Comparison
from pages.exports import scenario as workbook
from pages.parts import overview, page, tables, whatif_forms, whatif_reads, whatif_tables, whatif_words
from pages.parts.guard import notice
from pages.parts.markup import Html, div, link, section, show, span, tag
from pages.parts.source import Source
from pages.texts import numbers, said, t, use

PRESETS = {
    "awards_refused,partner_kind=region": lambda: t("La Région se retire"),
    "awards_cut,share=0.2": lambda: t("Un cinquième de subventions en moins"),
    "decision_delay,months=6": lambda: t("Des décisions six mois plus tard"),
}


def draw(source: Source) -> None:
    """The whole screen."""
    if source.as_of is None:
        show(overview.empty(source, t("Et si… ?")))
        return
    asked = whatif_reads.asked(source, st.query_params.get(whatif_reads.PARAM, ""))
    if asked.refused is not None or asked.found is None:
        show(page.head(t("Ce scénario ne peut pas être calculé"), kicker=t("Et si… ?")))
        if asked.refused is not None:
            show(notice(said(asked.refused.reason), said(asked.refused.mend)))
        show(tag("p", link(source.link("etsi"), t("Repartir de la base"), class_="lv-button")))
        return
    show(_head(source, asked.found), _scenario(source, asked.scenario))
    whatif_forms.draw(source, asked.scenario)
    if asked.scenario.uses:
        show(_table(source, asked.found))
        _files(source, asked.found)


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


def _scenario(source: Source, scenario: Scenario) -> Html:
    """What is moved, each with the way to take it out; presets to begin with."""
    if not scenario.uses:
        presets = [tag("li", link(_to(source, text), words())) for text, words in PRESETS.items()]
        return section(
            t("Pour commencer"), tag("ul", *presets), note=t("Ou choisissez une hypothèse ci-dessous.")
        )
    items = [
        tag("li", whatif_words.use(source, one), " ", _out(source, scenario, place))
        for place, one in enumerate(scenario.uses)
    ]
    away = link(source.link("etsi"), t("Tout retirer"), class_="lv-button")
    title = t("Le scénario")
    return section(
        title,
        tag("ol", *items, class_="lv-uses"),
        tag("p", away),
        note=t("Son adresse se partage telle quelle."),
    )


def _out(source: Source, scenario: Scenario, place: int) -> Html:
    left = whatif_reads.without(scenario, place).as_text()
    words = (t("Retirer"), span("lv-hidden", " ", whatif_words.use(source, scenario.uses[place])))
    return link(_to(source, left) if left else source.link("etsi"), *words)


def _to(source: Source, text: str) -> str:
    return source.link("etsi", **{whatif_reads.PARAM: text})


def _table(source: Source, found: Comparison) -> Html:
    scores = t(
        "Score de l’ensemble : {base} en base, {scenario} sous le scénario. En gris, ce qui ne bouge pas.",
        base=numbers.score(found.base_score.score),
        scenario=numbers.score(found.scenario_score.score),
    )
    drawn = tables.drawn(source, whatif_tables.NAME, class_="lv-labels lv-whatif", s=found.scenario.as_text())
    return div("lv-scenario", section(t("Base et scénario"), drawn, note=scores))


def _files(source: Source, found: Comparison) -> None:
    """The workbook whose every sheet says what it is, and the scenario itself; made when pressed."""
    with st.container(key="lv-etsi-files", horizontal=True):
        st.download_button(
            t("Exporter le scénario (Excel)"),
            partial(_workbook, source, found),
            file_name=f"scenario-{found.as_of}.xlsx",
            mime=tables.KINDS["xlsx"],
            on_click="ignore",
            key="etsi.xlsx",
            type="primary",
        )
        st.download_button(
            t("Garder le scénario (YAML)"),
            partial(_yaml, found),
            file_name="scenario.yml",
            mime="application/yaml",
            on_click="ignore",
            key="etsi.yml",
        )


def _workbook(source: Source, found: Comparison) -> bytes:
    use(source.lang)  # made outside the run that drew its button
    return workbook.write([whatif_tables.of(source, found), whatif_tables.drivers_of(source, found)])


def _yaml(found: Comparison) -> bytes:
    return as_yaml(found.scenario, found.as_of).encode("utf-8")
