"""What is said of a session before it is saved, each beside its field: errors keep it out, warnings ask to be sure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from pages.parts.session_entry import Session
from pages.texts import numbers, t, tn

ARCHIVE = 92  # days without an event after which a store is looked back at rather than kept up


@dataclass(frozen=True)
class Check:
    """One remark on one field. ``missing`` ones wait until somebody tried to save."""

    field: str
    words: str
    severity: Literal["error", "warning", "missing"] = "error"


@dataclass(frozen=True)
class Context:
    """What a session is checked against, itself left out.

    ``trialled`` is each practice's first trial (None: not yet); ``twins`` counts the sessions of the same practice, date and
    directorate; ``strangers`` the staff that never came (None: unknown); ``latest`` is the date of the data.
    """

    today: date
    latest: date | None = None
    trialled: Mapping[str, date | None] = field(default_factory=dict)
    twins: int = 0
    strangers: int | None = None
    before: Session | None = None


def checks(session: Session, context: Context) -> tuple[Check, ...]:
    """Return every remark, in the order of the form."""
    return (
        *_missing(session, context),
        *_day(session, context),
        *_twins(session, context),
        *_counts(session, context),
    )


def _missing(session: Session, context: Context) -> Iterator[Check]:
    if session.kind == "practice" and not session.practice:
        yield Check("practice", t("Quel outil ? Choisissez-le dans la liste."), "missing")
    if session.held_on is None:
        yield Check("held_on", t("Quel jour ? La date est nécessaire."), "missing")
    # A row of a file may not say it: correcting its count must not force a guess.
    if session.is_run_by_team is None and (
        context.before is None or context.before.is_run_by_team is not None
    ):
        yield Check("is_run_by_team", t("Qui l’a animée ? L’adoption autonome se compte ainsi."), "missing")
    if session.participants is None:
        yield Check("participants", t("Combien étaient-ils ? Ce nombre est nécessaire."), "missing")


def _day(session: Session, context: Context) -> Iterator[Check]:
    day, first = session.held_on, context.trialled.get(session.practice or "")
    if day is None:
        return
    if day > context.today:
        yield Check("held_on", t("Cette date est à venir : une séance se note une fois tenue."))
    elif session.kind == "practice" and first and day < first:
        words = t(
            "L’outil a été expérimenté pour la première fois le {day} : pas avant.", day=numbers.day(first)
        )
        yield Check("held_on", words)
    elif context.latest and day > context.latest + timedelta(days=ARCHIVE):
        words = t(
            "Les données s’arrêtent au {latest}. Cette séance les daterait du {day}, et ce qui n’a pas bougé depuis serait dit périmé.",
            latest=numbers.day(context.latest),
            day=numbers.day(day),
        )
        yield Check("held_on", words, "warning")


def _twins(session: Session, context: Context) -> Iterator[Check]:
    # A form that starts with the last session's practice and date is not yet a second one.
    if context.twins and session.participants is not None:
        words = tn(
            "Une séance du même type, ce jour-là, pour la même direction, est déjà notée. Est-ce une autre ?",
            "{n} séances du même type, ce jour-là, pour la même direction, sont déjà notées. Est-ce une autre ?",
            context.twins,
        )
        yield Check("directorate", words, "warning")


def _counts(session: Session, context: Context) -> Iterator[Check]:
    came = session.participants
    if came == 0:
        yield Check("participants", t("Personne n’est venu ?"), "warning")
    if _more(session.newcomers, came):
        yield Check("newcomers", t("Plus de nouveaux que de participants ({n}).", n=came))
    elif _more(session.newcomers, context.strangers):
        words = tn(
            "Il ne reste que {n} agent jamais venu, toutes séances confondues.",
            "Il ne reste que {n} agents jamais venus, toutes séances confondues.",
            context.strangers or 0,
        )
        yield Check("newcomers", words)
    if _more(session.opinions, came):
        yield Check("opinions", t("Plus d’avis que de participants ({n}).", n=came))
    if _more(session.opinions_relevant, session.opinions):
        words = t("Plus d’avis « pertinent » que d’avis exprimés ({n}).", n=session.opinions)
        yield Check("opinions_relevant", words)
    elif session.opinions_relevant is not None and session.opinions is None:
        yield Check("opinions", t("Sur combien d’avis exprimés ?"))
    if session.kind == "mooc" and _more(came, session.enrolled):
        yield Check("participants", t("Plus d’actifs que d’inscrits ({n}).", n=session.enrolled))
    if _more(session.completed, session.enrolled):
        yield Check("completed", t("Plus de parcours terminés que d’inscrits ({n}).", n=session.enrolled))
    if (session.score_before is None) != (session.score_after is None):
        lone = "score_before" if session.score_before is None else "score_after"
        yield Check(lone, t("Un score seul ne dit rien de l’effet : il faut les deux."), "warning")


def _more(part: int | None, whole: int | None) -> bool:
    """Whether a part is known to exceed its whole."""
    return part is not None and whole is not None and part > whole


def default_day(today: date, latest: date | None) -> date:
    """Return the day a form starts with: today, or the data's last one where they stopped long ago."""
    return today if latest is None or today <= latest + timedelta(days=ARCHIVE) else latest


def earliest(first: date | None, shown: date | None, today: date) -> date:
    """Return the first day a form offers: the year in which the first practice was tried or the first session held."""
    known = [day for day in (first, shown) if day]
    return min([date(day.year, 1, 1) for day in known], default=date(today.year - 1, 1, 1))
