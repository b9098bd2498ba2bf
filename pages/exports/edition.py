"""The edition of a date: everything that brief, book, slides and workbook say, in the run's language, made from metrics only."""

from dataclasses import replace
from datetime import date

from metrics import ages, meetings, moment, ranking, scores
from metrics.briefs import NONE, Choices
from metrics.claims import headline
from metrics.definitions import Catalogue
from metrics.dues import counted_on, known_on
from metrics.goals import read_goals
from metrics.reading import Reading
from metrics.scores import Score
from metrics.states import State
from pages.exports.awaited import awaited
from pages.exports.figures import Desk, figure
from pages.exports.model import Coverage, Due, Edition, Figure, Fresh, Gap, Goal, News, Side
from pages.exports.news import news, worth
from pages.texts import headlines, judgements, language, numbers, own, said, t, tn, typography, units

__all__ = ["Coverage", "Due", "Edition", "Figure", "Fresh", "Gap", "Goal", "News", "Side", "edition", "empty"]


def edition(state: State, *, since: State | None = None, choices: Choices = NONE, week: str = "") -> Edition:
    """The edition of a moment, its catalogue as defined; what changed is told since the month end before unless ``since``.

    Takes the scorecard's words and scale for the rest of the run, as a visit to a screen does.
    """
    speak(state.catalogue)
    force = read_goals(state.engine).in_force(state.catalogue, state.as_of, state.scope)
    readings = moment.readings(state.engine, state.catalogue, state.as_of, state.scope)
    desk = Desk(state.catalogue, force, readings, state.as_of, state.scope, choices)
    figures = {kpi.id: figure(desk, kpi, _series(state, kpi.id)) for kpi in force.kpis.values()}
    pairs = ranking.scored(force, readings)
    worst = ranking.worst(pairs)
    told, grouped, since_words = news(state, since, force, choices, figures)
    actions = _actions(state, choices)
    return Edition(
        town=typography(force.scorecard.town),
        lang=language(),
        as_of=state.as_of,
        date_text=numbers.day(state.as_of),
        scope=state.scope,
        week=week,
        title=headlines.title(force, readings, bool(state.scope), state.catalogue.kpis),
        mission=said(force.scorecard.mission),
        lead=choices.lead,
        claims=tuple(
            figures[one.id] for one in choices.arranged(headline(force), lambda kpi: f"kpi:{kpi.id}")
        ),
        best_title=headlines.best(pairs) if pairs else "",
        best=tuple(figures[kpi.id] for kpi, _ in ranking.best(pairs)),
        worst_title=headlines.worst(worst) if pairs else "",
        worst=tuple(figures[kpi.id] for kpi, _ in worst),
        signals_title=since_words,
        signals=tuple(one for one in told if not worth(one)),
        decisions=tuple(one for one in told if worth(one)),
        actions=actions,
        moves=tuple(one for one in grouped if not worth(one)),
        awaited=awaited([one for one in grouped if worth(one)], actions, choices),
        coverage=_coverage(figures),
        freshness=_freshness(state),
        sources=_sources(state, figures),
        figures=figures,
        **_sides(desk),  # type: ignore[arg-type]
    )


def speak(catalogue: Catalogue) -> None:
    """Say everything later in the scorecard's own words and on its scale."""
    own(catalogue.scorecard.words)
    numbers.scale(catalogue.scorecard.score_out_of)


def empty(catalogue: Catalogue) -> Edition:
    """The edition of a store without data: it says so, and nothing else."""
    speak(catalogue)
    nothing = t("Aucune donnée pour l’instant")
    first = t("Les indicateurs se calculent dès le premier import.")
    bare = Coverage(0, len(catalogue.kpis), first, ())
    return Edition(
        town=typography(catalogue.scorecard.town),
        lang=language(),
        as_of=None,
        date_text=t("Aucune donnée"),
        scope="",
        week="",
        title=nothing,
        mission=said(catalogue.scorecard.mission),
        lead="",
        claims=(),
        sides_title="",
        perspectives=(),
        total="",
        best_title="",
        best=(),
        worst_title="",
        worst=(),
        signals_title="",
        signals=(),
        decisions=(),
        actions=(),
        moves=(),
        awaited=(),
        coverage=bare,
        freshness=(),
        sources=first,
        figures={},
    )


def _series(state: State, kpi: str) -> tuple[Reading, ...]:
    return moment.series(state.engine, state.catalogue, kpi, state.scope, state.as_of)


def _sides(desk: Desk) -> dict[str, object]:
    """The perspectives with their objectives, their title, and the whole's score in words."""
    rolled = scores.roll_up(desk.catalogue, desk.readings)
    sides = desk.catalogue.scorecard.perspectives
    made = []
    for side in sides:
        goals = tuple(
            Goal(
                goal.code,
                said(goal.label),
                goal.owner,
                *_rolled(rolled.objectives[goal.code]),
                hides=_hides(rolled.objectives[goal.code]),
                kpis=tuple(kpi.id for kpi in desk.catalogue.of_objective(goal.code)),
            )
            for goal in side.objectives
        )
        made.append(Side(side.code, said(side.label), *_rolled(rolled.perspectives[side.code]), goals))
    title = headlines.sides(sides, rolled) if sides else ""
    return {"perspectives": tuple(made), "sides_title": title, "total": _total(rolled.total)}


def _rolled(score: Score) -> tuple[float | None, str, str, str, float, str]:
    """Score, its text, status, its word, coverage and its text, in the order of Goal and Side."""
    status = score.status if score.score is not None else "unknown"
    return (
        score.score,
        numbers.score(score.score, score.status == "on_target"),
        status,
        judgements.word(status),
        score.coverage,
        units.text(score.coverage, "ratio"),
    )


def _hides(score: Score) -> str:
    """The KPIs off target that a better score hides, in words; "" when it hides none."""
    if not score.off_target or score.status in ("off_target", "unknown"):
        return ""
    return t("{codes} en écart", codes=", ".join(score.off_target))


def _total(score: Score) -> str:
    covered = units.text(score.coverage, "ratio")
    if score.score is None:
        return t("ensemble non calculé, couverture {covered}", covered=covered)
    figure = numbers.score(score.score, score.status == "on_target")
    return t(
        "ensemble {score} sur {top}, couverture {covered}",
        score=figure,
        top=numbers.out_of(),
        covered=covered,
    )


def _actions(state: State, choices: Choices) -> tuple[Due, ...]:
    """The actions still open and not hidden, the overdue first; of a part of the town none is told: they are the town's."""
    on = counted_on(state)
    found = meetings.open_actions(state.engine, on, known_on(state)) if not state.scope else ()
    due = (_due(action, on, choices) for action in found)
    return tuple(one for one in due if not choices.is_hidden(one.key))


def _due(action: meetings.Action, on: date, choices: Choices) -> Due:
    late = action.days_late(on)
    word = _late(late, on) if late else t("Dans les temps")
    due = Due(
        action.action_id,
        action.words,
        action.owner,
        action.due_on,
        numbers.weekday(action.due_on),
        "off_target" if late else "on_target",
        word,
        action.kpi,
        action.project,
        action.partner,
    )
    return replace(due, comment=choices.words(due.key), is_pinned=due.key in choices.pinned)


def _late(days: int, on: date) -> str:
    """How late an action is, and on which day that is counted: the edition's date is another."""
    return tn(
        "En retard de {n} jour au {day}",
        "En retard de {n} jours au {day}",
        days,
        day=numbers.short_weekday(on),
    )


def _coverage(figures: dict[str, Figure]) -> Coverage:
    """How many KPIs have a value, and why the others have none."""
    computed, gaps = sum(one.is_known for one in figures.values()), dict[str, list[tuple[str, str]]]()
    for one in figures.values():
        if not one.is_known:
            gaps.setdefault(one.why, []).append((one.code, one.label))
    words = tn(
        "{n} indicateur calculé sur {total}",
        "{n} indicateurs calculés sur {total}",
        computed,
        total=len(figures),
    )
    return Coverage(computed, len(figures), words, tuple(Gap(why, tuple(kpis)) for why, kpis in gaps.items()))


def _freshness(state: State) -> tuple[Fresh, ...]:
    return tuple(
        Fresh(
            age.table,
            said(age.title),
            age.rows,
            age.event,
            numbers.day(age.event),
            age.import_id,
            numbers.day(age.imported_at.date() if age.imported_at else None),
        )
        for age in ages.ages(state.engine, state.as_of)
    )


def _sources(state: State, figures: dict[str, Figure]) -> str:
    """Where all this comes from: the data date, the last import, the versions of the definitions."""
    words, last = [t("Données au {day}", day=numbers.day(state.as_of))], ages.last_import(state.engine)
    if last is not None:
        words.append(t("dernier import n° {number}", number=last))
    if versions := sorted({one.version for one in figures.values()}):
        words.append(
            tn(
                "définitions version {versions}",
                "définitions versions {versions}",
                len(versions),
                versions=", ".join(map(str, versions)),
            )
        )
    return ", ".join(words) + "."
