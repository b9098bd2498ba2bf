"""Reviewing the brief and letting it go: what was read is bound by its sha256, and nothing else is sent."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.access import ALLOWED, require
from data.report import Report
from metrics.briefs import Review
from pages.exports import brief, despatch
from pages.exports.despatch import NotReviewed
from pages.exports.mail import Outcome
from pages.exports.maildays import last_days
from pages.exports.mailfields import BadSettings
from pages.exports.mailsettings import Settings, check_rules, read_settings
from pages.exports.outgoing import Outgoing
from pages.parts import signal_forms
from pages.parts.guard import notice
from pages.parts.intake import attempt
from pages.parts.markup import Html, join, section, show, table, tag
from pages.parts.source import Source
from pages.texts import numbers, t, tn

ABOUT = "brief-review"
SENT = "brief.sent"  # what became of the mails of this visit's last sending


def may_send(source: Source) -> bool:
    """Whether the visitor's role sends: for showing; ``go`` checks before it sends."""
    return "send" in ALLOWED.get(source.actor.role, frozenset())


def state(going: Outgoing) -> str:
    """Where the brief stands, in words."""
    if going.review:
        return _reviewed(going.review)
    if going.choices.reviews:
        return t("Modifiée depuis la relecture : à relire")
    return t("À relire avant de partir")


def _reviewed(review: Review) -> str:
    return t(
        "Relue le {day} par {who} : prête à partir",
        day=numbers.day(review.decided_on),
        who=review.decided_by or numbers.NONE,
    )


def draw(source: Source, going: Outgoing) -> None:
    """Put the review and the sending on the page."""
    show(section(t("Relire, puis envoyer"), tag("p", f"{state(going)}.")))
    if signal_forms.may_write(source):
        signal_forms.just_done(source, ABOUT)
        _review(source, going)
    if may_send(source):
        _sending(source, going)


def _review(source: Source, going: Outgoing) -> None:
    """The button that says that it was read; afterwards, the one that takes it back."""
    review = going.review
    if review is None:
        if st.button(t("Relu : prêt à partir"), type="primary", key="brief.reviewed"):
            row = {"as_of": source.as_of, "edition": going.sha256}
            done: Report | None = attempt(lambda: source.store.record(source.actor, "brief_reviews", [row]))
            signal_forms.settle(done, ABOUT, t("La relecture est enregistrée : rien d’autre ne partira."))
    elif st.button(t("Reprendre la relecture"), key="brief.unreviewed"):
        done = attempt(lambda: source.store.withdraw(source.actor, "brief_reviews", [review.review_id]))
        signal_forms.settle(done, ABOUT, t("La relecture est reprise : la note ne part plus."))


def _sending(source: Source, going: Outgoing) -> None:
    try:
        settings = read_settings()
        if settings:
            check_rules(settings, going.rules)
    except BadSettings as problem:
        return show(notice(problem.what, problem.mend))
    if settings is None:
        words = t("Écrivez les réglages du courriel (LEVIER_MAIL, var/mail.yml) : serveur et destinataires.")
        return show(notice(t("Aucun envoi n’est réglé."), words, "good"))
    show(recipients(settings))
    ready = going.review is not None
    if st.button(
        tn("Envoyer à {n} destinataire", "Envoyer à {n} destinataires", len(settings.recipients)),
        type="primary" if ready else "secondary",
        disabled=not ready,
        key="brief.send",
    ):
        with st.spinner(t("Envoi…")):
            st.session_state[SENT] = (going.sha256, attempt(lambda: go(source, going, settings)))
        st.rerun()
    kept = st.session_state.get(SENT)
    if kept and kept[0] == going.sha256 and kept[1] is not None:
        show(told(kept[1]))


def go(source: Source, going: Outgoing, settings: Settings) -> list[Outcome] | str:
    """Send what was reviewed; the words say why nothing goes. Action ``send``; raises Forbidden."""
    require(source.actor, "send")
    try:
        return despatch.despatch(going, settings, brief.write, date.today())
    except NotReviewed as problem:
        return str(problem)
    except BadSettings as problem:
        return f"{problem.what} {problem.mend}"


def told(outcomes: Sequence[Outcome] | str) -> Html:
    """What became of each mail."""
    if isinstance(outcomes, str):
        return notice(t("Rien n’est parti."), outcomes)
    if not outcomes:
        return notice(t("Rien n’est parti."), t("Personne n’a rien à recevoir."), "good")
    bad = any(outcome.is_bad for outcome in outcomes)
    lines = join(tag("li", despatch.said(outcome)) for outcome in outcomes)
    title = t("Tout n’est pas parti") if bad else t("Envoi terminé")
    return section(title, tag("ul", lines, class_="lv-brief-sent"), class_="lv-brief-outcome")


def recipients(settings: Settings) -> Html:
    """Who receives what, by name: an address is shown nowhere."""
    days = last_days(settings)
    rows = [
        [
            one.name,
            ", ".join(one.rules) or t("toutes les règles"),
            t("note et alertes") if one.brief else t("alertes"),
            one.lang,
            numbers.day(days[one.name]) if days.get(one.name) else t("jamais"),
        ]
        for one in settings.recipients
    ]
    head = [t("Destinataire"), t("Règles"), t("Reçoit"), t("Langue"), t("Dernier envoi")]
    return table(head, rows, caption=t("Destinataires de la note"), class_="lv-labels")
