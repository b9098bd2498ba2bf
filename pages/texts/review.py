"""What a weekly review says of itself: the same words on the screen, in its minutes, in alerts."""

from collections.abc import Sequence
from datetime import date

from metrics.definitions import Catalogue
from metrics.meetings import Action, Meeting
from pages.texts import numbers, t, tn

VERY_LATE = 14  # days past its date: beyond, an action is late by more than two weeks


def kicker(catalogue: Catalogue) -> str:
    """Whose review it is: ``Revue hebdomadaire de la DADI``."""
    name = catalogue.parameters.get("dadi_directorate")
    return t("Revue hebdomadaire de la {name}", name=name) if name else t("Revue hebdomadaire")


def title(meeting: Meeting) -> str:
    """``Revue du lun. 6 juillet 2015``."""
    return t("Revue du {day}", day=numbers.weekday(meeting.held_on))


def state(action: Action, on: date) -> tuple[str, str]:
    """What stands before an action and its words on a day: the name of a shape (a status), ``En retard de 3 jours``.

    The shape says the lateness only, so that it never contradicts the words; how often it was carried over is said in words.
    """
    if action.state == "done":
        return "on_target", _closed(action, t("Faite"))
    if action.state == "dropped":
        return "unknown", _closed(action, t("Abandonnée"))
    late, carried = action.days_late(on), carried_words(action)
    shape = "off_target" if late > VERY_LATE else "watch" if late else "on_target"
    first = tn("En retard de {n} jour", "En retard de {n} jours", late) if late else t("Dans les temps")
    return shape, t("{first}, {second}", first=first, second=carried) if carried else first


def carried_words(action: Action) -> str:
    """How many reviews an action has been carried through, "" for none."""
    if action.carried == 1:
        return t("reportée une fois")
    if action.carried == 2:
        return t("reportée deux fois")
    return t("reportée {n} fois", n=action.carried) if action.carried else ""


def actions_title(actions: Sequence[Action], on: date) -> str:
    """How many actions are open, and how many of them late: a finding."""
    late = sum(action.is_overdue(on) for action in actions)
    if not actions:
        return t("Aucune action ouverte")
    opened = tn("{n} action ouverte", "{n} actions ouvertes", len(actions))
    if not late:
        return t("{first}, {second}", first=opened, second=t("toutes dans les temps"))
    return t("{first}, {second}", first=opened, second=late_words(late, on))


def late_words(count: int, on: date) -> str:
    """How many are late, and on which day that is counted: ``2 en retard au lun. 6 juillet 2015``."""
    return t("{n} en retard au {day}", n=count, day=numbers.weekday(on))


def item_number(place: int, count: int, minutes: int) -> str:
    """Where a point stands: ``Point 2 sur 7, 12 minutes``."""
    length = tn("{n} minute", "{n} minutes", minutes)
    return t("Point {place} sur {count}, {length}", place=place, count=count, length=length)


def _closed(action: Action, word: str) -> str:
    return t("{word} le {day}", word=word, day=numbers.day(action.closed_on)) if action.closed_on else word
