"""A session in a sentence, before and after it is saved."""

from collections.abc import Mapping

from pages.parts import signal_forms
from pages.parts.fiche_columns import label
from pages.parts.markup import Html, link, tag
from pages.parts.session_entry import Session
from pages.parts.source import Source
from pages.texts import numbers, t, tn, units


def named(session: Session, names: Mapping[str, str]) -> str:
    """What was held: the practice's exact name, else the kind."""
    known = names.get(session.practice or "")
    return known if session.kind == "practice" and known else label("session_kind", session.kind)


def held(session: Session, names: Mapping[str, str]) -> str:
    """What, when, for whom: ``cadran total, 30 juin 2015, DADI``."""
    where = session.directorate or t("plusieurs directions")
    return ", ".join((named(session, names), numbers.day(session.held_on), where))


def summary(session: Session) -> str:
    """What was counted: ``12 participants dont 3 nouveaux, 8 avis dont 8 pertinents, 20 h mobilisées, sans coût externe``."""
    if session.participants is None:
        return t("Le nombre de participants manque encore.")
    parts = [_people(session), _opinions(session), _hours(session), _cost(session), _scores(session)]
    return f"{', '.join(part for part in parts if part)}."


def _people(session: Session) -> str:
    n = session.participants or 0
    if session.kind == "mooc":
        known = [
            (session.enrolled, tn("{n} inscrit", "{n} inscrits", session.enrolled or 0)),
            (session.completed, tn("{n} terminé", "{n} terminés", session.completed or 0)),
            (n, tn("{n} actif", "{n} actifs", n)),
        ]
        came = ", ".join(words for count, words in known if count is not None)
    else:
        came = tn("{n} participant", "{n} participants", n)
    if session.newcomers is None:
        return t("{came} (nouveaux non comptés)", came=came)
    return tn("{came} dont {n} nouveau", "{came} dont {n} nouveaux", session.newcomers, came=came)


def _opinions(session: Session) -> str:
    if session.opinions is None:
        return t("avis non relevés")
    said = tn("{n} avis", "{n} avis", session.opinions)
    if session.opinions_relevant is None or not session.opinions:
        return said
    return tn("{said} dont {n} pertinent", "{said} dont {n} pertinents", session.opinions_relevant, said=said)


def _hours(session: Session) -> str:
    if session.hours is None:
        return t("heures non relevées")
    return t("{hours} mobilisées", hours=units.text(session.hours, "hours", exact=True))


def _cost(session: Session) -> str:
    if session.external_cost_amount is None:
        return t("coût externe non relevé")
    if not session.external_cost_amount:
        return t("sans coût externe")
    return t("{cost} de coût externe", cost=units.text(session.external_cost_amount, "eur", exact=True))


def _scores(session: Session) -> str:
    if session.score_before is None or session.score_after is None:
        return ""
    before, after = numbers.plain(session.score_before, 1), numbers.plain(session.score_after, 1)
    return t("score {before} avant et {after} après", before=before, after=after)


def way(source: Source, practice: str = "") -> Html:
    """The button that opens the form, for who may write; "" for others."""
    if not signal_forms.may_write(source):
        return Html("")
    href = source.link("seance", practice=practice) if practice else source.link("seance")
    return tag("p", link(href, t("Noter une séance"), class_="lv-button"), class_="lv-session-way")
