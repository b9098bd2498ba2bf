"""The words of a choice of projects: its finding, how sure it is, what more would bring, the rules as people say them."""

from collections.abc import Sequence

from metrics.choosing.found import Chosen, Portfolio, Shadow
from metrics.choosing.question import OWN, STAFF, Choice
from pages.parts import fiche_columns
from pages.parts.choice_question import Added, Question
from pages.parts.choice_reads import Answer
from pages.texts import numbers, said, t, tn, units

FULL = 0.995  # of a budget: from there on it is what stops the choice
EVEN = 1e-9


def title(answer: Answer) -> str:
    """The finding: how many projects, for how much, against taking them by leverage."""
    found = answer.chosen
    if found is None or answer.choice is None:
        return t("Ce choix ne peut pas être calculé")
    if found.portfolio is None:
        if found.conflict:
            return t("Aucun choix ne respecte toutes ces règles")
        return t("Aucun choix trouvé dans le temps imparti")
    best = found.portfolio
    words = tn(
        "Un projet sur {of} : {total} d’investissement",
        "{n} projets sur {of} : {total} d’investissement",
        len(best.picks),
        of=len(answer.choice.candidates),
        total=money(best.total),
    )
    if best.to_find >= 1:
        words = t("{words}, dont {amount} à trouver", words=words, amount=money(best.to_find))
    more = _more(found, best)
    return f"{words}{t(' ; {words}', words=more)}" if more else words


def leverage(value: float | None) -> str:
    """Partner euros for one own euro, as on every screen: 1 pour 5,82."""
    return units.text(value, "eur_per_eur")


def named(found: Choice, id: str) -> str:
    """A project's code with its title, where it has one."""
    title = found.candidate(id).title
    return id if title == id else f"{id} {title}"


def _more(found: Chosen, best: Portfolio) -> str:
    """How much more than taking the projects by falling leverage, where the objective is their total."""
    greedy = next((one for one in found.rivals if one.name == "greedy_leverage"), None)
    if greedy is None or found.choice.objective != "total" or best.total - greedy.total < 1:
        return ""
    return t("{more} de plus qu’en les prenant par levier", more=money(best.total - greedy.total))


def proof(found: Chosen) -> str:
    """How sure the answer is to be the best, and in how long it was found."""
    seconds = t("{seconds} s", seconds=numbers.decimal(found.seconds, 1))
    if found.status == "optimal":
        return t("Optimum prouvé en {seconds}.", seconds=seconds)
    gap = numbers.decimal(100 * (found.gap or 0.0), 2)
    if found.status == "within_gap":
        return t("À {gap} % de l’optimum au plus, trouvé en {seconds}.", gap=gap, seconds=seconds)
    return t("Arrêté par le temps ({seconds}), à {gap} % de l’optimum au plus.", gap=gap, seconds=seconds)


def money(value: float | None) -> str:
    """An amount of euros in words, two decimals for millions: choices differ by less than a tenth of one."""
    if value is None:
        return numbers.NONE
    if abs(value) < 999_500:
        return units.text(value, "eur")
    figure = numbers.plain(value / 1e6, 2)
    return t("{figure} M€", figure=figure)


def amount(resource: str, value: float | None) -> str:
    """An amount of a resource: euros, or posts."""
    if value is None:
        return t("sans limite")
    if resource != STAFF:
        return money(value)
    return t("{figure} ETP", figure=numbers.plain(value, 2))


def resource(name: str) -> str:
    """A resource's name."""
    words = {OWN: lambda: t("Fonds propres"), STAFF: lambda: t("ETP")}
    return words[name]() if name in words else name


def objective(found: Choice, value: float | None) -> str:
    """An amount of what is maximised."""
    if value is None:
        return numbers.NONE
    if found.objective == "total":
        return money(value)
    if found.objective == "points":
        return t("{figure} point de score", figure=numbers.decimal(value, 3))
    return numbers.decimal(value, 3)


def way(name: str) -> str:
    """A way of choosing."""
    words = {
        "best": lambda: t("Meilleur choix"),
        "greedy_leverage": lambda: t("Par levier décroissant"),
        "greedy_size": lambda: t("Par taille décroissante"),
        "greedy_size_per_fte": lambda: t("Par taille par ETP"),
        "present_plan": lambda: t("Plan actuel"),
    }
    return words[name]() if name in words else name


def shadow(found: Choice, one: Shadow) -> str:
    """What a little more of a resource would bring, in a sentence."""
    when = t("en {year}", year=one.year) if one.year else t("chaque année")
    size = amount(one.resource, one.more)
    if one.resource == OWN:
        more = t("Avec {more} de fonds propres de plus {when}", more=size, when=when)
    elif one.resource == STAFF:
        more = t("Avec {more} de plus {when}", more=size, when=when)
    else:
        more = t("Avec {more} de plus {when} ({what})", more=size, when=when, what=one.resource)
    if one.gain <= EVEN:
        return t("{more} : rien ne change.", more=more)
    gain = objective(found, one.gain)
    return t(
        "{more} : {gain} de plus ({changes}).",
        more=more,
        gain=gain,
        changes=_changes(found, one.enter, one.leave),
    )


def _changes(found: Choice, enter: Sequence[str], leave: Sequence[str]) -> str:
    into, out = (", ".join(named(found, id) for id in ids) for ids in (enter, leave))
    if enter and leave:
        return t("{enter} à la place de {leave}", enter=into, leave=out)
    if leave:
        return t("sans {leave}", leave=out)
    return t("{enter} en plus", enter=into) if enter else t("d’autres années de début")


def bound(found: Chosen) -> str:
    """Which budgets stop the choice: the finding of the chart by year."""
    shares = {
        f"{resource(budget.resource)} {year}": used / most
        for budget in found.choice.budgets
        for year, used, most in zip(
            found.choice.years, _uses(found, budget.resource), budget.amounts, strict=True
        )
        if most
    }
    if not shares:
        return t("Aucun budget ne limite ce choix")
    full = [name for name, share in shares.items() if share >= FULL]
    if full:
        return t("Ce qui est épuisé : {full}", full=", ".join(full))
    nearest = max(shares, key=shares.__getitem__)
    return t(
        "Au plus près de sa limite : {name}, utilisé à {share}",
        name=nearest,
        share=units.text(shares[nearest], "ratio"),
    )


def _uses(found: Chosen, name: str) -> Sequence[float]:
    return found.portfolio.uses[name] if found.portfolio else [0.0] * len(found.choice.years)


def candidates(which: str) -> str:
    """Which files may be chosen."""
    words = {
        "not_started": lambda: t("dossiers ouverts, travaux pas commencés"),
        "funded": lambda: t("projets financés (une ligne notifiée au moins)"),
        "pending": lambda: t("projets avec une demande en attente"),
        "funded_or_pending": lambda: t("projets financés ou en attente"),
        "open": lambda: t("tous les dossiers ouverts"),
        "example": lambda: t("exemple de la documentation : dix projets"),
    }
    return words[which]()


def goal(name: str) -> str:
    """What is maximised."""
    words = {
        "total": lambda: t("l’investissement total"),
        "points": lambda: t("les points du tableau de bord"),
        "blend": lambda: t("un dosage des deux"),
    }
    return words[name]()


def guard(name: str) -> str:
    """What is done of a plan below the legal minimum."""
    words = {
        "exclude": lambda: t("écarter les plans sous la participation minimale"),
        "more_own": lambda: t("relever leurs fonds propres au minimum"),
        "off": lambda: t("ne pas en tenir compte"),
    }
    return words[name]()


def kind(name: str) -> str:
    """A kind of added rule."""
    words = {
        "most": lambda: t("au plus"),
        "least": lambda: t("au moins"),
        "share_least": lambda: t("une part d’au moins"),
        "share_most": lambda: t("une part d’au plus"),
        "cap": lambda: t("plafond d’un financeur"),
        "one": lambda: t("un seul parmi"),
    }
    return words[name]()


def measure(name: str) -> str:
    """What a rule counts."""
    words = {
        "count": lambda: t("projets"),
        "cost": lambda: t("k€ de coût"),
        "own": lambda: t("k€ de fonds propres"),
        "partner": lambda: t("k€ de partenaires"),
    }
    return words[name]()


def column(name: str) -> str:
    """A column that rules may name."""
    return fiche_columns.title(name) if name != "works" else t("Travaux")


def cell(name: str, value: str) -> str:
    """A value of such a column."""
    if name == "works":
        return t("commencés") if value == "started" else t("pas commencés")
    return fiche_columns.label(name, value)


def added(rule: Added) -> str:
    """A rule typed on the screen, in words."""
    if rule.kind == "one":
        return t("Un seul parmi {ids}", ids=rule.value.replace("+", ", "))
    if rule.kind == "cap":
        return t(
            "{partner} : {most} au plus en tout",
            partner=cell("partner_kind", rule.value),
            most=money(rule.number),
        )
    who = cell(rule.column, rule.value) if rule.value else t("chaque valeur")
    if rule.kind.startswith("share"):
        number = t("{percent} % de l’ensemble", percent=numbers.plain(100 * rule.number, 1))
    elif rule.of == "count":
        number = tn("{n} projet", "{n} projets", round(rule.number))
    else:
        number = f"{numbers.plain(rule.number / 1000)} {measure(rule.of)}"
    return t(
        "{column}, {who} : {kind} {number}",
        column=column(rule.column),
        who=who,
        kind=kind(rule.kind),
        number=number,
    )


def question(one: Question) -> list[str]:
    """The question in words, one part a line: what is maximised among what, under which budgets and rules."""
    years = f"{one.years[0]}–{one.years[-1]}" if len(one.years) > 1 else str(one.years[0])
    parts = [
        t("Le plus grand possible : {goal}.", goal=goal(one.goal)),
        t("Parmi : {which}, {years}.", which=candidates(one.which), years=years),
        t("Budgets : fonds propres, {own} ; {fte}.", own=_yearly(OWN, one.own), fte=_yearly(STAFF, one.fte)),
        t("Loi : {guard}.", guard=guard(one.guard)),
    ]
    if one.each:
        parts.append(tn("{n} projet au plus par thème.", "{n} projets au plus par thème.", one.each))
    if one.is_funded:
        parts.append(t("Seulement les projets entièrement financés, demandes en attente comprises."))
    if one.is_free:
        parts.append(t("L’année de début peut être repoussée."))
    if one.risk:
        parts.append(t("Fonds propres tenus dans {share} des tirages.", share=units.text(one.risk, "ratio")))
    if one.committed:
        parts.append(t("Engagés : {ids}.", ids=", ".join(one.committed)))
    if one.excluded:
        parts.append(t("Écartés : {ids}.", ids=", ".join(one.excluded)))
    return parts


def _yearly(name: str, amounts: Sequence[float | None]) -> str:
    if len(set(amounts)) == 1:
        return (
            t("{amount} par an", amount=amount(name, amounts[0]))
            if amounts[0] is not None
            else amount(name, None)
        )
    return t("{amounts} d’année en année", amounts=" / ".join(amount(name, one) for one in amounts))


def rules_broken(one: Portfolio) -> str:
    """How many rules a way of choosing does not keep."""
    return tn("{n} règle non tenue", "{n} règles non tenues", len(one.breaks)) if one.breaks else ""


def rule(words: object) -> str:
    """A rule's own words."""
    return said(words)  # type: ignore[arg-type]
