"""The sheet's targets: the one in force, those before it with what they judged, the directorates', and the form to decide."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from metrics import deciding
from metrics.definitions import Kpi
from metrics.goals import Goal, goal_of
from metrics.reading import Reading
from metrics.refusing import BadEntry
from pages.parts import entering, reads, signal_forms, status, tables
from pages.parts.guard import notice
from pages.parts.markup import Html, section, show, tag
from pages.parts.source import Source
from pages.parts.tables import Cell, Column
from pages.texts import beside, judgements, numbers, said, t, units

TABLE = "fiche-cibles"


def draw(source: Source, kpi: Kpi) -> None:
    """Put the panel and, for who may decide, the form on the page."""
    if source.as_of is None or kpi.companion_of:
        return
    show(panel(source, kpi))
    if signal_forms.may_write(source):
        signal_forms.just_done(source, f"target-{kpi.id}")
        with st.expander(t("Changer la cible")):
            _form(source, kpi)


def panel(source: Source, kpi: Kpi) -> Html:
    """The target in force in a sentence, and the decisions that led to it in a table."""
    drawn = tables.drawn(source, TABLE, class_="lv-labels", kpi=kpi.id)
    return section(t("Cibles"), tag("p", in_force(source, kpi)), drawn, class_="lv-targets")


def in_force(source: Source, kpi: Kpi) -> str:
    """What the KPI is judged by at the source's date, since when, and by whom."""
    now = beside.target(kpi)
    if not now:
        return t("Aucune cible n’est fixée.")
    goal = _decided(source, kpi)
    if goal is None:
        return t("Cible en vigueur : {target}, celle du catalogue.", target=now)
    words = t(
        "Cible en vigueur : {target}, depuis le {day}, décidée par {who}.",
        target=now,
        day=numbers.day(goal.valid_from),
        who=goal.decided_by or numbers.NONE,
    )
    due = t("À atteindre pour le {day}.", day=numbers.day(kpi.due)) if kpi.due else ""
    return f"{words} {due}".strip()


def _decided(source: Source, kpi: Kpi) -> Goal | None:
    assert source.as_of is not None
    own = source.goals.at(kpi.id, source.as_of, source.scope) if source.scope else None
    return own or source.goals.at(kpi.id, source.as_of)


@tables.offered(TABLE)
def targets_table(source: Source, asked: tables.Asked) -> tables.Table | None:
    """Every decision on the KPI ``asked`` that this scope may see, the newest first, with the status it last gave."""
    kpi = source.kpi(asked.get("kpi", ""))
    found = decisions(source, kpi) if kpi else []
    if kpi is None or not found:
        return None
    columns = (
        Column(t("Valide du")),
        Column(t("Périmètre")),
        Column(t("Cible"), "number", kpi.unit),
        Column(t("Plancher"), "number", kpi.unit),
        Column(t("Échéance"), "date"),
        Column(t("Dernier statut jugé")),
        Column(t("Motif")),
        Column(t("Décidé par")),
        Column(t("Décidé le"), "date"),
    )
    rows = [_row(source, kpi, goal) for goal in reversed(found)]
    return tables.table(source, t("Cibles et leur histoire"), columns, rows, about=kpi.id)


def decisions(source: Source, kpi: Kpi) -> list[Goal]:
    """The decisions for the source's scope and the whole town; on the whole town's sheet, the directorates' too."""
    scopes = {"", source.scope} if source.scope else {"", *source.every_scope}
    found = [goal for scope in sorted(scopes) for goal in source.goals.history(kpi.id, scope)]
    return sorted(found, key=lambda goal: goal.valid_from)


def _row(source: Source, kpi: Kpi, goal: Goal) -> list[object]:
    aimed = goal.of(kpi)
    last = judged_last(source, kpi, goal)
    words = Cell(judgements.word_of(last), status.of_reading(last)) if last else None
    return [
        Cell(goal.valid_from.isoformat(), numbers.day(goal.valid_from)),
        goal.directorate or t("Toute la ville"),
        Cell(goal.target, beside.target(aimed) if goal.target is not None or goal.band else numbers.NONE),
        Cell(goal.floor, units.short(goal.floor, kpi.unit) if goal.floor is not None else numbers.NONE),
        goal.due,
        words,
        goal.reason,
        goal.decided_by,
        goal.decided_on,
    ]


def judged_last(source: Source, kpi: Kpi, goal: Goal) -> Reading | None:
    """The last reading that a decision judged: yesterday's status stays judged by yesterday's target."""
    assert source.as_of is not None
    later = [
        g.valid_from for g in source.goals.history(kpi.id, goal.directorate) if g.valid_from > goal.valid_from
    ]
    until = min(later, default=None)
    series = reads.series(source.reads, kpi.id, goal.directorate)
    kept = [
        reading
        for reading in series
        if goal.valid_from <= reading.as_of <= source.as_of and (until is None or reading.as_of < until)
    ]
    return kept[-1] if kept else None


def _form(source: Source, kpi: Kpi) -> None:
    """The form: target in the reader's unit, from when, until when, why."""
    with st.form(f"targets.form.{kpi.id}", border=False):
        left, middle, right = st.columns(3)
        sign = entering.sign(kpi.unit)
        unit = f" ({sign})" if sign else ""
        given: dict[str, Any] = {
            "target": left.text_input(t("Nouvelle cible") + unit, entering.typed(kpi.target, kpi.unit))
        }
        if kpi.direction == "band":
            low, high = kpi.band or (None, None)
            given["low"] = middle.text_input(t("Bas de la bande") + unit, entering.typed(low, kpi.unit))
            given["high"] = right.text_input(t("Haut de la bande") + unit, entering.typed(high, kpi.unit))
        else:
            given["floor"] = middle.text_input(
                t("Plancher (score 0)") + unit, entering.typed(kpi.floor, kpi.unit)
            )
            places = ["", *source.scopes]
            given["scope"] = right.selectbox(
                t("Pour"),
                places,
                index=places.index(source.scope),
                format_func=lambda name: name or t("Toute la ville"),
            )
        given["valid_from"] = left.date_input(t("Valide à partir du"), source.as_of, format="DD/MM/YYYY")
        given["due"] = middle.date_input(t("Échéance (facultative)"), kpi.due, format="DD/MM/YYYY")
        given["reason"] = st.text_input(t("Motif"), placeholder=t("pourquoi la cible change, en une phrase"))
        if st.form_submit_button(t("Enregistrer la cible"), type="primary"):
            _decide(source, kpi, given)


def _decide(source: Source, kpi: Kpi, given: Mapping[str, Any]) -> None:
    try:
        row = row_of(kpi, given)
        defined = source.defined(kpi.id)
        if defined and row["valid_from"]:
            before = source.goals.kpi_at(defined, row["valid_from"], row["directorate"] or "")
            deciding.check_changes(before, goal_of(row).of(defined))
    except BadEntry as error:
        return show(notice(said(error.reason), said(error.mend)))
    signal_forms.record(source, "targets", row, f"target-{kpi.id}", t("La cible est changée."))


def row_of(kpi: Kpi, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form gives as a row of table ``targets``, in base units. Raises BadEntry for what makes no sense."""
    target, floor = _figure(kpi, given, "target"), _figure(kpi, given, "floor")
    low, high = _figure(kpi, given, "low"), _figure(kpi, given, "high")
    band = (low, high) if low is not None and high is not None else None
    reason, valid_from, due = str(given.get("reason") or ""), given.get("valid_from"), given.get("due")
    deciding.check(kpi, target=target, floor=floor, band=band, valid_from=valid_from, due=due, reason=reason)
    return {
        "kpi": kpi.id,
        "directorate": given.get("scope") or None,
        "valid_from": valid_from,
        "target": target,
        "floor": floor,
        "band_low": low,
        "band_high": high,
        "due_on": due,
        "reason": reason.strip(),
        "decided_on": date.today(),
    }


def _figure(kpi: Kpi, given: Mapping[str, Any], name: str) -> float | None:
    text = str(given.get(name) or "")
    try:
        return entering.entered(text, kpi.unit)
    except ValueError as error:
        raise deciding.no_figure(text) from error
