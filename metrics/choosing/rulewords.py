"""The words of a choice's rules, for whoever must give one up."""

from dataclasses import replace

from metrics.choosing.found import Rule
from metrics.choosing.question import CENT, OWN, STAFF, Candidate, Choice, Limit, Share
from schemas.text import Text

BUDGETS = {OWN: Text("Fonds propres", "Own funds"), STAFF: Text("ETP", "FTE")}
MEASURED = {
    "count": Text("projets", "projects"),
    "cost": Text("€ de coût", "€ of cost"),
    "own": Text("€ de fonds propres", "€ of own funds"),
    "partner": Text("€ de partenaires", "€ from partners"),
}


def number(value: float) -> Text:
    """Return a number as both languages write it."""
    english = f"{value:,.10g}"
    return Text(english.replace(",", "\u202f").replace(".", ","), english)


def _amount(resource: str, value: float) -> Text:
    told = number(value)
    return Text(f"{told.fr} €", f"€{told.en}") if resource != STAFF else told


def budget(resource: str, year: int, most: float) -> Rule:
    """Return the rule of a budget of one year."""
    name = BUDGETS.get(resource, Text(resource, resource))
    told = _amount(resource, most)
    words = Text(f"{name.fr} {year} : {told.fr} au plus", f"{name.en} {year}: {told.en} at most")
    return Rule(f"{resource}:{year}", resource, words)


def _named(one: Candidate) -> str:
    return one.id if one.title == one.id else f"{one.id} ({one.title})"


def legal(one: Candidate) -> Rule:
    """Return the rule that bars a plan below its legal minimum own share."""
    percent = number(round(100 * one.min_own_share, 1))
    words = Text(
        f"Participation minimale de {percent.fr} % : le plan de {_named(one)} ne la respecte pas",
        f"Minimum own share of {percent.en}%: the plan of {_named(one)} does not keep it",
    )
    return Rule(f"legal:{one.id}", "legal", words)


def unfunded(one: Candidate) -> Rule:
    """Return the rule that bars a plan with money still to find."""
    told = _amount(OWN, round(one.unasked))
    words = Text(
        f"Seulement des projets entièrement financés : il reste {told.fr} à trouver pour {_named(one)}",
        f"Only fully funded projects: {told.en} still to find for {_named(one)}",
    )
    return Rule(f"funded:{one.id}", "funded", words)


def committed(one: Candidate) -> Rule:
    """Return the rule of a project already committed."""
    words = Text(f"{_named(one)} est engagé", f"{_named(one)} is committed")
    return Rule(f"committed:{one.id}", "committed", words)


def excluded(one: Candidate) -> Rule:
    """Return the rule of a project left out by decision."""
    words = Text(f"{_named(one)} est écarté", f"{_named(one)} is excluded")
    return Rule(f"excluded:{one.id}", "excluded", words)


def loosened(rule: Rule, limit: float, need: float) -> Rule:
    """Return a conflict's rule on an amount with what the others need, and by how much it would have to give way."""
    is_count = rule.id.endswith(":count")
    told, more = (
        number(round(one, 2)) if is_count else _amount(rule.kind, round(one, 2))
        for one in (need, abs(need - limit))
    )
    fr, en = rule.words.fr, rule.words.en
    words = (
        Text(
            f"{fr} ; il en faut {told.fr}, soit {more.fr} de plus", f"{en}; {told.en} needed, {more.en} more"
        )
        if need > limit
        else Text(
            f"{fr} ; au mieux {told.fr}, soit {more.fr} de moins", f"{en}; {told.en} at best, {more.en} less"
        )
    )
    return replace(rule, words=words, limit=limit, need=need)


def requires(id: str, other: str) -> Rule:
    """Return the rule of a project that needs another."""
    return Rule(f"requires:{id}>{other}", "requires", Text(f"{id} suppose {other}", f"{id} requires {other}"))


def exclusive(ids: tuple[str, ...]) -> Rule:
    """Return the rule of projects of which one at most may be chosen."""
    words = Text(f"Un seul parmi {', '.join(ids)}", f"Only one of {', '.join(ids)}")
    return Rule(f"exclusive:{'+'.join(ids)}", "exclusive", words)


def limit(one: Limit, is_least: bool) -> Rule:
    """Return one side of a limit."""
    bound = (one.least if is_least else one.most) or 0.0
    told, what = number(bound), MEASURED[one.of]
    side = Text("au moins", "at least") if is_least else Text("au plus", "at most")
    words = Text(
        f"{one.value} : {told.fr} {what.fr} {side.fr}", f"{one.value}: {told.en} {what.en} {side.en}"
    )
    return Rule(f"{'least' if is_least else 'most'}:{one.column}={one.value}:{one.of}", "limit", words)


def share(one: Share, is_least: bool) -> Rule:
    """Return one side of a share."""
    bound = number(round(100 * ((one.least if is_least else one.most) or 0.0), 1))
    what = Text("des projets", "of the projects") if one.of == "count" else _of(MEASURED[one.of])
    side = Text("au moins", "at least") if is_least else Text("au plus", "at most")
    words = Text(
        f"{one.value} : {bound.fr} % {what.fr} {side.fr}", f"{one.value}: {bound.en}% {what.en} {side.en}"
    )
    return Rule(f"share_{'least' if is_least else 'most'}:{one.column}={one.value}:{one.of}", "share", words)


def _of(measured: Text) -> Text:
    return Text(measured.fr.replace("€ de", "des"), measured.en.replace("€ ", ""))


def partner(name: str, most: float) -> Rule:
    """Return the rule of what a partner gives at most."""
    told = _amount("", most)
    return Rule(
        f"partner:{name}",
        "partner",
        Text(f"{name} : {told.fr} au plus en tout", f"{name}: {told.en} at most in all"),
    )


def barred(choice: Choice) -> tuple[Rule, ...]:
    """Return the rules of the projects that the legal guard leaves out, and of those with money to find where that is asked."""
    below = [legal(one) for one in choice.candidates if choice.guard == "exclude" and one.own_missing]
    short = [unfunded(one) for one in choice.candidates if choice.is_fully_funded and one.unasked > CENT]
    return (*below, *short)
