"""The words of the strategy map: its finding, what the data say of a link, an objective's standing."""

from collections.abc import Mapping, Sequence

from metrics.definitions import Objective, Scorecard
from metrics.links import LEAST, LinkReading
from metrics.scores import RollUp, Score
from pages.parts.map_paths import busiest
from pages.texts import judgements, language, numbers, said, t, tn, units


def listed(words: Sequence[str]) -> str:
    """Words in a sentence: ``a, b et c``."""
    if len(words) < 2:
        return "".join(words)
    return t("{first} et {last}", first=", ".join(words[:-1]), last=words[-1])


def title(card: Scorecard, rolled: RollUp) -> str:
    """The finding: which objectives the most chains go through, and how they stand."""
    codes, most, total = busiest(card.links)
    if not codes:
        return t("Aucune chaîne de cause à effet n’est décrite")
    kinds = [_kind(rolled.objectives[code]) for code in codes]
    told = ", ".join(f"{c} {judgements.word(k).lower()}" for c, k in zip(codes, kinds, strict=True))
    return tn(
        "{codes} porte {most} des {total} chaînes de cause à effet : {told}",
        "{codes} portent chacun {most} des {total} chaînes de cause à effet : {told}",
        len(codes),
        codes=listed(codes),
        most=most,
        total=total,
        told=told,
    )


def _kind(score: Score) -> str:
    return score.status if score.score is not None else "unknown"


def lead(card: Scorecard) -> str:
    """What is shown, and how to read it."""
    goals = tn("{n} objectif", "{n} objectifs", len(card.objectives))
    links = tn("{n} hypothèse de cause à effet", "{n} hypothèses de cause à effet", len(card.links))
    return t(
        "{goals} et {links}. Un objectif ouvre ses indicateurs ; un lien, avec son délai, ouvre ce que les données en disent.",
        goals=goals,
        links=links,
    )


def scored(score: Score) -> str:
    """A rolled-up score in a few words: ``97 sur 100``, ``non calculé, couverture 67 %``."""
    if score.score is None:
        return t("non calculé, couverture {covered}", covered=units.text(round(score.coverage, 2), "ratio"))
    words = t("{score} sur 100", score=numbers.score(score.score, score.status == "on_target"))
    if score.coverage > 0.995:
        return words
    return t(
        "{words}, couverture {covered}", words=words, covered=units.text(round(score.coverage, 2), "ratio")
    )


def flag(score: Score) -> str:
    """What the mean hides: the code of a part that is off target while the whole is not; "" otherwise."""
    hides = score.worst and score.worst_status == "off_target" and score.status != "off_target"
    return f"◆ {score.worst}" if hides else ""


def edge(lag: int, verdict: str) -> list[str]:
    """The words on an arrow: its lag, and what the pattern of its line says where that asks for care."""
    words = tn("{n} mois", "{n} mois", lag)
    said_of = {"contrary": t("contraire"), "undecided": t("indécise")}.get(verdict)
    return [words, said_of] if said_of else [words]


def verdict(kind: str) -> str:
    """What the data say of a link: always an association, never a proof."""
    words = {
        "expected": lambda: t("association dans le sens attendu"),
        "contrary": lambda: t("association contraire"),
        "undecided": lambda: t("association indécise (l’intervalle contient 0)"),
        "not_testable": lambda: t("pas encore testable"),
    }
    return words[kind]()


def hypothesis(goals: Mapping[str, Objective], cause: str, effect: str, lag: int) -> str:
    """The hypothesis of a link, in a sentence."""
    return t(
        "« {cause} » ({cause_code}) agit sur « {effect} » ({effect_code}) sous {n} mois",
        cause=said(goals[cause].label),
        cause_code=cause,
        effect=said(goals[effect].label),
        effect_code=effect,
        n=lag,
    )


def evidence(link: LinkReading) -> str:
    """What the data say of it, in a sentence."""
    if link.verdict == "not_testable":
        return t(
            "Pas encore testable : {n} couples de variations au délai voulu, il en faut {least} indépendants.",
            n=link.n,
            least=LEAST,
        )
    sense = verdict(link.verdict)
    return t(
        "{sense} : r = {r}, intervalle à 95 % {interval}, {n} couples de variations qui en valent {effective} indépendants. Une corrélation décalée n’est jamais une preuve.",
        sense=sense[0].upper() + sense[1:],
        r=signed(link.r),
        interval=interval(link),
        n=link.n,
        effective=numbers.decimal(link.effective),
    )


def signed(r: float | None) -> str:
    """A correlation with its sign."""
    return numbers.NONE if r is None else f"{'+' if r > 0 else ''}{numbers.decimal(r, 2)}"


def interval(link: LinkReading) -> str:
    """The interval of a correlation, "" where there is none."""
    if link.low is None:
        return ""
    comma = "," if language() == "en" else "\u202f;"
    return f"[{signed(link.low)}{comma}\u00a0{signed(link.high)}]"
