"""« Scénarios »: up to four side by side, what each moves, what each comes to, and what the law says of their plans."""

import streamlit as st

from metrics.abreast import KEYS, Abreast, Side
from pages.parts import (
    overview,
    page,
    scenarios_cash,
    scenarios_files,
    scenarios_forms,
    scenarios_futures,
    scenarios_reads,
    scenarios_saved,
    scenarios_steps,
    scenarios_tables,
    whatif_reads,
)
from pages.parts.guard import notice
from pages.parts.markup import Html, div, join, link, section, show, span, tag
from pages.parts.scenarios_reads import Slot
from pages.parts.source import Source
from pages.texts import abreast as words
from pages.texts import said, t


def draw(source: Source) -> None:
    """The whole screen."""
    if source.as_of is None:
        show(overview.empty(source, t("Scénarios")))
        return
    filled = scenarios_reads.slots(source, {key: st.query_params.get(key, "") for key in KEYS})
    found = scenarios_reads.found(source, filled)
    show(_head(source, found), _chosen(source, filled, found))
    scenarios_forms.draw(source, filled)
    if found.sides:
        show(_kpis(source, filled, found))
        scenarios_steps.draw(source, filled, found, st.query_params)
        show(scenarios_futures.panel(source, filled, found))
        show(scenarios_cash.panel(source, filled, found), _plans(source, filled, found))
        scenarios_files.draw(source, found)
    show(scenarios_saved.section_of(source, filled))


def _head(source: Source, found: Abreast) -> Html:
    kicker = t("Scénarios")
    return page.head(
        words.title(source.catalogue, found),
        kicker=f"{kicker} · {source.scope}" if source.scope else kicker,
        lead=words.lead(found),
    )


def _chosen(source: Source, filled: list[Slot], found: Abreast) -> Html:
    """What is compared, each with what it comes to and the ways on."""
    if not filled:
        return section(
            t("Rien à comparer encore"),
            tag("p", link(source.link("etsi"), t("Composer un scénario"), class_="lv-button main")),
            note=t(
                "Composez un scénario dans « Et si… ? », puis comparez-le ici à la base et à trois autres."
            ),
        )
    items = [_slot(source, one, filled, found) for one in filled]
    return section(
        t("Ce qui est comparé à la base"),
        tag("ul", *items, class_="lv-slots"),
        note=t("L’adresse de cette page se partage telle quelle."),
    )


def _slot(source: Source, one: Slot, filled: list[Slot], found: Abreast) -> Html:
    badge = span("lv-letter", one.key.upper())
    if one.side is None:
        why = one.refused
        told = notice(said(why.reason), said(why.mend)) if why is not None else ""
        return tag("li", badge, div("lv-slot", told, _ways(source, one, filled)))
    head = div("lv-slot-name", words.name(one.side))
    told = tag("p", words.sentence(source.catalogue, one.side, found.plans))
    moved = tag("p", words.drivers(source.engine, one.side), class_="lv-grey")
    since = scenarios_saved.since(source, one)
    return tag("li", badge, div("lv-slot", head, moved, told, since, _ways(source, one, filled)))


def _ways(source: Source, one: Slot, filled: list[Slot]) -> Html:
    left = scenarios_reads.without(scenarios_reads.texts(filled), one.key)
    out = link(
        source.link(scenarios_reads.PATH, **left),
        t("Retirer"),
        span("lv-hidden", " ", t("le scénario {letter}", letter=one.key.upper())),
    )
    if one.side is None:
        return tag("p", out, class_="lv-ways")
    return tag("p", join((_edit(source, one.side, filled), out), " · "), class_="lv-ways")


def _edit(source: Source, side: Side, filled: list[Slot]) -> Html:
    """The way to move it, the others kept in the address: « Comparer » leads back among them."""
    others = {key: text for key, text in scenarios_reads.texts(filled).items() if key != side.key}
    href = source.link("etsi", **{whatif_reads.PARAM: side.scenario.as_text()}, **others)
    return link(
        href, t("Modifier"), span("lv-hidden", " ", t("le scénario {letter}", letter=words.letter(side)))
    )


def _kpis(source: Source, filled: list[Slot], found: Abreast) -> Html:
    most = scenarios_tables.put_forward(source, found)
    drawn = scenarios_tables.drawn(source, scenarios_tables.KPIS, scenarios_reads.texts(filled), most)
    note = t("Sous chaque valeur, l’écart à la base ; sa barre est à l’échelle de sa ligne.")
    return div("lv-scenario", section(t("Indicateurs, base et scénarios"), drawn, note=note))


def _plans(source: Source, filled: list[Slot], found: Abreast) -> Html:
    drawn = scenarios_tables.drawn(source, scenarios_tables.PLANS, scenarios_reads.texts(filled))
    if not drawn:
        return Html("")
    note = t("Part propre du financement public de chaque plan, et ce qu’en dit la participation minimale.")
    return div("lv-scenario", section(words.plans_title(found), drawn, note=note))
