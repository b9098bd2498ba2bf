"""The words of a choice's rules, for whoever must give one up."""

from metrics.choosing.found import Rule
from metrics.choosing.question import OWN, STAFF, Candidate, Choice, Limit, Share
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


def legal(one: Candidate) -> Rule:
    """Return the rule that bars a plan below its legal minimum own share."""
    percent = number(round(100 * one.min_own_share, 1))
    words = Text(
        f"Participation minimale de {percent.fr} % : le plan de {one.id} ne la respecte pas",
        f"Minimum own share of {percent.en}%: the plan of {one.id} does not keep it",
    )
    return Rule(f"legal:{one.id}", "legal", words)


def committed(id: str) -> Rule:
    """Return the rule of a project already committed."""
    return Rule(f"committed:{id}", "committed", Text(f"{id} est engagé", f"{id} is committed"))


def excluded(id: str) -> Rule:
    """Return the rule of a project left out by decision."""
    return Rule(f"excluded:{id}", "excluded", Text(f"{id} est écarté", f"{id} is excluded"))


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
    """Return the rules of the projects that the legal guard leaves out."""
    if choice.guard != "exclude":
        return ()
    return tuple(legal(one) for one in choice.candidates if one.own_missing)
