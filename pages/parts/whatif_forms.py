"""The drivers as forms: choose values within their bounds, add them to the address's scenario."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from metrics import drivers
from metrics.drivers import Asked, Driver
from metrics.refusing import BadEntry
from metrics.scenario import Scenario, used
from pages.parts import whatif_reads, whatif_words
from pages.parts.guard import notice
from pages.parts.markup import show, tag
from pages.parts.source import Source
from pages.texts import said, t


def draw(source: Source, scenario: Scenario) -> None:
    """One folded form a driver, in the catalogue's order."""
    for driver in drivers.drivers().values():
        with st.expander(said(driver.label)):
            show(tag("p", said(driver.note), class_="lv-note"))
            _form(source, driver, scenario)


def _form(source: Source, driver: Driver, scenario: Scenario) -> None:
    with st.form(f"etsi.{driver.id}", border=False):
        columns = st.columns(max(1, min(3, len(driver.parameters))))
        cells = {
            one.name: _field(source, driver, one, columns[place % len(columns)])
            for place, one in enumerate(driver.parameters)
        }
        if st.form_submit_button(t("Ajouter au scénario"), type="primary"):
            _add(source, driver, scenario, cells)


def _add(source: Source, driver: Driver, scenario: Scenario, cells: Mapping[str, Any]) -> None:
    assert source.as_of is not None
    try:
        one = used(driver.id, cells, source.as_of, source.catalogue.parameters)
    except BadEntry as refused:
        show(notice(said(refused.reason), said(refused.mend)))
        return
    st.query_params[whatif_reads.PARAM] = whatif_reads.with_use(scenario, one).as_text()
    st.rerun()


def _field(source: Source, driver: Driver, asked: Asked, column: Any) -> Any:
    """One parameter's field; shares are typed in percent, choices are the data's own."""
    assert source.as_of is not None
    label, key = said(asked.label), f"etsi.{driver.id}.{asked.name}"
    start = drivers.usual(asked, source.as_of, source.catalogue.parameters)
    if asked.kind == "date":
        return column.date_input(label, start, format="DD/MM/YYYY", key=key)
    if asked.kind == "text":
        return column.text_input(label, str(start or ""), key=key)
    if asked.kind in drivers.NUMERIC:
        factor = 100 if asked.kind in drivers.RATIOS else 1
        found = column.number_input(
            t("{label} (%)", label=label) if factor == 100 else label,
            min_value=None if asked.least is None else float(asked.least * factor),
            max_value=None if asked.most is None else float(asked.most * factor),
            value=float(str(start or 0)) * factor,
            step=None if asked.kind == "number" else 1.0,
            format="%g",
            key=key,
        )
        return found / factor
    options = {id: said(words) for id, words in asked.options}
    options = options or dict(whatif_words.choices(source, asked.kind))
    every = {"": t("tous")} | options if asked.optional else options
    return column.selectbox(label, list(every), format_func=every.__getitem__, key=key)
