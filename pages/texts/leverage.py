"""What the leverage says, in sentences computed from it. The judgement is the metrics'; here it is only worded."""

from collections.abc import Sequence

from metrics.leverage import Leverage, Plan
from pages.texts import numbers, t, tn, units

EXACT = 5e-4  # a share this close to its minimum is on it as printed


def stages() -> dict[str, str]:
    """The funding stages' names, in order."""
    return {
        "requested": t("Sollicité"),
        "awarded": t("Notifié"),
        "contracted": t("Conventionné"),
        "paid": t("Versé"),
    }


def spelled(value: float) -> str:
    """A figure in a title: ``cinq`` for 5.00, ``5,27`` for anything less round."""
    words = {
        2: t("deux"),
        3: t("trois"),
        4: t("quatre"),
        5: t("cinq"),
        6: t("six"),
        7: t("sept"),
        8: t("huit"),
        9: t("neuf"),
        10: t("dix"),
    }
    whole = round(value)
    return words[whole] if whole in words and abs(value - whole) < 0.005 else numbers.decimal(value, 2)


def title(found: Leverage, stage: str) -> str:
    """The screen's finding at a stage, beside the ceiling that the law puts to purely public money."""
    value = next((rung.leverage for rung in found.ladder if rung.stage == stage), None)
    if value is None:
        return t("Aucun plan de financement notifié à cette date")
    figure = spelled(value)
    if stage == "requested":
        return t("Pour un euro propre, la ville en sollicite {figure}", figure=figure)
    if stage == "contracted":
        return t("Pour un euro propre, {figure} sont conventionnés", figure=figure)
    if stage == "paid":
        return t("Pour un euro propre, {figure} sont versés", figure=figure)
    return _beside_ceiling(value, figure, found.public_ceiling)


def _beside_ceiling(value: float, figure: str, ceiling: float | None) -> str:
    raised = t("Un euro de la ville en lève {figure}", figure=figure)
    if ceiling is None:
        return raised
    if value > ceiling:
        return t(
            "{raised} ; sans argent privé, la loi s’arrête à {ceiling}",
            raised=raised,
            ceiling=spelled(ceiling),
        )
    return t("{raised}, sans dépasser ce que la loi permet à l’argent public", raised=raised)


def ladder_title(found: Leverage) -> str:
    """How much of what was asked is granted, and how much is paid."""
    amounts = {rung.stage: units.text(rung.amount, "eur") for rung in found.ladder}
    return t("Des {requested} demandés, {awarded} sont acquis et {paid} en caisse", **amounts)


def plans_title(plans: Sequence[Plan]) -> str:
    """What the legal minimum says of the plans, the gravest first."""
    breaches = [plan.project_id for plan in plans if plan.verdict == "breach"]
    if breaches:
        return tn(
            "Le plan {names} est sous le minimum légal, sans dérogation",
            "{n} plans sont sous le minimum légal, sans dérogation : {names}",
            len(breaches),
            names=", ".join(breaches),
        )
    near = [plan.title.replace("'", "’") for plan in plans if plan.verdict == "on_the_limit"]
    if near:
        words = t("Aucun plan sous le minimum légal sans dérogation")
        return tn(
            "{words}, mais un est sur la limite : {names}",
            "{words}, mais {n} sont sur la limite : {names}",
            len(near),
            words=words,
            names=", ".join(near[:3]),
        )
    return t("Tous les plans dépassent nettement le minimum légal, ou ont une dérogation")


def verdict(plan: Plan) -> str:
    """A plan's legal share and what it means: ``20,0 % : sur la limite``."""
    if plan.own_share is None:
        return t("fonds propres inconnus")
    share = share_words(plan.own_share)
    on_it = abs(plan.own_share - plan.min_own_share) < EXACT
    words = {
        "on_the_limit": t("{share} : sur la limite", share=share)
        if on_it
        else t("{share} : près de la limite", share=share),
        "derogation": t("{share} : dérogation", share=share),
        "breach": t("{share} : sous le minimum", share=share),
        "unknown": t("{share} au plus : un montant public est inconnu", share=share),
    }
    return words.get(plan.verdict, share)


def verdict_word(code: str) -> str:
    """A verdict in a word, for a table."""
    words = {
        "compliant": t("conforme"),
        "on_the_limit": t("sur la limite"),
        "derogation": t("par dérogation"),
        "breach": t("sous le minimum"),
    }
    return words.get(code, t("inconnu"))


def share_words(share: float) -> str:
    """A legal share to one decimal, always: ``20,0 %``."""
    return f"{numbers.decimal(100 * share, 1)}\u202f%"


def without_title(found: Leverage) -> str:
    """What one project weighs: the two that move the ratio most, down and up."""
    out = found.left_out
    if len(out) < 2:
        return t("Un seul projet fait l’effet de levier")
    (low, least), (high, most) = next(iter(out.items())), list(out.items())[-1]
    return t(
        "Sans {low}, l’effet de levier serait de {least} ; sans {high}, de {most}",
        low=low,
        least=numbers.decimal(least, 2),
        high=high,
        most=numbers.decimal(most, 2),
    )


def funders_title(named: Sequence[tuple[str, float]]) -> str:
    """The first funders and what they give."""
    said = [f"{name} ({units.text(amount, 'eur')})" for name, amount in named[:2]]
    return tn("Premier financeur : {names}", "Premiers financeurs : {names}", len(said), names=_both(said))


def _both(said: Sequence[str]) -> str:
    return t("{first} et {second}", first=said[0], second=said[1]) if len(said) > 1 else "".join(said)


def years_title(named: Sequence[tuple[str, float]]) -> str:
    """The ratio year after year, never averaged."""
    said = [t("{value} en {year}", value=numbers.decimal(value, 2), year=year) for year, value in named[-3:]]
    return ", ".join(said)


def leverage_words(value: float | None) -> str:
    """A leverage beside an amount: ``· levier 4,12``; "" where it is unknown."""
    return "" if value is None else f"· {t('levier {value}', value=numbers.decimal(value, 2))}"
