"""Scenarios that were saved: their list, and what newer data make of one that is reopened."""

from metrics.saved import Change, Saved
from pages.parts import scenarios_reads, scenarios_tables, tables
from pages.parts.markup import Html, join, link, section, span, tag
from pages.parts.scenarios_reads import Slot
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import abreast as words
from pages.texts import numbers, said, scenarios, t, units

LIST, SINCE = "scenarios-enregistres", "scenarios-depuis"


@tables.offered(LIST)
def listed(source: Source, asked: Asked) -> Table | None:
    """The saved scenarios, the latest first, each with the way to compare it beside those of the address."""
    if source.as_of is None:
        return None
    said_there = scenarios_reads.texts(scenarios_reads.slots(source, asked))
    columns = (
        Column(t("Scénario enregistré")),
        Column(t("Identifiant"), on_screen=False, is_code=True),
        Column(t("Hypothèses")),
        Column(t("Données au"), "date"),
        Column(t("Commentaire")),
        Column(t("Par"), on_screen=False),
        Column(t("Le"), "date", on_screen=False),
    )
    rows = [_saved(source, one, said_there) for one in scenarios_reads.saved_ones(source)]
    return tables.table(source, t("Scénarios enregistrés"), columns, rows)


def _saved(source: Source, one: Saved, said_there: dict[str, str]) -> list[object]:
    beside = {key: text for key, text in said_there.items() if text != one.scenario_id}
    params = scenarios_reads.with_added(beside, one.scenario_id)
    here = one.scenario_id in said_there.values() or params is None
    shown = (
        span("", one.name) if here else link(source.link(scenarios_reads.PATH, **(params or {})), one.name)
    )
    return [
        Cell(one.name, shown),
        one.scenario_id,
        scenarios_reads.drivers_in_words(source, one),
        Cell(one.as_of, numbers.short_day(one.as_of)),
        one.words,
        one.decided_by,
        one.decided_on,
    ]


def section_of(source: Source, filled: list[Slot]) -> Html:
    """The list with its title; "" where none was saved."""
    known = scenarios_reads.saved_ones(source)
    if not known:
        return Html("")
    drawn = scenarios_tables.drawn(source, LIST, scenarios_reads.texts(filled))
    note = t("Un nom mène à sa comparaison, sur les données de la date choisie en haut de la page.")
    return section(t("Scénarios enregistrés"), drawn, note=note)


def since(source: Source, one: Slot) -> Html:
    """What changed since a scenario was saved, in a sentence, with its table under a switch; "" where nothing did."""
    if one.saved is None or one.side is None:
        return Html("")
    found = scenarios_reads.changes(source, one)
    day = numbers.day(one.saved.as_of)
    if not found:
        same = one.saved.as_of == source.as_of and not source.scope and one.saved.outcome is not None
        told = t("Enregistré sur les données du {day} : rien n’a changé depuis.", day=day)
        return tag("p", told, class_="lv-note") if same else Html("")
    sentence = words.since(source.catalogue, found, day)
    drawn = scenarios_tables.drawn(source, SINCE, {"a": one.text})
    return join(
        (
            tag("p", sentence),
            tag("details", tag("summary", t("Voir ce qui a changé depuis")), drawn, class_="lv-more"),
        )
    )


@tables.offered(SINCE)
def since_table(source: Source, asked: Asked) -> Table | None:
    """What newer data make of the saved scenario ``a`` (the latest, where none is named): without and with it, then and now."""
    if source.as_of is None:
        return None
    latest = next((one.scenario_id for one in scenarios_reads.saved_ones(source)), "")
    one = scenarios_reads.slot(source, "a", asked.get("a") or latest)
    found = scenarios_reads.changes(source, one)
    saved_on = one.saved.as_of if one.saved else source.as_of
    then, now = numbers.short_day(saved_on), numbers.short_day(source.as_of)
    columns = (
        Column(t("Indicateur")),
        Column(t("Base au {day}, alors", day=then), "number"),
        Column(t("Scénario au {day}, alors", day=then), "number"),
        Column(t("Base au {day}, maintenant", day=now), "number"),
        Column(t("Scénario au {day}, maintenant", day=now), "number"),
        Column(t("Effet alors"), "number"),
        Column(t("Effet maintenant"), "number"),
        Column(t("Unité"), on_screen=False),
    )
    rows = [_change(source, each) for each in found]
    name = one.saved.name if one.saved else numbers.NONE
    title = t("Scénario « {name} », ce qui a changé depuis", name=name)
    return tables.table(source, title, columns, rows)


def _change(source: Source, one: Change) -> list[object]:
    kpi = source.catalogue.kpis.get(one.kpi)
    unit = kpi.unit if kpi else "score"

    def worded(value: float | None, is_move: bool = False) -> Cell:
        if value is None:
            return Cell(None, numbers.NONE)
        if unit == "score":
            return Cell(value, numbers.decimal(value, 1))
        move = scenarios.signed(value, unit) if value else numbers.NONE
        return Cell(value, move if is_move else units.text(value, unit))

    return [
        said(kpi.label) if kpi else t("Score de l’ensemble"),
        *(worded(value) for value in (*one.then, *one.now)),
        worded(one.effect_then, True),
        worded(one.effect_now, True),
        units.unit_name(unit) if kpi else t("points sur 100"),
    ]
