"""New bases of a chart: those decided with their reason, the one to consider with its evidence, the form to decide."""

from datetime import date

import streamlit as st

from metrics import xmr
from metrics.definitions import Kpi
from metrics.rebases import Rebase
from metrics.rebasing import Proposal
from metrics.signals import ControlChart, control_chart
from pages.parts import signal_forms, signal_words
from pages.parts.markup import Html, div, heading, show, span, tag
from pages.parts.signal_reads import control, proposals
from pages.parts.source import Source
from pages.texts import numbers, said, t

LONGEST = 500  # characters of a reason


def draw(source: Source, kpi: Kpi) -> None:
    """Decided bases, the proposal, the form."""
    found = control(source, kpi.id)
    if found.chart is None:
        return
    decided = source.rebases(kpi.id)
    if decided:
        show(listed(decided))
    offered = proposals(source, kpi.id)
    for one in offered:
        show(proposed(kpi, one))
    signal_forms.just_done(source, f"base-{kpi.id}")
    has_limits = any(part.limits.is_drawn for part in found.chart.segments)
    if has_limits and signal_forms.may_write(source):
        _form(source, kpi, found, offered[0] if offered else None)


def listed(decided: tuple[Rebase, ...]) -> Html:
    """The new bases with who decided them, when and why."""
    items = (
        tag(
            "li", tag("b", numbers.month(base.rebased_on)), f" {base.reason} ", span("lv-grey", _signed(base))
        )
        for base in decided
    )
    return div("lv-notes", heading(3, t("Bases recalculées")), tag("ul", *items))


def _signed(base: Rebase) -> str:
    parts = (base.decided_by, signal_words.dated(base.decided_on))
    return ", ".join(part for part in parts if part)


def proposed(kpi: Kpi, one: Proposal) -> Html:
    """A base to consider: the change, the evidence, and that nobody has decided it."""
    words = {
        "n": one.count,
        "month": numbers.month(one.first),
        "mean": signal_words.value(one.before.mean, kpi.unit),
        "after": signal_words.value(one.after.mean, kpi.unit),
    }
    above = t(
        "Depuis {month}, {n} points de suite au-dessus de l’ancienne moyenne de {mean} ; leur moyenne est {after}.",
        **words,
    )
    below = t(
        "Depuis {month}, {n} points de suite sous l’ancienne moyenne de {mean} ; leur moyenne est {after}.",
        **words,
    )
    return div(
        "lv-notice lv-proposal",
        heading(3, t("Une nouvelle base est à décider")),
        tag("p", above if one.side > 0 else below),
        tag(
            "p",
            t(
                "Changement connu : {change}, {day}.",
                change=said(one.change.words),
                day=numbers.day(one.change.happened_on),
            ),
        ),
        tag("p", t("Rien n’est recalculé tant que personne ne le décide."), class_="lv-grey"),
        role="status",
    )


def _form(source: Source, kpi: Kpi, found: ControlChart, one: Proposal | None) -> None:
    """Choose the first point of the new base, see the limits before and after, give the reason."""
    days = list(found.days[1:])[::-1]
    if not days:
        return
    with st.popover(t("Refaire la base")):
        at = days.index(one.first) if one and one.first in days else 0
        start = st.selectbox(
            t("Premier point de la nouvelle base"),
            days,
            index=at,
            format_func=numbers.month,
            key=f"base-at-{kpi.id}",
        )
        show(before_after(source, kpi, found, start))
        with st.form(f"base-{kpi.id}", border=False):
            reason = st.text_area(
                t("Motif : quel changement connu ?"), said(one.change.words) if one else "", max_chars=LONGEST
            )
            sent = st.form_submit_button(t("Décider cette base"), type="primary")
        if sent and not reason.strip():
            show(tag("p", t("Écrivez quelques mots."), role="alert"))
        elif sent:
            row = {
                "kpi": kpi.id,
                "directorate": source.scope or None,
                "rebased_on": start.replace(day=1),
                "reason": reason.strip(),
            }
            signal_forms.record(source, "rebases", row, f"base-{kpi.id}", t("La base est recalculée."))


def before_after(source: Source, kpi: Kpi, found: ControlChart, start: date) -> Html:
    """The limits in force and those of the base to come, one under the other."""
    assert found.chart is not None
    bases = [*(base.rebased_on for base in source.rebases(kpi.id)), start]
    then = control_chart(kpi, source.series(kpi.id), bases)
    after = then.chart.limits if then.chart else None
    rows = [(t("Limites en vigueur"), found.chart.limits), (t("Après cette base"), after)]
    return tag(
        "dl",
        *(tag("div", tag("dt", name), tag("dd", _limits(kpi, lines))) for name, lines in rows),
        class_="lv-facts",
    )


def _limits(kpi: Kpi, lines: xmr.Limits | None) -> str:
    if lines is None or not lines.is_drawn:
        return t("pas encore : moins de {least} points", least=xmr.LEAST)
    mean, low, high = (signal_words.value(v, kpi.unit) for v in (lines.mean, lines.lower, lines.upper))
    return t("moyenne {mean}, de {low} à {high} (n = {n})", mean=mean, low=low, high=high, n=lines.n)
