"""The question as a form: candidates, budgets by year, rules. It starts from the address and goes back into it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from metrics.choosing.question import Choice
from pages.parts import choice_question, choice_words
from pages.parts.choice_question import (
    GOALS,
    GUARDS,
    KINDS,
    MOST_YEARS,
    NAMES,
    THOUSAND,
    WHICH,
    Added,
    Question,
)
from pages.parts.choice_reads import Answer, start
from pages.parts.markup import Html, link, show, span, tag
from pages.parts.source import Source
from pages.texts import t, units

RISKS = (0.0, 0.8, 0.9, 0.95)
COLUMNS = ("theme", "lead_directorate", "objective", "territory_code", "departement", "district", "works")
MEASURES = ("count", "own", "cost", "partner")


def draw(source: Source, answer: Answer) -> None:
    """The question's form, then the rules that were added to it and a form for one more."""
    key = hashlib.sha1(repr(sorted(answer.params.items())).encode(), usedforsecurity=False).hexdigest()[:8]
    with st.form(f"choix.{key}", border=False):
        question = _fields(answer, f"choix.{key}")
        if st.form_submit_button(t("Choisir les projets"), type="primary"):
            _go(source, answer, question)
    show(_rules(source, answer))
    if answer.choice is not None:
        with st.expander(t("Ajouter une règle")):
            _adding(source, answer, answer.choice, f"choix.{key}.rule")


def _go(source: Source, answer: Answer, question: Question) -> None:
    """Put a question into the address, and start again from it."""
    params = choice_question.params_of(question, start(source, question.which))
    for name in NAMES:
        if name in st.query_params and name not in params:
            del st.query_params[name]
    st.query_params.update(params)
    st.rerun()


def _fields(answer: Answer, key: str) -> Question:
    one = answer.question
    first, second, third = st.columns([2, 1, 1])
    which = _select(first, t("Candidats"), WHICH, one.which, choice_words.candidates, f"{key}.which")
    begin = second.number_input(t("De l’année"), 1901, 2990, one.years[0], 1, key=f"{key}.from")
    last = third.number_input(t("à l’année"), 1901, 2999, one.years[-1], 1, key=f"{key}.to")
    end = max(begin, min(last, begin + MOST_YEARS - 1))
    own = _amounts(one.years, one.own, t("Fonds propres {year} (k€)"), THOUSAND, 100.0, f"{key}.own")
    fte = _amounts(one.years, one.fte, t("ETP {year}"), 1.0, 0.5, f"{key}.fte")
    first, second, third = st.columns(3)
    goal = _select(first, t("Le plus possible de"), GOALS, one.goal, choice_words.goal, f"{key}.goal")
    theta = second.number_input(
        t("Poids de l’investissement dans le dosage (%)"),
        0,
        100,
        round(100 * one.theta),
        5,
        key=f"{key}.theta",
    )
    each = third.number_input(
        t("Projets au plus par thème (0 : sans limite)"), 0, 99, one.each, 1, key=f"{key}.each"
    )
    first, second, third = st.columns(3)
    guard = _select(
        first, t("Participation minimale légale"), GUARDS, one.guard, choice_words.guard, f"{key}.guard"
    )
    risk = _select(second, t("Fonds propres tenus dans"), RISKS, one.risk or 0.0, _risk, f"{key}.risk")
    free = third.checkbox(t("L’année de début peut être repoussée"), one.is_free, key=f"{key}.free")
    is_funded = st.checkbox(
        t("Seulement les projets entièrement financés"),
        one.is_funded,
        help=t("Les demandes en attente comptent pour leur montant sollicité."),
        key=f"{key}.funded",
    )
    committed, excluded = _chosen(answer, key)
    if which != one.which:
        return _other(one, which, goal, theta / 100, guard)
    return Question(
        which,
        tuple(range(int(begin), int(end) + 1)),
        own,
        fte,
        goal,
        theta / 100,
        free,
        guard,
        int(each),
        risk or None,
        committed,
        excluded,
        one.rules,
        is_funded,
    )


def _other(one: Question, which: str, goal: str, theta: float, guard: str) -> Question:
    """The same question about other candidates: what named the old ones, and an example's years and budgets, go."""
    kept = replace(one, which=which, committed=(), excluded=(), rules=())
    if choice_question.EXAMPLE in (which, one.which):
        return replace(kept, years=(), own=(), fte=(), each=0)
    return replace(kept, goal=goal, theta=theta, guard=guard)


def _risk(share: float) -> str:
    return t("{share} des tirages", share=units.text(share, "ratio")) if share else t("sans exigence")


def _select(
    at: Any, label: str, options: Sequence[Any], now: Any, words: Callable[[Any], str], key: str
) -> Any:
    place = options.index(now) if now in options else 0
    return at.selectbox(label, options, place, format_func=words, key=key)


def _amounts(
    years: tuple[int, ...], now: tuple[float | None, ...], label: str, factor: float, step: float, key: str
) -> tuple[float | None, ...]:
    """One field a year; an empty one is no limit."""
    found = []
    for place, (column, year) in enumerate(zip(st.columns(len(years)), years, strict=True)):
        value = now[place]
        typed = column.number_input(
            label.format(year=year),
            min_value=0.0,
            value=None if value is None else value / factor,
            step=step,
            format="%.0f" if factor > 1 else "%.1f",
            placeholder=t("sans limite"),
            key=f"{key}.{year}",
        )
        found.append(None if typed is None else float(typed) * factor)
    return tuple(found)


def _chosen(answer: Answer, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The projects that must and must not be chosen."""
    known = {one.id: f"{one.id} {one.title}" for one in answer.choice.candidates} if answer.choice else {}
    question = answer.question
    every = {id: id for id in (*question.committed, *question.excluded)} | known
    first, second = st.columns(2)
    committed = first.multiselect(
        t("Engagés : à garder"),
        list(every),
        list(question.committed),
        format_func=every.__getitem__,
        key=f"{key}.in",
    )
    excluded = second.multiselect(
        t("Écartés"), list(every), list(question.excluded), format_func=every.__getitem__, key=f"{key}.out"
    )
    return tuple(committed), tuple(excluded)


def _rules(source: Source, answer: Answer) -> Html:
    """The added rules, each with the way to take it out."""
    question = answer.question
    items = []
    for place, rule in enumerate(question.rules):
        left = tuple(one for at, one in enumerate(question.rules) if at != place)
        params = choice_question.params_of(replace(question, rules=left), answer.start)
        kept = {"s": answer.scenario} if answer.scenario else {}
        words = choice_words.added(rule)
        out = link(source.link("choix", **params, **kept), t("Retirer"), span("lv-hidden", " ", words))
        items.append(tag("li", words, " ", out))
    return tag("ul", *items, class_="lv-uses") if items else Html("")


def _adding(source: Source, answer: Answer, choice: Choice, key: str) -> None:
    """One rule more: its fields follow its kind, so they stand outside a form."""
    kind = _select(st, t("Règle"), KINDS, KINDS[0], choice_words.kind, f"{key}.kind")
    rule = (
        _one_of(choice, key)
        if kind == "one"
        else _cap(choice, key)
        if kind == "cap"
        else _limit(choice, kind, key)
    )
    if st.button(t("Ajouter la règle"), key=f"{key}.add", disabled=rule is None) and rule is not None:
        _go(source, answer, replace(answer.question, rules=(*answer.question.rules, rule)))


def _one_of(choice: Choice, key: str) -> Added | None:
    known = {one.id: f"{one.id} {one.title}" for one in choice.candidates}
    ids = st.multiselect(
        t("Projets dont un seul peut être choisi"),
        list(known),
        format_func=known.__getitem__,
        key=f"{key}.ids",
    )
    return Added("one", value="+".join(ids)) if len(ids) > 1 else None


def _cap(choice: Choice, key: str) -> Added | None:
    kinds = sorted({name for one in choice.candidates for name in one.partners})
    if not kinds:
        show(tag("p", t("Ces candidats n’ont pas de financeur."), class_="lv-note"))
        return None
    first, second = st.columns(2)
    partner = _select(
        first,
        t("Financeur"),
        kinds,
        kinds[0],
        lambda one: choice_words.cell("partner_kind", one),
        f"{key}.partner",
    )
    most = second.number_input(
        t("Au plus en tout (k€)"), 0.0, None, 1000.0, 100.0, format="%.0f", key=f"{key}.most"
    )
    return Added("cap", value=partner, number=most * THOUSAND)


def _limit(choice: Choice, kind: str, key: str) -> Added | None:
    values = _values(choice)
    if not values:
        return None
    is_share = kind.startswith("share")
    first, second, third, fourth = st.columns(4)
    column = _select(
        first, t("Colonne"), list(values), next(iter(values)), choice_words.column, f"{key}.column"
    )
    options = values[column] if is_share else ["", *values[column]]
    value = _select(
        second,
        t("Valeur"),
        options,
        options[0],
        lambda one: choice_words.cell(column, one) if one else t("chaque valeur"),
        f"{key}.{column}.value",
    )
    of = _select(
        third,
        t("De quoi"),
        MEASURES,
        "own" if is_share else "count",
        choice_words.measure,
        f"{key}.{kind}.of",
    )
    words = t("Part (%)") if is_share else t("Nombre") if of == "count" else t("Montant (k€)")
    typed = fourth.number_input(
        words,
        0.0,
        100.0 if is_share else None,
        20.0 if is_share else 2.0,
        1.0,
        format="%.0f",
        key=f"{key}.{kind}.{of}.number",
    )
    factor = 0.01 if is_share else 1.0 if of == "count" else THOUSAND
    return Added(kind, column, value, round(typed * factor, 6), of)


def _values(choice: Choice) -> Mapping[str, list[str]]:
    """The columns that a rule may name, with their values among the candidates."""
    found = {
        name: sorted({one.traits[name] for one in choice.candidates if name in one.traits})
        for name in COLUMNS
    }
    return {name: values for name, values in found.items() if len(values) > 1}
