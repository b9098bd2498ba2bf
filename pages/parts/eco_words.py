"""The words of the 12 levers: states of a practice with their shape, dates as precise as they are known, what counts as what."""

from metrics.ecosystem import STATES, Practice, State, Uses
from metrics.spread import Milestone
from pages.parts.markup import Html, join, span
from pages.texts import numbers, t, units

SIDE, STEP = 7, 9  # of a square; from one to the next
STEPS = len(STATES) - 1


def state(code: State) -> str:
    """A state in a word."""
    return {
        "imagined": lambda: t("imaginé"),
        "trialled": lambda: t("expérimenté"),
        "validated": lambda: t("validé"),
        "deployed": lambda: t("déployé"),
        "alive": lambda: t("animé"),
    }[code]()


def dated(practice: Practice) -> str:
    """A practice's state with its date; an imagined one has none."""
    if practice.state == "alive":
        return t("animé, dernière séance le {day}", day=numbers.short_day(practice.last_on))
    word = state(practice.state)
    return (
        t("{state} le {day}", state=word, day=numbers.short_day(practice.since)) if practice.since else word
    )


def squares(code: State, x: float = 0, y: float = 0) -> Html:
    """A state's shape, to stand in a drawing: as many of four squares are full as steps were taken."""
    full = STATES.index(code)
    return join(
        Html(
            f'<rect x="{x + STEP * i + 0.5:.1f}" y="{y + 0.5:.1f}" width="{SIDE - 1}" height="{SIDE - 1}" '
            f'class="{"full" if i < full else "open"}"/>'
        )
        for i in range(STEPS)
    )


def mark(code: State, said: str = "") -> Html:
    """A state's shape and word on a line; ``said`` replaces the word."""
    wide = STEP * STEPS
    drawn = Html(
        f'<svg class="lv-steps" viewBox="0 0 {wide} {SIDE}" width="{wide}" height="{SIDE}" aria-hidden="true">{squares(code)}</svg>'
    )
    return span("lv-state", drawn, span("", said or state(code)))


def when(milestone: Milestone) -> str:
    """A milestone's date, as precise as it is known."""
    day = milestone.start
    if milestone.precision == "month":
        return numbers.month(day)
    if milestone.precision == "half_year":
        return (
            t("1er semestre {year}", year=day.year)
            if day.month < 7
            else t("2d semestre {year}", year=day.year)
        )
    return str(day.year) if milestone.precision == "year" else numbers.day(day)


def timing(milestone: Milestone) -> str:
    """Whether it was done."""
    return {
        "done": lambda: t("réalisé"),
        "announced": lambda: t("annoncé"),
        "late": lambda: t("annoncé, non réalisé à temps"),
    }[milestone.timing]()


def count(value: float | None) -> str:
    """A count or hours; a dash when unknown."""
    return numbers.NONE if value is None else numbers.plain(value, 1)


def relevance(uses: Uses) -> str:
    """Opinions "relevant": share, exact interval and how many; a dash without opinions."""
    found = uses.relevance
    if found is None:
        return numbers.NONE
    share, low, high = found
    return f"{units.text(share, 'ratio')} {units.interval(low, high, 'ratio')}, n = {uses.opinions}"


def known_hours(uses: Uses) -> str:
    """Hours with what they leave out."""
    if not uses.timed or uses.hours is None:
        return numbers.NONE
    words = units.text(uses.hours, "hours", exact=True)
    if uses.timed == uses.sessions:
        return words
    return t("{hours}, sur {n} séances des {all}", hours=words, n=uses.timed, all=uses.sessions)


def cost(uses: Uses) -> str:
    """External cost with what it leaves out; a dash when no session tells it."""
    if not uses.priced:
        return numbers.NONE
    words = units.text(uses.external_cost, "eur", exact=True)
    if uses.priced == uses.sessions:
        return words
    return t("{cost}, sur {n} séances des {all}", cost=words, n=uses.priced, all=uses.sessions)


def before_after(uses: Uses) -> str:
    """The score before and after the sessions that have both."""
    if not uses.scored or uses.score_before is None or uses.score_after is None:
        return t("non relevé")
    return t(
        "{before} avant, {after} après (n = {n})",
        before=numbers.plain(uses.score_before, 1),
        after=numbers.plain(uses.score_after, 1),
        n=uses.scored,
    )
