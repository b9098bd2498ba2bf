"""The catalogue in words: ``python -m metrics.describe > docs/catalogue.md`` writes the page that a test holds true."""

from metrics import words
from metrics.definitions import Catalogue, Kpi, Perspective, load
from metrics.folders import SHIPPED
from schemas.text import Text

HEAD = """# Catalogue

The shipped scorecard, read off `metrics/catalogue`: mission, objectives, links, KPIs. French first, English after the slash. Targets are the entries' first ones; dated targets are
in table `targets`. Values are in base units (euros, shares of 1, days). *On the demo* are values that a test holds the demo town to, by period.
"""
WAYS = {"up": "higher is better", "down": "lower is better", "band": "inside the band is best"}
GOES_DOWN = {
    "identical": "the same formula over each directorate's rows",
    "town": "the whole town only",
}


def markdown(catalogue: Catalogue) -> str:
    """Return the page: mission, KPIs by perspective and objective, what stands beside them, links and waves."""
    card = catalogue.scorecard
    sides = "\n".join(_side(catalogue, side) for side in card.perspectives)
    parts = [HEAD, _count(catalogue), f"> {card.mission.fr}\n>\n> {card.mission.en}\n", sides]
    return "\n".join(
        [*parts, _companions(catalogue), _directorates(catalogue), _links(catalogue), _waves(catalogue)]
    )


def _count(catalogue: Catalogue) -> str:
    card, others = catalogue.scorecard, catalogue.others.values()
    beside = sum(bool(kpi.companion_of) for kpi in others)
    own = sum(bool(kpi.directorate) for kpi in others)
    return (
        f"{len(card.perspectives)} perspectives, {len(card.objectives)} objectives, {len(card.links)} links, "
        f"{len(catalogue.kpis)} KPIs, {beside} values beside them, {own} KPIs of single directorates.\n"
    )


def _both(text: Text) -> str:
    return text.fr if text.fr == text.en else f"{text.fr} / {text.en}"


def _side(catalogue: Catalogue, side: Perspective) -> str:
    found = [f"## {side.code}. {_both(side.label)}\n"]
    for objective in side.objectives:
        found.append(f"### {objective.code}. {_both(objective.label)}\n")
        said = [_both(objective.text)] if objective.text.fr else []
        said += [f"Owner: {objective.owner}."] if objective.owner else []
        said += [f"Tags: {', '.join(objective.tags)}."] if objective.tags else []
        found += [" ".join(said) + "\n"] if said else []
        found += [_kpi(kpi, catalogue) for kpi in catalogue.of_objective(objective.code)]
    return "\n".join(found)


def _kpi(kpi: Kpi, catalogue: Catalogue) -> str:
    """Return a KPI: its names, its formula and period in words, and a table of what it is judged by."""
    formula, period = words.formula(kpi, catalogue.every), words.period(kpi)
    rows = "\n".join(f"| {name} | {value} |" for name, value in _facts(kpi) if value)
    return (
        f"#### {kpi.code} `{kpi.id}`: {_both(kpi.label)}\n\n"
        f"- {formula.fr}. Lignes : {period.fr}.\n- {formula.en}. Rows: {period.en}.\n\n"
        f"| | |\n|---|---|\n{rows}\n"
    )


def _facts(kpi: Kpi) -> list[tuple[str, str]]:
    return [
        ("unit, direction", f"`{kpi.unit}`, {WAYS[kpi.direction]}"),
        ("goal", _goal(kpi)),
        ("frequency, kind", f"{kpi.frequency}, {'leading' if kpi.kind == 'lead' else 'lagging'}"),
        ("owner, version", ", ".join(part for part in (kpi.owner, f"version {kpi.version}") if part)),
        ("interval", _interval(kpi)),
        ("n counts", _both(kpi.counted) if kpi.counted.fr else ""),
        ("for, about", "; ".join(", ".join(part) for part in (kpi.audiences, kpi.aims) if part)),
        ("broken down by", ", ".join(f"`{name}`" for name in kpi.by)),
        ("directorates", GOES_DOWN.get(kpi.cascade, "")),
        (
            "on the demo",
            ", ".join(
                f"{period}: {value:g}" if abs(value) < 1e6 else f"{period}: {value:.0f}"
                for period, value in kpi.on_demo.items()
            ),
        ),
    ]


def _goal(kpi: Kpi) -> str:
    """Return target and floor, or band and limits."""
    if kpi.band:
        limits = f", 0 from {kpi.limits[0]:g} and {kpi.limits[1]:g} on" if kpi.limits else ""
        return f"band {kpi.band[0]:g} to {kpi.band[1]:g}{limits}"
    if kpi.target is None:
        return ""
    more = "more than " if kpi.strict else ""
    floor = "" if kpi.floor is None else f", floor {_figure(kpi.floor)}"
    return f"target {more}{_figure(kpi.target)}{floor}"


def _figure(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ") if abs(value) >= 10_000 else f"{value:g}"


def _interval(kpi: Kpi) -> str:
    kinds = {
        "bootstrap": f"bootstrap over `{kpi.interval.key}`" if kpi.interval else "",
        "km": "Kaplan-Meier, log-log",
        "clopper_pearson": "Clopper-Pearson, exact",
        "weighted": "sampling error of the weighted mean, with finite population correction",
    }
    return kinds[kpi.interval.kind] if kpi.interval else ""


def _companions(catalogue: Catalogue) -> str:
    rows = [
        _line(
            f"{kpi.code} `{kpi.id}`",
            _both(kpi.label),
            catalogue.every[kpi.companion_of].code,
            _both(words.formula(kpi, catalogue.every)),
            f"`{kpi.unit}`",
            _demo(kpi),
        )
        for kpi in catalogue.others.values()
        if kpi.companion_of
    ]
    said = "Never scored, never in a list; `metrics show` gives them when asked by id or code.\n"
    head = _head("value", "label", "beside", "formula", "unit", "on the demo")
    return "\n".join(["## Beside a KPI\n", said, head, *rows, ""])


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _head(*titles: str) -> str:
    return f"{_line(*titles)}\n|{'---|' * len(titles)}"


def _demo(kpi: Kpi) -> str:
    return next((f"{value:g} ({period})" for period, value in reversed(list(kpi.on_demo.items()))), "")


def _directorates(catalogue: Catalogue) -> str:
    rows = [
        _line(
            f"{kpi.code} `{kpi.id}`",
            _both(kpi.label),
            kpi.directorate,
            catalogue.every[kpi.contributes_to].code if kpi.contributes_to else "its own",
            _both(words.formula(kpi, catalogue.every)),
            _goal(kpi),
        )
        for kpi in catalogue.others.values()
        if kpi.directorate
    ]
    head = _head("KPI", "label", "directorate", "feeds", "formula", "goal")
    return "\n".join(["## Of single directorates\n", head, *rows, ""]) if rows else ""


def _links(catalogue: Catalogue) -> str:
    names = catalogue.scorecard.objectives
    rows = [
        _line(
            *(f"{code} {_both(names[code].label)}" for code in (link.cause, link.effect)),
            str(link.lag_months),
        )
        for link in catalogue.scorecard.links
    ]
    said = "Hypotheses, each with a direction and a lag: tested, never proved.\n"
    return "\n".join(["## Links\n", said, _head("cause", "effect", "months"), *rows, ""])


def _waves(catalogue: Catalogue) -> str:
    rows = [
        f"| {wave.name} | {wave.held_on} | {wave.headcount or ''} |" for wave in catalogue.scorecard.waves
    ]
    return "\n".join(["## Surveys\n", "| wave | held on | sent to |\n|---|---|---|", *rows, ""])


if __name__ == "__main__":
    print(markdown(load([SHIPPED])), end="")
