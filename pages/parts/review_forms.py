"""A decision noted, an action added: typed in place, linked to what the point is about."""

from datetime import date, timedelta

import streamlit as st

from metrics.meetings import AgendaItem, Meeting, owners
from pages.parts import review_links, review_said, review_write
from pages.parts.markup import heading, link, show, tag
from pages.parts.review_write import Row
from pages.parts.source import Source
from pages.texts import said, t
from schemas.fields import LONGEST_NOTE

NEXT = "revue.forms"  # how many were stored: the next form is a new one, empty
Links = dict[str, str | None]


def draw(source: Source, meeting: Meeting, item: AgendaItem, form: str) -> None:
    """The form that the address opened."""
    number, field = st.session_state.get(NEXT, 0), f"{form}-{item.item_id}"
    with st.container(key=f"keep-{field}"):
        show(
            tag("span", id="saisie"),
            heading(2, t("Noter une décision") if form == "decision" else t("Ajouter une action")),
        )
        show(review_said.marker(source, meeting.meeting_id, field, "", "", focus=f"{field}-{number}"))
        with st.form(f"revue.{field}.{number}", border=False):
            words = st.text_area(
                t("Décision") if form == "decision" else t("Action"), max_chars=LONGEST_NOTE, height=80
            )
            owner, due_on = _whose(source, meeting, item) if form == "action" else ("", None)
            linked = _linked(source, item)
            pressed = st.form_submit_button(
                t("Enregistrer la décision") if form == "decision" else t("Enregistrer l’action"),
                type="primary",
            )
        show(link(review_links.to(source, item=item.item_id), t("Fermer sans enregistrer")))
    if pressed and form == "decision":
        _decide(source, meeting, item, words, linked)
    elif pressed:
        _act(source, meeting, item, words, owner, due_on, linked)


def _whose(source: Source, meeting: Meeting, item: AgendaItem) -> tuple[str, date | None]:
    left, right = st.columns([2, 1])
    owner = left.selectbox(
        t("Responsable (un rôle, jamais un nom)"),
        suggestions(source, item),
        index=None,
        placeholder=t("Choisir ou taper un rôle"),
        accept_new_options=True,
    )
    monday = meeting.held_on + timedelta(days=7 - meeting.held_on.weekday())
    due_on = right.date_input(t("Échéance"), monday, format="DD/MM/YYYY", min_value=meeting.held_on)
    return (owner or "").strip(), due_on


def suggestions(source: Source, item: AgendaItem) -> list[str]:
    """Roles to choose from: those that had an action, the owner of what the point is about, then the scorecard's."""
    kpi = source.kpi(item.kpi) if item.kpi else None
    own = [kpi.owner] if kpi and kpi.owner else []
    every = (objective.owner for objective in source.catalogue.scorecard.objectives.values())
    return list(dict.fromkeys([*own, *owners(source.engine), *filter(None, every)]))


def _linked(source: Source, item: AgendaItem) -> Links:
    with st.expander(t("Liée à : {what}", what=_named(source, item)), expanded=False):
        kpis = {id: f"{kpi.code} {said(kpi.label)}" for id, kpi in source.catalogue.kpis.items()}
        found: Links = {
            "kpi": _choice(t("Indicateur"), kpis, item.kpi),
            "project": st.text_input(t("Projet (identifiant)"), item.project).strip() or None,
            "partner": st.text_input(t("Partenaire (identifiant)"), item.partner).strip() or None,
        }
    return found


def _named(source: Source, item: AgendaItem) -> str:
    kpi = source.kpi(item.kpi) if item.kpi else None
    parts = [kpi.code if kpi else "", item.project, item.partner]
    return ", ".join(part for part in parts if part) or t("rien")


def _choice(words: str, options: dict[str, str], chosen: str) -> str | None:
    ids = list(options)
    place = ids.index(chosen) if chosen in options else None
    found: str | None = st.selectbox(
        words, ids, place, format_func=options.__getitem__, placeholder=t("aucun")
    )
    return found


def _decide(source: Source, meeting: Meeting, item: AgendaItem, words: str, linked: Links) -> None:
    if not words.strip():
        return _wanting(t("Écrivez la décision."))
    row: Row = {"meeting_id": meeting.meeting_id, "item_id": item.item_id, "words": words.strip(), **linked}
    _store(source, meeting, f"decision-{item.item_id}", {"decisions": [row]}, words, t("Décision notée."))


def _act(
    source: Source,
    meeting: Meeting,
    item: AgendaItem,
    words: str,
    owner: str,
    due_on: date | None,
    linked: Links,
) -> None:
    if not words.strip() or not owner or due_on is None:
        return _wanting(t("Il faut une action, un responsable et une échéance."))
    row: Row = {
        "meeting_id": meeting.meeting_id,
        "item_id": item.item_id,
        "words": words.strip(),
        "owner": owner,
        "due_on": due_on,
        "state": "open",
        **linked,
    }
    _store(source, meeting, f"action-{item.item_id}", {"actions": [row]}, words, t("Action ajoutée."))


def _wanting(words: str) -> None:
    st.warning(words)


def _store(
    source: Source,
    meeting: Meeting,
    field: str,
    rows: dict[str, list[Row]],
    typed: str,
    words: str,
) -> None:
    if review_write.fresh(source, meeting.meeting_id) is None:
        return review_write.told()
    done = review_write.store(source, rows)
    if done is not None and done.ok:
        st.session_state[NEXT] = st.session_state.get(NEXT, 0) + 1
        st.session_state[review_said.STORED] = (f"{source.town}|{meeting.meeting_id}|{field}", typed)
    review_write.leave(done, words, "form")
