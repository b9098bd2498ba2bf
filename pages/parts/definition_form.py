"""The guided form of a KPI: its fields as an analyst would write them, checked and tried on the data as they are typed."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from metrics import columns, kinds, relations
from metrics.definitions import SPANS
from metrics.refusing import BadEntry
from pages.parts import entering, reads
from pages.parts.guard import notice
from pages.parts.markup import Html, show, tag
from pages.parts.source import Source
from pages.texts import language, said, t, units

MADE = ("COUNT(*)", "SUM", "AVG", "MEDIAN", "MIN", "MAX", "COUNT(DISTINCT)", "SUM/SUM")
FREE = "sql"


def fields(source: Source, id: str, was: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Draw the fields, filled with the entry as it ``was``; return the id and the entry's data. Raises BadEntry."""
    made: dict[str, Any] = {}
    if not id:
        id = st.text_input(t("Identifiant (minuscules, chiffres et _)"), key="def.id").strip()
    left, right = st.columns(2)
    made["code"] = left.text_input(t("Code"), str(was.get("code", "")), key="def.code").strip()
    goals = list(source.catalogue.scorecard.objectives)
    made["objective"] = right.selectbox(
        t("Objectif"),
        goals,
        _at(goals, was.get("objective")),
        format_func=lambda c: _goal(source, c),
        key="def.objective",
    )
    label = was.get("label") or {}
    made["label"] = {
        "fr": left.text_input(t("Libellé en français"), label.get("fr", ""), key="def.fr").strip(),
        "en": right.text_input(t("Libellé en anglais"), label.get("en", ""), key="def.en").strip(),
    }
    made |= _formula(source, was) | _judged(was) | _kept(was)
    return id, {key: value for key, value in made.items() if value is not None or key in was}


def _at(items: list[Any], value: object) -> int:
    return items.index(value) if value in items else 0


def _goal(source: Source, code: str) -> str:
    return f"{code} {said(source.catalogue.scorecard.objectives[code].label)}"


def _formula(source: Source, was: Mapping[str, Any]) -> dict[str, Any]:
    """Relation, expression, period."""
    views = sorted(relations.readable(source.engine.relations))
    view = st.selectbox(
        t("Relation lue"), views, _at(views, was.get("from", "projects")), format_func=_view, key="def.from"
    )
    names = [name for name in relations.columns_of(view, source.engine.relations) if name != "_id"]
    kind = _kinds(source, view, names)
    ways = [*MADE, FREE]
    way = st.selectbox(
        t("Calcul"), ways, _at(ways, FREE if was else MADE[0]), format_func=_way, key="def.way"
    )
    counted = names if way in (MADE[0], "COUNT(DISTINCT)", FREE) else _of(kind, "number")
    sql = _expression(way, counted, str(was.get("sql", "")))
    was_period = was.get("period") or {}
    left, middle, right = st.columns(3)
    spans = list(SPANS)
    span = left.selectbox(
        t("Période"), spans, _at(spans, was_period.get("span", "stock")), format_func=_span, key="def.span"
    )
    # A column that the entry names already stays offered, whatever its kind.
    days = list(dict.fromkeys([None, *_of(kind, "date"), was_period.get("date"), was_period.get("until")]))
    usual = was_period.get("date") if was else next(iter(days[1:]), None)
    day = middle.selectbox(t("Colonne de date"), days, _at(days, usual), format_func=_column, key="def.date")
    until = right.selectbox(
        t("Jusqu’à (facultatif)"),
        days,
        _at(days, was_period.get("until")),
        format_func=_column,
        key="def.until",
    )
    period = {key: value for key, value in was_period.items() if key not in ("span", "date", "until")}
    period |= {"span": span} | ({"date": day} if day else {}) | ({"until": until} if until else {})
    by = was.get("by", [reads.DIMENSION] if reads.DIMENSION in names else [])
    return {"from": view, "sql": sql, "period": period, "by": by}


def _kinds(source: Source, view: str, names: list[str]) -> dict[str, str]:
    """What kind each column is; of those that no table bears, dates end in _on and the others may be numbers."""
    known = kinds.columns(view, source.engine.relations)
    return {name: known.get(name) or ("date" if name.endswith("_on") else "number") for name in names}


def _of(kind: Mapping[str, str], wanted: str) -> list[str]:
    return [name for name, one in kind.items() if one == wanted]


def missing(id: str, made: Mapping[str, Any]) -> list[str]:
    """What an entry cannot do without and nobody has written yet, by the names of the fields."""
    written = {
        t("Identifiant"): id,
        t("Code"): made["code"],
        t("Libellé en français"): made["label"]["fr"],
        t("Libellé en anglais"): made["label"]["en"],
    }
    return [name for name, text in written.items() if not text]


def to_write(names: list[str]) -> None:
    """Say what is still to be written: nothing is wrong yet."""
    words = t("Restent à écrire : {names}.", names=", ".join(names))
    show(notice(t("L’aperçu vient dès que l’entrée est complète."), words, "info"))


def _view(name: str) -> str:
    return f"{name} ({said(columns.rows_of(name))})"


def _column(name: str | None) -> str:
    return f"{name} : {said(columns.noun(name))}" if name else t("aucune")


def _way(way: str) -> str:
    words = {
        "COUNT(*)": lambda: t("nombre de lignes"),
        "SUM": lambda: t("somme d’une colonne"),
        "AVG": lambda: t("moyenne d’une colonne"),
        "MEDIAN": lambda: t("médiane d’une colonne"),
        "MIN": lambda: t("plus petite valeur"),
        "MAX": lambda: t("plus grande valeur"),
        "COUNT(DISTINCT)": lambda: t("nombre de valeurs différentes"),
        "SUM/SUM": lambda: t("somme divisée par une somme"),
        FREE: lambda: t("expression libre"),
    }
    return words[way]()


def _span(span: str) -> str:
    words = {
        "in_period": lambda: t("dans le mois, le trimestre ou l’année"),
        "year_to_date": lambda: t("depuis le 1er janvier"),
        "rolling_12_months": lambda: t("sur douze mois glissants"),
        "cumulative": lambda: t("cumulé jusqu’à la date"),
        "stock": lambda: t("présent à la date"),
        "between": lambda: t("entre deux dates"),
        "all": lambda: t("toutes les lignes, sans date"),
    }
    return words[span]() if span in words else span


def _expression(way: str, names: list[str], was: str) -> str:
    """The expression of aggregates, made of a choice or typed."""
    if way == "COUNT(*)":
        return way
    if way == FREE:
        help_ = ", ".join(names)
        return st.text_area(
            t("Expression"), was, key="def.sql", help=t("Colonnes : {names}", names=help_)
        ).strip()
    left, right = st.columns(2)
    first = left.selectbox(t("Colonne"), names, format_func=_column, key="def.column")
    if way == "COUNT(DISTINCT)":
        return f"COUNT(DISTINCT {first})"
    if way == "SUM/SUM":
        second = right.selectbox(t("Divisée par"), names, format_func=_column, key="def.under")
        return f"SUM({first}) / NULLIF(SUM({second}), 0)"
    return f"{way}({first})"


def _judged(was: Mapping[str, Any]) -> dict[str, Any]:
    """Unit, direction, target and floor, in the reader's unit."""
    left, right = st.columns(2)
    known = sorted(units.KNOWN | {str(was["unit"])} if was.get("unit") else units.KNOWN)
    unit = left.selectbox(
        t("Unité"), known, _at(known, was.get("unit", "n")), format_func=units.unit_name, key="def.unit"
    )
    ways = ["up", "down", "band"]
    names = {"up": t("plus haut est mieux"), "down": t("plus bas est mieux"), "band": t("dans une bande")}
    direction = right.selectbox(
        t("Sens favorable"),
        ways,
        _at(ways, was.get("direction")),
        format_func=names.__getitem__,
        key="def.direction",
    )
    sign = entering.sign(unit)
    mark = f" ({sign})" if sign else ""
    made: dict[str, Any] = {"unit": unit, "direction": direction}
    made["target"] = _figure(
        left.text_input(t("Cible") + mark, entering.typed(was.get("target"), unit), key="def.target"), unit
    )
    if direction == "band":
        low, high = was.get("band") or (None, None)
        found = [
            _figure(
                left.text_input(t("Bas de la bande") + mark, entering.typed(low, unit), key="def.low"), unit
            ),
            _figure(
                right.text_input(t("Haut de la bande") + mark, entering.typed(high, unit), key="def.high"),
                unit,
            ),
        ]
        return made | {"band": found if None not in found else None}
    floor = right.text_input(
        t("Plancher (score 0)") + mark, entering.typed(was.get("floor"), unit), key="def.floor"
    )
    return made | {"floor": _figure(floor, unit)}


def _figure(text: str, unit: str) -> float | int | None:
    from metrics.deciding import no_figure

    try:
        value = entering.entered(text, unit)
    except ValueError as error:
        raise no_figure(text) from error
    return int(value) if value is not None and value == int(value) else value


def _kept(was: Mapping[str, Any]) -> dict[str, Any]:
    """Frequency, kind, owner, note."""
    left, middle, right = st.columns(3)
    often = {
        "monthly": t("chaque mois"),
        "quarterly": t("chaque trimestre"),
        "yearly": t("chaque année"),
        "wave": t("à chaque enquête"),
    }
    kinds = {"lead": t("avancé"), "lag": t("de résultat")}
    note = was.get("note") or {}
    made = {
        "frequency": left.selectbox(
            t("Fréquence"),
            list(often),
            _at(list(often), was.get("frequency")),
            format_func=often.__getitem__,
            key="def.frequency",
        ),
        "kind": middle.selectbox(
            t("Nature"),
            list(kinds),
            _at(list(kinds), was.get("kind", "lag")),
            format_func=kinds.__getitem__,
            key="def.kind",
        ),
        "owner": right.text_input(t("Responsable"), str(was.get("owner", "")), key="def.owner").strip(),
    }
    fr = st.text_area(t("Note en français"), note.get("fr", ""), key="def.note.fr").strip()
    en = st.text_area(t("Note en anglais"), note.get("en", ""), key="def.note.en").strip()
    return made | {"note": {"fr": fr, "en": en} if fr or en else None}


def refused(error: BadEntry) -> None:
    """Say what cannot be taken, and the mend."""
    show(notice(error.reason.get(language()), error.mend.get(language())))


def said_as(text: str) -> Html:
    """The YAML that is written."""
    return tag(
        "details",
        tag("summary", t("Le YAML qui sera écrit")),
        tag("pre", tag("code", text)),
        class_="lv-more",
    )
