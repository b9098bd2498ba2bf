"""The top of the leverage screen: the ratio at its stage with all it rests on, and the ladder of stages."""

from datetime import date

from metrics.definitions import Kpi
from metrics.leverage import Leverage
from metrics.reading import Reading
from pages.parts import chart, page, status, tables
from pages.parts.levier_bars import Bar, Line, bars
from pages.parts.levier_reads import kpi_of, plans_of
from pages.parts.markup import Html, div, facts, heading, link, span, tag
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import beside, numbers, t, tn, units
from pages.texts.leverage import ladder_title, stages, title


def head(source: Source, found: Leverage, stage: str) -> Html:
    """The screen's finding at a stage."""
    return page.head(title(found, stage), kicker=t("Effet de levier"), lead=lead(source, found))


def choices(source: Source, stage: str) -> Html:
    """The stages as links: the address says which one, in a word that no language changes."""
    links = [
        link(source.link("levier", stage=code), name, aria_current="true" if code == stage else None)
        for code, name in stages().items()
    ]
    label = span("lv-seg-label", t("Stade du financement"), id="lv-stage")
    return div("lv-choice", label, tag("nav", *links, class_="lv-seg", aria_labelledby="lv-stage"))


def lead(source: Source, found: Leverage) -> str:
    """What is divided by what, and over which projects."""
    since = source.catalogue.parameters.get("rebase_on")
    n = len(found.known)
    if not isinstance(since, date):
        return tn(
            "Euros de partenaires par euro propre, somme sur somme, {n} projet au plan notifié.",
            "Euros de partenaires par euro propre, somme sur somme, {n} projets au plan notifié.",
            n,
        )
    return tn(
        "Euros de partenaires par euro propre, somme sur somme, {n} projet au plan notifié depuis le {day}.",
        "Euros de partenaires par euro propre, somme sur somme, {n} projets au plan notifié depuis le {day}.",
        n,
        day=numbers.day(since),
    )


def standing(source: Source, kpi: Kpi, reading: Reading | None, found: Leverage, stage: str) -> Html:
    """The ratio set large; its status where it is the KPI's own stage; then what it rests on."""
    rung = next(rung for rung in found.ladder if rung.stage == stage)
    value = span(
        "lv-value lone",
        tag("small", t("1 pour")),
        "\u00a0",
        numbers.NONE if rung.leverage is None else numbers.decimal(rung.leverage, 2),
    )
    is_own = stage == "awarded"
    goal = t("cible {target}", target=beside.target(kpi)) if kpi.target is not None else ""
    judged = (
        [status.of_reading(reading), span("lv-grey", goal)]
        if is_own
        else [span("lv-grey", t("La cible porte sur le notifié."))]
    )
    rows = link(
        f"{source.link('fiche', kpi=kpi.id, rows='1')}#lignes",
        t("Les lignes derrière le chiffre"),
        class_="lv-shortcut",
    )
    return div(
        "lv-standing",
        value,
        div("lv-judged", *judged),
        _facts(reading if is_own else None, found, rung.amount),
        rows,
    )


def _facts(reading: Reading | None, found: Leverage, amount: float) -> Html:
    """Interval, fraction, coverage, what one project weighs, the other reading, the legal ceiling."""
    fraction = t(
        "{partner} de partenaires ÷ {own} propres",
        partner=units.text(amount, "eur"),
        own=units.text(found.own, "eur"),
    )
    pairs: list[tuple[str, str]] = [(t("Fraction"), fraction)]
    if reading is not None:
        pairs.insert(0, (t("Intervalle à 95 %"), units.interval(reading.low, reading.high, reading.unit)))
        cover = units.text(reading.coverage, "ratio") if reading.coverage is not None else ""
        pairs.append((t("Couverture"), t("{share} du coût de la file active", share=cover) if cover else ""))
    return facts([*((what, much) for what, much in pairs if much), *_others(found)])


def _others(found: Leverage) -> list[tuple[str, str]]:
    out = list(found.left_out.items())
    pairs = []
    if len(out) > 1:
        (low, least), (high, most) = out[0], out[-1]
        words = t("{first} et {second}", first=numbers.decimal(least, 2), second=numbers.decimal(most, 2))
        pairs.append((t("Sans {low}, sans {high}", low=low, high=high), words))
    if found.public_ceiling is not None:
        pairs.append(
            (
                t("Plafond légal"),
                t("{ceiling} pour un plan tout public", ceiling=numbers.decimal(found.public_ceiling, 2)),
            )
        )
    return pairs


def ladder(source: Source, kpi: Kpi, reading: Reading | None, found: Leverage, stage: str) -> Html:
    """The four stages on the same own funds, the chosen one in colour, the legal ceiling across where all money is public."""
    note = t("Euros de partenaires par euro propre, selon le stade.")
    if reading is not None and reading.low is not None:
        note += " " + t("Trait fin : intervalle.")
    if _ceiling(found) is not None:
        note += " " + t("Tirets : plafond légal d’un plan tout public.")
    foot = tn(
        "{n} projet, mêmes fonds propres ({own}) à chaque stade. Données au {day}, définition version {version}.",
        "{n} projets, mêmes fonds propres ({own}) à chaque stade. Données au {day}, définition version {version}.",
        len(found.known),
        own=units.text(found.own, "eur"),
        day=numbers.day(source.as_of),
        version=kpi.version,
    )
    drawn = bars(_rungs(reading, found, stage), line=_ceiling(found))
    return div(
        "lv-ladder",
        heading(2, ladder_title(found)),
        div("lv-lead", note),
        drawn,
        chart.under(_sentence(found), tables.drawn(source, "levier-stades"), foot),
    )


def _ceiling(found: Leverage) -> Line | None:
    """The legal ceiling, which binds public money alone: no line across plans that private money takes beyond it."""
    ceiling = found.public_ceiling
    return (
        None
        if ceiling is None or any(plan.private for plan in found.known)
        else Line(ceiling, t("plafond {ceiling}", ceiling=numbers.decimal(ceiling, 2)))
    )


def _rungs(reading: Reading | None, found: Leverage, stage: str) -> list[Bar]:
    names = stages()
    rows = []
    for rung in found.ladder:
        here = rung.stage == stage
        bounds = reading if reading is not None and rung.stage == "awarded" else None
        words = "–" if rung.leverage is None else numbers.decimal(rung.leverage, 2)
        rows.append(
            Bar(
                names[rung.stage],
                rung.leverage,
                words,
                "accent" if here else "quiet",
                bounds.low if bounds else None,
                bounds.high if bounds else None,
                units.text(rung.amount, "eur"),
                here,
            )
        )
    return rows


def _sentence(found: Leverage) -> str:
    names = stages()
    said = [
        f"{names[r.stage]} {numbers.decimal(r.leverage or 0.0, 2)} ({units.text(r.amount, 'eur')})"
        for r in found.ladder
    ]
    return t("Effet de levier par stade : {values}.", values=", ".join(said))


@tables.offered("levier-stades")
def ladder_table(source: Source, asked: Asked) -> Table | None:
    """The ratio at each stage on the same own funds."""
    found, kpi = plans_of(source), kpi_of(source.catalogue)
    if found is None or kpi is None:
        return None
    names = stages()
    columns = (
        Column(t("Stade")),
        Column(t("Effet de levier"), "number"),
        Column(t("Partenaires"), "number", "eur"),
        Column(t("Fonds propres"), "number", "eur"),
    )
    rows = [
        [
            names[r.stage],
            Cell(r.leverage, numbers.NONE if r.leverage is None else numbers.decimal(r.leverage, 2)),
            r.amount,
            found.own,
        ]
        for r in found.ladder
    ]
    return tables.table(source, t("Effet de levier par stade"), columns, rows, version=kpi.version)
