"""Décisions et actions: all of them on one screen, filtered by the address, with their files; and those of one sheet."""

from collections.abc import Sequence

from metrics.meetings import owners, read_actions
from pages.parts import actions_tables, overview, page, review_links, review_reads, tables
from pages.parts.markup import Html, div, join, link, section, span, tag
from pages.parts.source import Source
from pages.parts.tables import Asked
from pages.texts import numbers, review, said, t, tn

PATH = "actions"


def body(source: Source, asked: Asked) -> Html:
    """The whole screen."""
    on = review_reads.today(source)
    if on is None:
        return overview.empty(source, t("Décisions et actions"))
    kept = {name: asked[name] for name in actions_tables.FILTERS if asked.get(name)}
    title = review.actions_title(review_reads.to_do(source), on)
    head = page.head(title, kicker=t("Décisions et actions"), lead=_lead(source))
    # What is closed is history: it is shown to who asks for it.
    shown = {"status": "open"} | dict(kept)
    return join((head, _filters(source, shown), _actions(source, shown), _decisions(source, kept)))


def _lead(source: Source) -> Html:
    way = link(source.link(review_links.PATH), t("revue hebdomadaire"))
    return join(
        (t("Prises en revue, reportées de semaine en semaine jusqu’à leur clôture. Saisie : "), way, ".")
    )


def _filters(source: Source, kept: Asked) -> Html:
    """The choices, as one plain form: what is chosen is the address."""
    states = {
        "open": t("ouvertes"),
        "late": t("en retard"),
        "done": t("faites"),
        "dropped": t("abandonnées"),
        "all": t("toutes"),
    }
    kpis = {
        id: f"{source.catalogue.every[id].code} {said(source.catalogue.every[id].label)}"
        for id in _used(source, "kpi")
        if id in source.catalogue.every
    }
    projects = {id: id for id in _used(source, "project")}
    fields = (
        _choice("status", t("État"), "", states, kept),
        _choice("owner", t("Responsable"), t("tous"), {one: one for one in owners(source.engine)}, kept),
        _choice("kpi", t("Indicateur"), t("tous"), kpis, kept),
        _choice("project", t("Projet"), t("tous"), projects, kept),
    )
    state = {"lang": source.lang, "as_of": str(source.as_of or ""), "scope": source.scope or "town"}
    hidden = (tag("input", type="hidden", name=name, value=value) for name, value in state.items())
    go = tag("button", t("Filtrer"), type="submit")
    back = link(source.link(PATH, status="all"), t("Tout voir")) if dict(kept) != {"status": "all"} else ""
    return tag("form", *fields, go, back, *hidden, action=f"/{PATH}", method="get", class_="lv-filters")


def _used(source: Source, column: str) -> list[str]:
    return sorted({str(getattr(one, column)) for one in read_actions(source.engine, source.known_on)} - {""})


def _choice(name: str, words: str, every: str, options: dict[str, str], kept: Asked) -> Html:
    chosen = kept.get(name, "")
    items = [
        tag("option", word, value=value, selected="" if value == chosen else None)
        for value, word in ({"": every} | options if every else options).items()
    ]
    id = f"lv-filter-{name}"
    return div("lv-filter", tag("label", words, for_=id), tag("select", *items, id=id, name=name))


def _actions(source: Source, kept: Asked) -> Html:
    found = actions_tables.actions(source, kept)
    words = tn("{n} action", "{n} actions", len(found))
    drawn = tables.drawn(source, "actions-liste", class_="lv-labels lv-actions", **dict(kept))  # type: ignore[arg-type]
    none = tag("p", span("lv-grey", t("Aucune action ne répond à ce choix. Elles se prennent en revue.")))
    return section(words, drawn or none)


def _decisions(source: Source, kept: Asked) -> Html:
    found = actions_tables.decisions(source, kept)
    if not found:
        return Html("")
    drawn = tables.drawn(source, "actions-decisions", class_="lv-labels", **dict(kept))  # type: ignore[arg-type]
    return section(tn("{n} décision", "{n} décisions", len(found)), drawn)


def linked(source: Source, **about: str) -> Html:
    """The decisions and actions linked to a sheet (``kpi``, ``project`` or ``partner``); nothing where there is none."""
    found = actions_tables.actions(source, about)
    decided = actions_tables.decisions(source, about)
    if not found and not decided:
        return Html("")
    parts: Sequence[Html] = (
        tables.drawn(source, "actions-liste", class_="lv-labels lv-actions", **about),  # type: ignore[arg-type]
        tables.drawn(source, "actions-decisions", class_="lv-labels", **about),  # type: ignore[arg-type]
    )
    on = review_reads.today(source)
    is_late = any(on and one.is_overdue(on) for one in found)
    words = t("Retards comptés au {day}.", day=numbers.weekday(on)) if is_late else ""
    note = tag("p", span("lv-grey", words)) if words else ""
    return section(t("Décisions et actions liées"), *parts, note)


def late(source: Source) -> Html:
    """What is overdue, in a line that leads to it; nothing where nothing is."""
    on = review_reads.today(source)
    found = [one for one in review_reads.to_do(source) if on and one.is_overdue(on)]
    if not found:
        return Html("")
    day = numbers.weekday(on)
    words = tn("{n} action en retard au {day}", "{n} actions en retard au {day}", len(found), day=day)
    oldest = found[0]
    first = t("la plus ancienne : {words} ({owner})", words=oldest.words, owner=oldest.owner)
    way = link(source.link(PATH, status="late"), words)
    return div("lv-late", way, span("lv-grey", ", ", first))
