"""What only shows against the views and the other entries: SQL, columns, objectives, codes, references."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from sqlglot import exp

from metrics import expressions, kinds, relations
from metrics.definitions import Kpi, Period, Source
from metrics.refusing import BadEntry, unknown
from schemas.text import Text

Views = Mapping[str, str]


def check(kpi: Kpi, views: Views, objectives: Collection[str]) -> None:
    """Raise BadEntry for the first thing wrong in one entry, taken alone."""
    if objectives and kpi.objective not in objectives and (kpi.objective or kpi.is_town):
        raise unknown(Text("Objectif", "objective"), kpi.objective, objectives)
    if kpi.source is None:
        _check_references_only(kpi, views)
    elif kpi.is_survey:
        return _check_survey(kpi)
    elif kpi.source == relations.STORED_VALUES and kpi.sql is None:
        return
    else:
        _check_source(kpi, views)
    _check_second(kpi.denominator, views)
    _check_second(kpi.coverage, views)
    _check_breakdowns(kpi, views)
    _check_interval(kpi, views)


def _columns(view: str, views: Views) -> list[str]:
    if view not in relations.readable(views):
        raise unknown(Text("Vue", "view"), view, relations.readable(views))
    return relations.columns_of(view, views)


def _check_survey(kpi: Kpi) -> None:
    """A survey tells the weighted mean of one score of its whole waves, nothing else: its answers stay where they are."""
    from metrics.scaleshelf import shelf  # here: scales are read as the catalogue is

    scores = sorted(shelf()[0])
    if kpi.source != relations.SURVEY:
        raise unknown(Text("Vue", "view"), str(kpi.source), [relations.SURVEY])
    tree = expressions.parse(str(kpi.sql))
    if not isinstance(tree, exp.Avg) or tree.this.name not in scores:
        raise BadEntry(
            Text(
                "Une enquête ne donne que la moyenne d'un score.", "A survey only gives the mean of a score."
            ),
            Text(*[" / ".join(f"AVG({name})" for name in scores)] * 2),
        )
    if any((kpi.by, kpi.period, kpi.denominator, kpi.per, kpi.base, kpi.needs, kpi.n, kpi.coverage)):
        raise BadEntry(
            Text("Une enquête ne se décline pas.", "A survey is not broken down."),
            Text(
                "Ne laissez que « from », « sql » et « interval: weighted ».",
                "Leave only “from”, “sql” and “interval: weighted”.",
            ),
        )


def _check_references_only(kpi: Kpi, views: Views) -> None:
    if kpi.sql is None:
        raise _missing("from")
    if list(expressions.aggregates(expressions.parse(kpi.sql))):
        raise _missing("from")
    expressions.check_value(kpi.sql, ())


def _missing(name: str) -> BadEntry:
    return BadEntry(
        Text(f"Il manque « {name} ».", f"“{name}” is missing."),
        Text(f"Ajoutez « {name}: … » à l'entrée.", f"Add “{name}: …” to the entry."),
    )


def _check_source(kpi: Kpi, views: Views) -> None:
    columns = _columns(str(kpi.source), views)
    if kpi.sql is None:
        raise _missing("sql")
    if kpi.period is None:
        raise _missing("period")
    _check_period(kpi.period, columns)
    _check_snapshot(kpi.period, str(kpi.source), views)
    if kpi.period.span == "snapshot" and kpi.base:
        raise _snapshot()
    for name in kpi.per.key if kpi.per else ():
        _check_column(name, columns)
    for sql in kpi.per.measures.values() if kpi.per else ():
        expressions.check_rows(sql, columns)
    expressions.check_value(kpi.sql, [*kpi.per.key, *kpi.per.measures] if kpi.per else columns)
    for text in filter(None, (kpi.n, kpi.needs)):
        expressions.check_rows(text, columns)
    _check_kinds(kpi, kinds.columns(str(kpi.source), views))


def _check_kinds(kpi: Kpi, known: Mapping[str, str]) -> None:
    """Refuse what only a run would stumble over: sums of text, dates taken for numbers."""
    for sql in kpi.per.measures.values() if kpi.per else ():
        kinds.check(sql, known, is_condition=True)  # a measure may well be the last day
    kinds.check(str(kpi.sql), {} if kpi.per else known)
    if kpi.n:
        kinds.check(kpi.n, known)
    if kpi.needs:
        kinds.check(kpi.needs, known, is_condition=True)


def _check_second(source: Source | None, views: Views) -> None:
    if source is None:
        return
    columns = _columns(source.view, views)
    _check_period(source.period, columns)
    _check_snapshot(source.period, source.view, views)
    for text in filter(None, (source.sql, source.needs)):
        expressions.check_rows(text, columns)
        kinds.check(text, kinds.columns(source.view, views), is_condition=text == source.needs)
    for view in source.by_from.values():
        _check_second(replace(source, view=view, by_from={}), views)


def _check_period(period: Period, columns: Collection[str]) -> None:
    for name in filter(None, (period.date, period.until)):
        _check_column(name, columns)


def _check_snapshot(period: Period, view: str, views: Views) -> None:
    """What looks at each date of the calendar is taken at that date alone, and nothing else is."""
    if (period.span == "snapshot") != relations.looks_at_dates(view, views):
        raise _snapshot()


def _snapshot() -> BadEntry:
    return BadEntry(
        Text(
            "La portée snapshot va avec une vue qui lit calendar, sans base.",
            "Span snapshot goes with a view that reads calendar, without a base.",
        ),
        Text(
            "Changez period.span, ou prenez une autre vue dans from.",
            "Change period.span, or take another view in from.",
        ),
    )


def _check_column(name: str, columns: Collection[str]) -> None:
    if name not in columns:
        raise unknown(Text("Colonne", "column"), name, columns)


def views_read(kpi: Kpi, by: str | None = None) -> list[str]:
    """Return the views an entry itself reads for its value (its breakdown ``by`` may name another one)."""
    own = kpi.by_from.get(by or "", kpi.source)
    under = kpi.denominator.by_from.get(by or "", kpi.denominator.view) if kpi.denominator else None
    return [view for view in (own, under) if view]


def _check_breakdowns(kpi: Kpi, views: Views) -> None:
    for name in kpi.by:
        for view in views_read(kpi, name):
            _check_column(name, _columns(view, views))
        if name in kpi.by_from:
            _check_same_columns(kpi, kpi.by_from[name], views)


def _check_same_columns(kpi: Kpi, view: str, views: Views) -> None:
    """Another view for a breakdown must have all the columns that the entry reads."""
    columns = _columns(view, views)
    texts = [*(kpi.per.measures.values() if kpi.per else [kpi.sql]), kpi.n, kpi.needs]
    for text in filter(None, texts):
        expressions.check_value(text, columns)
    if kpi.period:
        _check_period(kpi.period, columns)
        _check_snapshot(kpi.period, view, views)


def _check_interval(kpi: Kpi, views: Views) -> None:
    if kpi.interval is None:
        return
    if kpi.interval.kind == "bootstrap" and kpi.source:
        _check_column(str(kpi.interval.key), _columns(kpi.source, views))
    if kpi.interval.kind == "km" and not any(name in str(kpi.sql) for name in expressions.SURVIVAL):
        raise BadEntry(
            Text("L'intervalle km n'existe que pour une durée.", "Interval km only exists for durations."),
            Text("Écrivez bootstrap(clé) ou none.", "Write bootstrap(key) or none."),
        )
    if kpi.interval.kind == "clopper_pearson" and not _is_share(kpi):
        raise BadEntry(
            Text(
                "L'intervalle clopper_pearson n'existe que pour un rapport de deux effectifs.",
                "Interval clopper_pearson only exists for one count over another.",
            ),
            Text(
                "Écrivez « denominator », ou a / b dans « sql ».", "Write “denominator”, or a / b in “sql”."
            ),
        )


def _is_share(kpi: Kpi) -> bool:
    """Say whether an entry's value is something divided by something."""
    return kpi.denominator is not None or isinstance(expressions.parse(str(kpi.sql)).unnest(), exp.Div)


def references(kpi: Kpi) -> list[str]:
    """Return the ids of the KPIs that an entry's formula names."""
    return expressions.references(expressions.parse(kpi.sql)) if kpi.sql else []


def check_references(kpi: Kpi, kpis: Mapping[str, Kpi]) -> None:
    """Raise BadEntry unless every KPI named in the formula is a computed one and none leads back to this one."""
    for name in references(kpi):
        if name not in kpis:
            raise unknown(Text("Indicateur", "KPI"), name, [other for other in kpis if other != kpi.id])
        if kpis[name].has_own_periods:
            raise BadEntry(
                Text(
                    f"« {name} » est une valeur saisie ou une enquête.",
                    f"“{name}” is a stored value or a survey.",
                ),
                Text(
                    "Une formule ne cite que des indicateurs calculés.", "A formula only names computed KPIs."
                ),
            )
    for name in filter(None, (kpi.companion_of, kpi.contributes_to)):
        if name not in kpis or name == kpi.id:
            raise unknown(Text("Indicateur", "KPI"), name, [other for other in kpis if other != kpi.id])
    if kpi.id in reached(references(kpi), kpis):
        raise BadEntry(
            Text("La formule se cite elle-même.", "The formula refers to itself."),
            Text("Retirez une des références entre accolades.", "Remove one of the references in braces."),
        )


def reached(ids: Iterable[str], kpis: Mapping[str, Kpi]) -> set[str]:
    """Return the KPIs that ``ids`` need, themselves included."""
    found: set[str] = set()
    left = [name for name in ids if name in kpis]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += [other for other in references(kpis[name]) if other in kpis]
    return found
