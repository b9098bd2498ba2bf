"""What may come of it: what is raised, the leverage, the own cost and the capacity at the year's end, base above, scenario below."""

from metrics.chance import telling
from metrics.chance.futures import Distribution, Futures, futures
from metrics.chance.pending import Pending
from metrics.scenario import Scenario, from_text
from metrics.whatif import Comparison
from pages.charts.futures import BAND, Drawing, Strip, drawing
from pages.parts import chart, tables, whatif_assumed, whatif_reads
from pages.parts.markup import Html, div, esc, join, section, span, tag
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import futures as words
from pages.texts import numbers, said, t, tn, units

NAME = "etsi-avenirs"
HALF, AXIS, ABOVE = 34, 20, 18  # px of a law's height; of the words under the axis; of those over a target


@kept(maxsize=VIEWS)
def of(source: Source, text: str) -> Futures:
    """The futures of the scenario that an address bears, at the source's date and scope; "" is the base."""
    assert source.as_of is not None
    scenario = from_text(text, source.as_of, source.catalogue.parameters)
    marks = {one.outcome: _marks(one) for one in of(source, "").distributions} if text else None
    return futures(source.engine, source.catalogue, scenario, source.as_of, scope=source.scope, marks=marks)


def _marks(one: Distribution) -> tuple[float, ...]:
    return tuple(value for value, _ in one.marks)


@kept(maxsize=VIEWS)
def _drawn(source: Source, text: str) -> Html:
    base = of(source, "")
    made = of(source, text) if text else None
    rows = [
        _row(source, one, base.of(one), made.of(one) if made else None, _answers(one, base, made))
        for one in telling.outcomes(base, made or base)
    ]
    if not rows:
        return Html("")
    return section(
        _title(base, made),
        _legend(made is not None),
        tag("ul", *rows, class_="lv-futures"),
        _assumed(base, made),
        chart.switch(tables.drawn(source, NAME, s=text)),
        note=_note(made or base),
    )


def panel(source: Source, scenario: Scenario, found: Comparison | None = None) -> Html:
    """The panel of a scenario (of the base alone without one); nothing without data."""
    return Html("") if source.as_of is None else _drawn(source, scenario.as_text())


def _title(base: Futures, made: Futures | None) -> str:
    """The finding: what is raised 8 times in 10."""
    raised, mine = base.of("raised"), made.of("raised") if made else None
    assert raised is not None
    day = numbers.day(base.horizon)
    if mine is None:
        return t("Au {day}, 8 chances sur 10 d’avoir levé {band}", day=day, band=_band(raised))
    return t(
        "Scénario au {day} : 8 chances sur 10 d’avoir levé {band} (base : {base})",
        day=day,
        band=_band(mine),
        base=_band(raised),
    )


def _note(found: Futures) -> str:
    waiting = tn("Une demande attend", "{n} demandes attendent", found.requests, n=found.requests)
    return t(
        "{waiting} une réponse : chacune a une chance, un délai, une part. Hauteur : chance de chaque montant ; trait épais : 8 fois sur 10 ; point : milieu.",
        waiting=waiting,
    )


def _band(one: Distribution) -> str:
    low, high = (units.text(one.quantile(level), one.unit) for level in BAND)
    return t("de {low} à {high}", low=low, high=high)


def _legend(both: bool) -> Html:
    keys = [("base", t("base")), *([("made", t("scénario"))] if both else [])]
    shape = (
        '<svg width="14" height="12" aria-hidden="true"><rect class="{kind}" width="14" height="12"/></svg>'
    )
    return div(
        "lv-note lv-futures-key",
        *(span("", Html(shape.format(kind=kind)), words) for kind, words in keys),
    )


def _row(
    source: Source, outcome: str, base: Distribution | None, made: Distribution | None, answers: str
) -> Html:
    """One outcome: its name, what it may be on either side, its drawing, its chances, what the answers do to it."""
    drawn = drawing(base, made)
    told = base or made
    assert drawn is not None and told is not None
    name = said(telling.label(source.catalogue, outcome))
    sides = [
        span(kind, _band(one)) for kind, one in (("lv-futures-base", base), ("lv-futures-made", made)) if one
    ]
    return tag(
        "li",
        div("lv-futures-head", tag("b", name), span("num", join(sides, " → "))),
        Html(_svg(drawn, told.unit, _sentence(name, base, made))),
        tag("p", " ".join([*_chances(outcome, base, made), answers]), class_="lv-note"),
    )


def _answers(outcome: str, base: Futures, made: Futures | None) -> str:
    """What the answers to the pending requests do to an outcome, where it cannot be read otherwise: "" elsewhere."""
    last = (made or base).pending
    if outcome == "leverage" and last.own_funds > 0:
        own = [units.text(one.pending.own_funds, "eur") for one in (base, made) if one]
        amount = t("{base} en base, {made} sous le scénario", base=own[0], made=own[1]) if made else own[0]
        return t(
            "Un accord à un projet sans plan fait entrer ses fonds propres au dénominateur : en moyenne {amount} d’ici là.",
            amount=amount,
        )
    if outcome != "own_cost":
        return ""
    waiting = _waiting(last, numbers.day(base.horizon)) if last.waits else ""
    return " ".join(part for part in (t("HT, subventions déduites."), waiting) if part)


def _waiting(one: Pending, day: str) -> str:
    """Who has answered what by the horizon, and why no chance is told."""
    words = {
        name: units.text(getattr(one, name), "eur")
        for name in ("asked", "won", "refused", "waiting", "voted")
    }
    return t(
        "Des {asked} demandés, en moyenne au {day} : {won} accordés, {refused} refusés, {waiting} encore sans réponse et comptés ici à la charge de la Ville ; aucune chance de tenir dans les {voted} de fonds propres votés n’est donc dite.",
        day=day,
        **words,
    )


def _sentence(name: str, base: Distribution | None, made: Distribution | None) -> str:
    """What the drawing shows, for who cannot see it."""
    words = {
        "name": name,
        "base": _band(base) if base else t("non calculé"),
        "made": _band(made) if made else "",
    }
    if made is None:
        return t("{name} : {base}, 8 fois sur 10.", **words)
    return t("{name} : {base} en base, {made} sous le scénario, 8 fois sur 10.", **words)


def _chances(outcome: str, base: Distribution | None, made: Distribution | None) -> list[str]:
    """The chance of the target, then of the round number that parts the futures best."""
    told = [one for one in (base, made) if one is not None]
    aims = dict.fromkeys(target for one in told for target, _ in one.targets)
    found = [_chance(outcome, aim, base, made, is_target=True) for aim in aims]
    marks = [mark for mark, _ in told[0].marks if mark not in aims]
    if outcome == "own_cost":
        found.append(t("Tous les projets menés ; ce qu’aucun partenaire n’a notifié alors reste à la Ville."))
    elif marks:
        first = dict(told[0].marks)
        best = min(marks, key=lambda mark: abs(first[mark] - 0.75))
        found.append(_chance(outcome, best, base, made, is_target=False))
    return found


def _chance(
    outcome: str, value: float, base: Distribution | None, made: Distribution | None, *, is_target: bool
) -> str:
    unit = (base or made).unit if (base or made) else ""  # type: ignore[union-attr]  # one of them is there
    amount = units.text(value, unit)
    if outcome == "own_cost":
        what = t("Rester dans les fonds propres votés, {amount} :", amount=amount)
    elif is_target:
        what = t("Atteindre la cible, {amount} :", amount=amount)
    else:
        what = t("Atteindre {amount} :", amount=amount)
    sides = [_percent(one, value) for one in (base, made) if one is not None]
    if len(sides) == 2:
        return f"{what} " + t("{base} en base, {made} sous le scénario.", base=sides[0], made=sides[1])
    return f"{what} {sides[0]}."


def _percent(one: Distribution, value: float) -> str:
    """The chance to reach a value, in words."""
    chance = dict((*one.marks, *one.targets)).get(value)
    return words.chance(chance)


def _svg(drawn: Drawing, unit: str, told: str) -> str:
    """The drawing: per cents rather than a viewBox, so that letters keep their size at any width."""
    base, made = drawn.strips
    below = HALF if made else 0
    middle, height = HALF, HALF + below
    parts = [*_bars(base, "base", middle, -1), *_bars(made, "made", middle, 1)]
    parts.append(f'<line class="axis" x1="0" x2="100%" y1="{middle}" y2="{middle}"/>')
    parts += [*_middle(base, "base", middle - 4), *_middle(made, "made", middle + 4)]
    for place, value in drawn.targets:
        aim = t("cible {value}", value=units.short(value, unit))
        parts.append(f'<line class="target" x1="{place:.2f}%" x2="{place:.2f}%" y1="0" y2="{height}"/>')
        parts.append(
            f'<text class="aim" x="{place:.2f}%" y="-5" text-anchor="{_anchor(place)}">{esc(aim)}</text>'
        )
    for place, value in drawn.ticks:
        anchor = _anchor(place, 1)
        parts.append(
            f'<text x="{place:.2f}%" y="{height + AXIS - 5}" text-anchor="{anchor}">{esc(units.short(value, unit))}</text>'
        )
    head = ABOVE if drawn.targets else 0
    inside = f'<g transform="translate(0 {head})">{"".join(parts)}</g>'
    return f'<svg width="100%" height="{head + height + AXIS}" role="img" aria-label="{esc(told)}">{inside}</svg>'


def _anchor(place: float, edge: float = 15) -> str:
    """Where letters hold to their place, so that they stay on the drawing."""
    return "start" if place < edge else "end" if place > 100 - edge else "middle"


def _bars(strip: Strip | None, kind: str, middle: float, side: int) -> list[str]:
    if strip is None:
        return []
    found = []
    for left, width, height in strip.bars:
        tall = height / 100 * (HALF - 2)
        top = middle - tall if side < 0 else middle
        found.append(
            f'<rect class="{kind}" x="{left:.3f}%" width="{width:.3f}%" y="{top:.1f}" height="{tall:.1f}"/>'
        )
    return found


def _middle(strip: Strip | None, kind: str, y: float) -> list[str]:
    if strip is None:
        return []
    return [
        f'<line class="band {kind}" x1="{strip.low:.2f}%" x2="{strip.high:.2f}%" y1="{y}" y2="{y}"/>',
        f'<circle class="dot {kind}" cx="{strip.middle:.2f}%" cy="{y}" r="5"/>',
    ]


def _assumed(base: Futures, made: Futures | None) -> Html:
    """What the futures are drawn from: suppositions that no data bear out say so."""
    items = []
    for place, one in enumerate(base.assumptions):
        mine = made.assumptions[place] if made else one
        moved = t(" ; sous le scénario : {spread}", spread=whatif_assumed.spread(mine)) if mine != one else ""
        items.append(tag("li", f"{whatif_assumed.words(one)}{moved}"))
    title = t("Ce qui est supposé, sans données pour l’étayer")
    return tag("details", tag("summary", title), tag("ul", *items), class_="lv-more")


@tables.offered(NAME)
def table(source: Source, asked: Asked) -> Table | None:
    """The futures of base and scenario ``s``; None without data or where the scenario cannot be read."""
    text = asked.get(whatif_reads.PARAM, "")
    if source.as_of is None or whatif_reads.asked(source, text).found is None:
        return None
    base, made = of(source, ""), of(source, text)
    columns = (
        Column(t("Résultat")),
        Column(t("Côté")),
        Column(t("Aujourd’hui"), "number"),
        Column(t("Moyenne"), "number"),
        Column(t("Bas (1 fois sur 10)"), "number"),
        Column(t("Milieu"), "number"),
        Column(t("Haut (1 fois sur 10)"), "number"),
        Column(t("Cible"), "number"),
        Column(t("Chance"), "number"),
        Column(t("Calcul")),
        Column(t("Erreur au plus"), "number", on_screen=False),
        Column(t("Unité"), on_screen=False),
    )
    sides = [(t("Base"), base), *([(t("Scénario"), made)] if text else [])]
    rows = [
        _line(source, side, one)
        for outcome in telling.outcomes(base, made)
        for side, found in sides
        if (one := found.of(outcome)) is not None
    ]
    title = t("Scénario, avenirs au {day}", day=numbers.day(base.horizon))
    return tables.table(source, title, columns, rows)


def _line(source: Source, side: str, one: Distribution) -> list[object]:
    target, chance = one.targets[0] if one.targets else (None, None)
    values = (one.now, one.mean, *(one.quantile(level) for level in (BAND[0], 0.5, BAND[1])), target)
    words = {"exact": t("exact"), "simulated": t("simulé")}
    return [
        said(telling.label(source.catalogue, one.outcome)),
        side,
        *(Cell(value, units.text(value, one.unit)) for value in values),
        Cell(chance, numbers.NONE if chance is None else units.text(round(chance, 3), "ratio")),
        words[one.method],
        one.error,
        units.unit_name(one.unit),
    ]
