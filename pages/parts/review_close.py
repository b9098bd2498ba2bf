"""The end of a review: what will be frozen, what is carried forward, and the button that seals the week."""

import streamlit as st

from data.access import ALLOWED, Forbidden
from data.problems import StoreProblem
from metrics.meetings import Meeting
from pages.parts import review_actions, review_links, review_reads, review_write
from pages.parts.markup import Html, div, facts, heading, link, section, show, table, tag
from pages.parts.source import Source
from pages.texts import numbers, review, said, t, tn
from schemas.week import week_of


def draw(source: Source, meeting: Meeting) -> None:
    """The summary before sealing, and the seal."""
    carried = review_reads.to_do(source, meeting.held_on)
    show(
        tag("p", review.title(meeting), class_="lv-kicker"),
        heading(1, _headline(meeting)),
        _waiting(source, meeting),
        section(
            t("Ce qui sera figé"),
            facts(_frozen(source, meeting)),
            note=t(
                "Tel que connu à cet instant. Une modification ultérieure se verra : chaque semaine porte l’empreinte de la précédente."
            ),
        ),
        _taken(source, meeting),
        section(
            t("Ce qui continue : {what}", what=review.actions_title(carried, meeting.held_on)),
            review_actions.open_table(source, carried, meeting.held_on) if carried else "",
        ),
    )
    if "seal" not in ALLOWED.get(source.actor.role, frozenset()) or not review_write.may_write(source):
        return show(tag("p", t("Votre rôle ne scelle pas les semaines."), class_="lv-note"))
    with st.container(key="revue-seal"):
        if st.button(t("Sceller la semaine"), type="primary", key="revue.seal"):
            _seal(source, meeting)
        show(tag("p", t("Un sceau ne se retire pas."), class_="lv-note"), _typing(source, meeting))
    show(tag("p", link(review_links.to(source), t("Revenir à la revue"))))


def _headline(meeting: Meeting) -> str:
    done = sum(item.is_done for item in meeting.items)
    count = len(meeting.items)
    if done == count:
        return t("Tous les points sont traités")
    return tn("{done} point traité sur {n}", "{done} points traités sur {n}", done, done=done, n=count)


def _waiting(source: Source, meeting: Meeting) -> Html | str:
    """The points that nobody marked as dealt with, to go back to."""
    left = [item for item in meeting.items if not item.is_done]
    if not left:
        return ""
    items = (
        tag(
            "li",
            link(review_links.point(source, item.item_id), item.title),
            " ",
            tag("span", t("sans compte rendu"), class_="lv-grey") if not item.said else "",
        )
        for item in left
    )
    return div("lv-notice", heading(3, t("Pas encore traités")), tag("ul", *items))


def _frozen(source: Source, meeting: Meeting) -> list[tuple[object, object]]:
    known = [one for one in source.readings().values() if one.value is not None]
    written = sum(bool(item.said) for item in meeting.items)
    return [
        (t("Données au"), numbers.day(source.as_of)),
        (
            t("Indicateurs"),
            tn(
                "{n} valeur, avec statut, cible et signaux",
                "{n} valeurs, avec statut, cible et signaux",
                len(known),
            ),
        ),
        (t("Projets"), t("étapes, plans de financement et échéances de chaque dossier")),
        (
            t("Ordre du jour"),
            tn(
                "{n} point, {written} avec compte rendu",
                "{n} points, {written} avec compte rendu",
                len(meeting.items),
                written=written,
            ),
        ),
        (t("Décisions"), numbers.decimal(len(meeting.decisions))),
        (t("Actions prises"), numbers.decimal(len(meeting.actions))),
    ]


def _taken(source: Source, meeting: Meeting) -> Html | str:
    """The decisions of this review."""
    if not meeting.decisions:
        return ""
    titles = {item.item_id: item.title for item in meeting.items}
    rows = [[one.words, titles.get(one.item_id, "")] for one in meeting.decisions]
    words = tn("{n} décision", "{n} décisions", len(rows))
    return section(words, table([t("Décision"), t("Point")], rows, caption=words, class_="lv-labels"))


def _typing(source: Source, meeting: Meeting) -> Html:
    """What a seal leaves behind: words that somebody is still typing; and who stored some a moment ago."""
    asked = t(
        "Chacun a-t-il enregistré sa saisie ? Un texte en cours reste chez son auteur et n’entre pas au compte rendu."
    )
    who = [
        t("{n} par {name}", n=n, name=name)
        for name, n in review_reads.stored_lately(source, meeting.meeting_id)
    ]
    lately = t("Points enregistrés ces dix dernières minutes : {who}.", who=", ".join(who)) if who else ""
    return tag("p", " ".join(filter(None, (asked, lately))), class_="lv-told")


def _seal(source: Source, meeting: Meeting) -> None:
    """Seal the week; the page is then its minutes."""
    if review_write.fresh(source, meeting.meeting_id) is None:
        return review_write.told()
    try:
        with st.spinner(t("La semaine est figée, puis scellée…")):
            source.store.seal(source.actor, week_of(meeting.held_on))
    except Forbidden:
        review_write.say(
            t("Votre rôle ne permet pas cela."), t("Demandez à l’administrateur de Levier de vous l’ouvrir.")
        )
        return review_write.told()
    except StoreProblem as problem:
        review_write.say(t("La semaine n’est pas scellée."), said(problem.text))
        return review_write.told()
    st.query_params.pop("step", None)
    st.query_params["meeting"] = meeting.meeting_id
    st.rerun()
