"""What a scenario supposes, to hand: a slider and the same number typed for each number, by theme; a refused value is said in place."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from metrics import present
from metrics.assumptions import assumptions
from metrics.drivers import CHOICES, Asked, Driver
from metrics.moving import Value
from metrics.refusing import BadEntry
from metrics.scenario import Scenario, Use, driver_of
from pages.parts import whatif_assumed, whatif_fields, whatif_reads, whatif_themes, whatif_words
from pages.parts.markup import Html, div, heading, link, show, span, tag
from pages.parts.source import Source
from pages.texts import said, t, use

REFUSED = "etsi.refused"  # the key of the field whose last value could not be, and what is said of it


def draw(source: Source, scenario: Scenario) -> None:
    """Every driver of the scenario with its fields, by theme."""
    placed = [(one.driver, (place, one)) for place, one in enumerate(scenario.uses)]
    for title, uses in whatif_themes.by_theme(placed):
        show(div("lv-kicker lv-theme", said(title)))
        for place, one in uses:
            with st.container(key=f"lv-etsi-use-{place}", gap="small"):
                show(_head(source, scenario, place))
                _fields(source, place, one)
                _rest(source, place, one)


def _head(source: Source, scenario: Scenario, place: int) -> Html:
    """The driver's name, and the way to take it out."""
    left = whatif_reads.without(scenario, place).as_text()
    name = said(driver_of(scenario.uses[place]).label)
    out = link(
        whatif_reads.to(source, left), t("Retirer"), span("lv-hidden", " ", name), class_="lv-etsi-out"
    )
    return div("lv-etsi-name", heading(3, name), out)


def _fields(source: Source, place: int, one: Use) -> None:
    """Numbers each on their line, then the choices side by side, and what no data bear out."""
    driver = driver_of(one)
    for asked in driver.parameters:
        if whatif_fields.is_number(asked):
            _number(source, place, asked, one)
    others = [
        asked for asked in driver.parameters if not whatif_fields.is_number(asked) and asked.kind != "date"
    ]
    if others:
        with st.container(horizontal=True, key=f"lv-etsi-choices-{place}"):
            for asked in others:
                _choice(source, place, asked, one.given.get(asked.name))
    show(_assumed(source, driver))


def _assumed(source: Source, driver: Driver) -> Html:
    """What the driver moves that nothing in the data bears out, named as such."""
    known = assumptions(source.catalogue.parameters)
    assumed = [known[id] for id, _ in driver.assumes if not known[id].is_supported]
    told = [
        tag(
            "p",
            t("Supposition que rien dans les données n’étaye : {words}.", words=whatif_assumed.words(one)),
        )
        for one in assumed
    ]
    return div("lv-note lv-etsi-about", *told) if told else Html("")


def _rest(source: Source, place: int, one: Use) -> None:
    """What is seldom moved, folded: the driver's dates, and what it does."""
    driver = driver_of(one)
    with st.expander(t("Dates et explication"), key=f"lv-etsi-rest-{place}"):
        dates = [asked for asked in driver.parameters if asked.kind == "date"]
        if dates:
            with st.container(horizontal=True, key=f"lv-etsi-choices-{place}-dates"):
                for asked in dates:
                    _choice(source, place, asked, one.given.get(asked.name))
        show(tag("p", said(driver.note), class_="lv-note"))


def _number(source: Source, place: int, asked: Asked, one: Use) -> None:
    """A slider and the number it stands at, typed exactly; without bounds, or as long as nothing is said, the number alone."""
    name, step = whatif_fields.label(asked), whatif_fields.step(asked)
    value = one.given.get(asked.name)
    known = None if value is None else whatif_fields.shown(asked, float(str(value)))
    kind = type(step)
    keys = [f"etsi.{place}.{asked.name}.{part}" for part in ("slider", "number")]
    with st.container(
        horizontal=True, vertical_alignment="bottom", key=f"lv-etsi-number-{place}-{asked.name}"
    ):
        has_slider = known is not None and asked.least is not None and asked.most is not None
        if known is not None and asked.least is not None and asked.most is not None:
            _settle(keys[0], kind(known))
            st.slider(
                name,
                kind(whatif_fields.shown(asked, asked.least)),
                kind(whatif_fields.shown(asked, asked.most)),
                step=step,
                format="localized",
                key=keys[0],
                on_change=_moved,
                args=(source, place, asked, keys[0]),
            )
        _settle(keys[1], "" if known is None else whatif_fields.written(known))
        st.text_input(
            t("{label}, en chiffres", label=name) if has_slider else name,
            key=keys[1],
            on_change=_moved,
            args=(source, place, asked, keys[1]),
            label_visibility="collapsed" if has_slider else "visible",
            width=128,
        )
    _say(keys)
    _today(source, asked, one)


def _today(source: Source, asked: Asked, one: Use) -> None:
    """What the data say of this number today, where they say it."""
    assert source.as_of is not None
    found = present.now(source.engine, driver_of(one), asked.name, one.given, source.as_of)
    if found and asked.kind != "year":
        words = whatif_fields.words(asked, found)
        show(tag("p", t("Aujourd’hui : {value}", value=words), class_="lv-note"))


def _settle(key: str, value: object) -> None:
    """Make a field say what the address says, touching nothing where it already does: a hand may be moving it."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _say(keys: list[str]) -> None:
    """What was refused of these fields, once."""
    key, words = st.session_state.get(REFUSED, ("", ""))
    if key in keys:
        show(tag("p", words, class_="lv-etsi-refused", role="alert"))
        del st.session_state[REFUSED]


def _choice(source: Source, place: int, asked: Asked, value: Value | None) -> None:
    """A date, a choice among what the data have, or a few words."""
    key, label = f"etsi.{place}.{asked.name}", said(asked.label)
    more: dict[str, Any] = {"key": key, "on_change": _moved, "args": (source, place, asked, key)}
    if asked.kind == "date":
        _settle(key, value if isinstance(value, date) else None)
        if asked.optional:
            more["value"] = None
        st.date_input(label, format="DD/MM/YYYY", **more)
    elif asked.kind in CHOICES or asked.options:
        options = _options(source, asked)
        _settle(key, str(value) if value is not None and str(value) in options else next(iter(options), None))
        st.selectbox(label, list(options), format_func=options.__getitem__, **more)
    else:
        _settle(key, "" if value is None else str(value))
        st.text_input(label, **more)
    _say([key])


def _options(source: Source, asked: Asked) -> Mapping[str, str]:
    found = {id: said(words) for id, words in asked.options} or dict(whatif_words.choices(source, asked.kind))
    return {"": t("tous")} | found if asked.optional else found


def _moved(source: Source, place: int, asked: Asked, key: str) -> None:
    """Put what a field says into the address's scenario; what cannot be is kept out and said beside the field."""
    use(source.lang)  # before the run that draws
    scenario, typed = whatif_reads.current(source), st.session_state.get(key)
    if place >= len(scenario.uses):
        return
    kept = scenario.uses[place].given.get(asked.name)
    if whatif_fields.is_number(asked) and isinstance(typed, str) and typed.strip():
        read = whatif_fields.read(asked, typed)
        if read is None:
            st.session_state[REFUSED] = (key, whatif_fields.unread(asked, typed, kept))
            return
        typed = read
    is_number = whatif_fields.is_number(asked) and isinstance(typed, (int, float))
    value: Any = whatif_fields.stored(asked, typed) if is_number else typed or None  # type: ignore[arg-type]
    try:
        made = whatif_reads.with_value(source, scenario, place, asked.name, value)
    except BadEntry as problem:
        words = whatif_fields.refused(asked, typed, kept) if is_number else _why(problem)  # type: ignore[arg-type]
        st.session_state[REFUSED] = (key, words)
        return
    whatif_reads.put(made.as_text())


def _why(problem: BadEntry) -> str:
    return f"{said(problem.reason)} {said(problem.mend)}"
