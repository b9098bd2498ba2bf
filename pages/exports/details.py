"""What the book says besides the edition: how each KPI is defined, how fresh its tables are, what was noted, how all is judged."""

from dataclasses import dataclass

from metrics import ages, words
from metrics.notes import Note, exported_notes, signer
from metrics.states import State
from pages.texts import numbers, said, t, units


@dataclass(frozen=True)
class Said:
    """One note: its words, who signed it and when, and when it was reviewed."""

    words: str
    signed: str


@dataclass(frozen=True)
class Detail:
    """One KPI: its note, its formula and its period in words, the last event of its tables, and what was noted."""

    note: str
    formula: str
    period: str
    fresh: str
    notes: tuple[Said, ...]


@dataclass(frozen=True)
class Details:
    """The details of all KPIs by id, the imports (number, day, rows), and the method in paragraphs (what, words)."""

    kpis: dict[str, Detail]
    imports: tuple[tuple[str, str, str], ...]
    method: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, Said], ...]


def details(state: State) -> Details:
    """The details of a moment, in the run's language."""
    noted = exported_notes(state.engine, state.as_of)
    kpis = {id: _detail(state, id, noted) for id in state.catalogue.kpis}
    return Details(kpis, _imports(state), _method(state), _others(noted))


def _detail(state: State, id: str, noted: tuple[Note, ...]) -> Detail:
    kpi = state.catalogue.kpis[id]
    events = [age.event for age in ages.behind(state.engine, state.catalogue, id, state.as_of) if age.event]
    return Detail(
        said(kpi.note),
        said(words.formula(kpi, state.catalogue.every)) if kpi.sql else "",
        said(words.period(kpi)),
        numbers.day(max(events)) if events else numbers.NONE,
        tuple(_said(note) for note in noted if note.about == "kpi" and note.subject == id),
    )


def _said(note: Note) -> Said:
    parts = [said(signer(note.signed_by)), numbers.day(note.written_on)]
    if note.reviewed_on:
        parts.append(t("revu le {day}", day=numbers.day(note.reviewed_on)))
    return Said(note.words, ", ".join(part for part in parts if part and part != numbers.NONE))


def _others(noted: tuple[Note, ...]) -> tuple[tuple[str, Said], ...]:
    """The notes that are about no KPI, with their subject."""
    return tuple((note.subject, _said(note)) for note in noted if note.about != "kpi")


def _imports(state: State) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (str(one.number), numbers.day(one.at.date()), numbers.decimal(one.rows))
        for one in ages.imports(state.engine)
    )


def _method(state: State) -> tuple[tuple[str, str], ...]:
    """How values become statuses and scores, with the scorecard's own thresholds."""
    limits, top = state.catalogue.scorecard.thresholds, numbers.out_of()
    off = numbers.score(limits.off_target_below)
    least = units.text(limits.min_coverage, "ratio")
    return (
        (
            t("Statut"),
            t(
                "Atteint : la cible en vigueur à la date est tenue. En écart : le score est inférieur à {off}. À surveiller : entre les deux.",
                off=off,
            ),
        ),
        (
            t("Score"),
            t(
                "Un score vaut {top} à la cible et 0 au plancher ; un ensemble couvert à moins de {least} % n’est pas calculé.",
                top=top,
                least=numbers.decimal(100 * limits.min_coverage),
            ),
        ),
        (
            t("Couverture"),
            t(
                "Part du poids des indicateurs qui ont un score ; en dessous de {least}, l’objectif n’est pas noté.",
                least=least,
            ),
        ),
        (
            t("Inconnu"),
            t(
                "Un indicateur inconnu n’est jamais compté comme zéro : il est dit non calculé, avec sa raison."
            ),
        ),
        (
            t("Intervalle"),
            t(
                "Entre crochets, les bornes à 95 % quand la définition en prévoit ; n est l’effectif derrière la valeur."
            ),
        ),
        (
            t("Variation"),
            t(
                "Une variation n’est dite que si la carte de contrôle de l’indicateur la distingue du bruit habituel."
            ),
        ),
    )
