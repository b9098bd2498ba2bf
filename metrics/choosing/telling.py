"""A choice's answer in lines for a terminal."""

from collections.abc import Iterator

from metrics.choosing.found import Chosen, Core, Portfolio, Shadow
from metrics.choosing.question import OWN, STAFF
from metrics.choosing.rulewords import BUDGETS, number
from schemas.text import Text

STATUS = {
    "optimal": Text("optimum prouvé", "proven optimum"),
    "within_gap": Text("à {gap} % de l'optimum au plus", "within {gap}% of the optimum"),
    "stopped": Text(
        "arrêté par le temps, à {gap} % de l'optimum au plus",
        "stopped by the clock, within {gap}% of the optimum",
    ),
    "impossible": Text(
        "Aucun choix ne respecte toutes les règles. Ne peuvent tenir ensemble :",
        "No choice keeps every rule. These cannot hold together:",
    ),
}
NAMES = {
    "best": Text("Meilleur choix", "Best choice"),
    "greedy_leverage": Text("par levier décroissant", "by falling leverage"),
    "greedy_size": Text("par taille décroissante", "by falling size"),
    "greedy_size_per_fte": Text("par taille par ETP", "by size per FTE"),
    "present_plan": Text("plan actuel", "present plan"),
}
HEAD = Text(
    "{name} : {count} projets, {total} M€{find} ({status}, {seconds} s), levier {leverage}",
    "{name}: {count} projects, €{total}m{find} ({status}, {seconds} s), leverage {leverage}",
)
FIND = Text(" dont {amount} M€ à trouver", " of which €{amount}m still to find")
ONE_FOR = Text("1 pour {figure}", "1 to {figure}")
UNFUNDED = Text(
    "{count} projets laissés de côté : il leur reste de l’argent à trouver",
    "{count} projects left out: they have money still to find",
)
CORE = Text(
    "Dans le meilleur choix ({draws}) : toujours {always} ; jamais {never} projets",
    "In the best choice ({draws}): always {always}; never {never} projects",
)
STOPPED = Text(
    "{draws} tirages sur {asked}, arrêté par le temps", "{draws} draws of {asked}, stopped by the clock"
)
DRAWS = Text("{draws} tirages", "{draws} draws")
RIVAL = Text(
    "{name} : {total} M€, levier {leverage}{breaks}", "{name}: €{total}m, leverage {leverage}{breaks}"
)
BREAKS = Text(", {count} règles non tenues", ", {count} rules not kept")
SHADOW = Text("+ {more} {what} : {gain}", "+ {more} {what}: {gain}")
MORE = Text("{gain} de plus ({enter} à la place de {leave})", "{gain} more ({enter} in place of {leave})")
NOTHING = Text("rien de plus", "nothing more")
NOT_FOUND = Text("Aucun choix trouvé dans le temps imparti.", "No choice found in the time given.")


def name_of(name: str) -> Text:
    """Return the words of a way of choosing."""
    return NAMES.get(name, Text(name, name))


def lines(found: Chosen, lang: str) -> Iterator[str]:
    """Yield the answer: the set, what it takes, the other ways of choosing, what more would bring; or what is in conflict."""
    best = found.portfolio
    if best is None:
        yield (STATUS["impossible"] if found.conflict else NOT_FOUND).get(lang)
        yield from (f"  {rule.words.get(lang)}" for rule in found.conflict)
        return
    told = number(round(100 * (found.gap or 0.0), 3))
    status = Text(*(STATUS[found.status].get(one).format(gap=told.get(one)) for one in ("fr", "en")))
    yield HEAD.get(lang).format(
        name=name_of(best.name).get(lang),
        count=len(best.picks),
        total=_millions(best.total, lang),
        find=_find(best, lang),
        status=status.get(lang),
        seconds=number(round(found.seconds, 1)).get(lang),
        leverage=_leverage(best.leverage, lang),
    )
    yield from (
        f"  {pick.project} {found.choice.candidate(pick.project).title} ({pick.start})" for pick in best.picks
    )
    yield from _uses(found, best, lang)
    yield from (f"  {rule.words.get(lang)}" for rule in found.barred if rule.kind != "funded")
    if count := sum(rule.kind == "funded" for rule in found.barred):
        yield f"  {UNFUNDED.get(lang).format(count=count)}"
    yield from (_rival(one, lang) for one in found.rivals)
    yield from (_shadow(one, found.choice.objective, lang) for one in found.shadows)
    yield from _core(found.core, lang)


def _find(one: Portfolio, lang: str) -> str:
    return FIND.get(lang).format(amount=_millions(one.to_find, lang)) if one.to_find >= 1 else ""


def _core(core: Core | None, lang: str) -> Iterator[str]:
    if core is not None:
        told = (STOPPED if core.is_stopped else DRAWS).get(lang).format(draws=core.draws, asked=core.asked)
        always = ", ".join(core.always) or "-"
        yield CORE.get(lang).format(draws=told, always=always, never=len(core.never))


def _uses(found: Chosen, best: Portfolio, lang: str) -> Iterator[str]:
    for budget in found.choice.budgets:
        name = BUDGETS.get(budget.resource, Text(budget.resource, budget.resource)).get(lang)
        cells = [
            f"{year} {_amount(used, lang)} / {'-' if most is None else _amount(most, lang)}"
            for year, used, most in zip(
                found.choice.years, best.uses[budget.resource], budget.amounts, strict=True
            )
        ]
        yield f"  {name} : {' ; '.join(cells)}" if lang != "en" else f"  {name}: {'; '.join(cells)}"


def _rival(one: Portfolio, lang: str) -> str:
    breaks = BREAKS.get(lang).format(count=len(one.breaks)) if one.breaks else ""
    return RIVAL.get(lang).format(
        name=name_of(one.name).get(lang),
        total=_millions(one.total, lang),
        leverage=_leverage(one.leverage, lang),
        breaks=breaks,
    )


def _shadow(one: Shadow, objective: str, lang: str) -> str:
    gain = NOTHING.get(lang)
    if one.gain:
        told = f"{_millions(one.gain, lang)} M€" if objective == "total" else _ratio(one.gain, lang)
        gain = MORE.get(lang).format(
            gain=told, enter=", ".join(one.enter) or "-", leave=", ".join(one.leave) or "-"
        )
    unit = {OWN: "€", STAFF: BUDGETS[STAFF].get(lang)}.get(one.resource, one.resource)
    what = f"{unit} {one.year}" if one.year else unit
    return SHADOW.get(lang).format(more=_amount(one.more, lang), what=what, gain=gain)


def _millions(value: float, lang: str) -> str:
    return number(round(value / 1e6, 2)).get(lang)


def _amount(value: float, lang: str) -> str:
    return number(round(value, 2)).get(lang)


def _ratio(value: float | None, lang: str) -> str:
    return "-" if value is None else number(round(value, 2)).get(lang)


def _leverage(value: float | None, lang: str) -> str:
    """Partner euros for one own euro, with two decimals: the way every screen says it."""
    if value is None:
        return "-"
    return ONE_FOR.get(lang).format(figure=_two(value, lang))


def _two(value: float, lang: str) -> str:
    told = f"{value:,.2f}"
    return told if lang == "en" else told.replace(",", "\u202f").replace(".", ",")
