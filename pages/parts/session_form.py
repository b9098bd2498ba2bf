"""The fields of a session, one under the other on a phone, in the order in which an animator knows them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from metrics.ecosystem import Practice
from pages.parts.fiche_columns import label
from pages.parts.markup import show, tag
from pages.parts.session_checks import Check
from pages.parts.session_entry import Session, filled
from pages.texts import t
from schemas.practice_sessions import SESSION_KINDS

Place = Any  # a container of Streamlit
LARGEST = 100_000  # of a count: a slip of the finger, not a session


class Form:
    """One form under way. Its fields bear its id, so that the next one starts empty."""

    def __init__(self, id: str, start: Session, days: tuple[date, date]) -> None:
        self.id, self.start, self.days = id, start, days
        self.places: dict[str, Place] = {}

    def draw(self, practices: Sequence[Practice], directorates: Sequence[str]) -> Session:
        """Put the fields on the page and return what they say."""
        given = self._what(practices)
        given |= self._where(directorates)
        kind = given["kind"]
        given |= self._counts(kind)
        given |= self._means()
        given |= self._scores(opened=kind == "mooc" or self.start.score_before is not None)
        return filled(self.start, given)

    def say(self, found: Sequence[Check]) -> None:
        """Put each remark under its field."""
        for name, place in self.places.items():
            for check in (one for one in found if one.field == name):
                kind = "ask" if check.severity == "warning" else "bad"
                with place:
                    show(
                        tag("p", check.words, id=f"lv-check-{name}", class_=f"lv-check {kind}", role="alert")
                    )

    def _what(self, practices: Sequence[Practice]) -> dict[str, Any]:
        kinds = list(SESSION_KINDS)
        kind = self._at("kind").radio(
            t("Séance de"),
            kinds,
            index=kinds.index(self.start.kind),
            format_func=lambda code: label("session_kind", code),
            horizontal=True,
            key=self._key("kind"),
        )
        given: dict[str, Any] = {"kind": kind}
        if kind == "practice":
            names = {p.practice: p.name for p in practices}
            given["practice"] = self._chosen("practice", t("Outil"), names, t("Choisir un outil"))
        first, last = self.days
        given["held_on"] = self._at("held_on").date_input(
            t("Date"), self.start.held_on, first, last, format="DD/MM/YYYY", key=self._key("held_on")
        )
        return given

    def _where(self, directorates: Sequence[str]) -> dict[str, Any]:
        names = dict.fromkeys(directorates)
        if self.start.directorate:
            names.setdefault(self.start.directorate)
        every = {"": t("Plusieurs directions")} | {name: name for name in names}
        chosen = list(every).index(self.start.directorate or "")
        where = self._at("directorate").selectbox(
            t("Direction"), list(every), chosen, format_func=every.__getitem__, key=self._key("directorate")
        )
        who = self._at("is_run_by_team").radio(
            t("Animée par"),
            [True, False],
            index=None
            if self.start.is_run_by_team is None
            else [True, False].index(self.start.is_run_by_team),
            format_func=lambda team: t("L’équipe projet") if team else t("La direction, sans l’équipe"),
            horizontal=True,
            key=self._key("is_run_by_team"),
        )
        return {"directorate": where or None, "is_run_by_team": who}

    def _chosen(self, name: str, words: str, names: Mapping[str, str], hint: str) -> str | None:
        asked = getattr(self.start, name)
        codes = list(names)
        place = codes.index(asked) if asked in names else None
        found: str | None = self._at(name).selectbox(
            words, codes, place, format_func=names.__getitem__, placeholder=hint, key=self._key(name)
        )
        return found

    def _counts(self, kind: str) -> dict[str, Any]:
        given: dict[str, Any] = {}
        unknown = t("inconnu")
        if kind == "mooc":
            left, right = st.columns(2)
            given["enrolled"] = self._count(left, "enrolled", t("Inscrits"), unknown)
            given["completed"] = self._count(right, "completed", t("Parcours terminés"), unknown)
        left, right = st.columns(2)
        came = t("Participants actifs") if kind == "mooc" else t("Participants")
        given["participants"] = self._count(left, "participants", came, t("nécessaire"))
        given["newcomers"] = self._count(right, "newcomers", t("Dont venus pour la première fois"), unknown)
        left, right = st.columns(2)
        given["opinions"] = self._count(left, "opinions", t("Avis exprimés"), unknown)
        given["opinions_relevant"] = self._count(
            right, "opinions_relevant", t("Dont avis « pertinent »"), unknown
        )
        return given

    def _means(self) -> dict[str, Any]:
        left, right = st.columns(2)
        hours = self._number(left, "hours", t("Heures mobilisées, animateurs compris"), 0.5, t("inconnu"))
        cost = self._number(right, "external_cost_amount", t("Coût externe (€)"), 1.0, t("inconnu"))
        return {"hours": hours, "external_cost_amount": cost}

    def _scores(self, opened: bool) -> dict[str, Any]:
        with st.expander(t("Score avant et après (facultatif)"), expanded=opened):
            left, right = st.columns(2)
            return {
                "score_before": self._number(left, "score_before", t("Score avant"), 0.5, "", least=None),
                "score_after": self._number(right, "score_after", t("Score après"), 0.5, "", least=None),
            }

    def _count(self, column: Place, name: str, words: str, hint: str) -> int | None:
        return self._numeric(column, name, words, hint, min_value=0, max_value=LARGEST, step=1, value=int)

    def _number(
        self, column: Place, name: str, words: str, step: float, hint: str, least: float | None = 0.0
    ) -> float | None:
        return self._numeric(column, name, words, hint, min_value=least, step=step, format="%g", value=float)

    def _numeric(
        self, column: Place, name: str, words: str, hint: str, value: Callable[[Any], Any], **more: Any
    ) -> Any:
        asked = getattr(self.start, name)
        return self._at(name, column).number_input(
            words,
            value=None if asked is None else value(asked),
            placeholder=hint or None,
            key=self._key(name),
            **more,
        )

    def _at(self, name: str, column: Place | None = None) -> Place:
        """The place of a field, where what is said of it comes to stand too."""
        self.places[name] = (column or st).container(gap=None, key=f"seance-field-{name}")
        return self.places[name]

    def _key(self, name: str) -> str:
        return f"seance.{self.id}.{name}"
