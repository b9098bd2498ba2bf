"""The titles of the overview and of what is written from it: what the readings say today, in one sentence. Computed, never written in advance."""

from collections.abc import Mapping, Sequence

from metrics import ranking
from metrics.claims import headline, is_kept
from metrics.definitions import Catalogue, Kpi, Perspective
from metrics.ranking import FEW, Pair
from metrics.reading import Reading
from metrics.scores import RollUp
from pages.texts import language, numbers, said, t, tn, units

WORDS = {
    "fr": [
        "zéro",
        "un",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "six",
        "sept",
        "huit",
        "neuf",
        "dix",
        "onze",
        "douze",
        "treize",
        "quatorze",
        "quinze",
        "seize",
    ],
    "en": [
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
    ],
}


def in_words(n: int) -> str:
    """A small count in letters, a larger one in figures."""
    words = WORDS[language()]
    return words[n] if 0 <= n < len(words) else f"{n}"


def title(
    catalogue: Catalogue,
    readings: Mapping[str, Reading],
    of_a_part: bool = False,
    promised: Mapping[str, Kpi] | None = None,
) -> str:
    """The finding of the overview: about what the scorecard claims, or else about all KPIs.

    Of a part of the town: about the cards shown, the claims being the whole town's. ``promised`` are the KPIs as the
    catalogue has them, by which claims are worded; without them the targets in force decide.
    """
    claims = catalogue.scorecard.claims
    chosen = headline(catalogue) if claims or of_a_part else list(catalogue.kpis.values())
    known = [(k, readings[k.id]) for k in chosen if k.id in readings and readings[k.id].value is not None]
    judged = [pair for pair in known if pair[1].score is not None]
    if not known:
        return t("Aucun indicateur n’est encore calculé")
    if not judged:
        return t(
            "{label} : {value}",
            label=said(known[0][0].label),
            value=units.text(known[0][1].value, known[0][0].unit),
        )
    missed = [pair for pair in judged if pair[1].status != "on_target"]
    met, unknown = len(judged) - len(missed), len(chosen) - len(known)
    if claims and not of_a_part and all(kpi.id in claims for kpi, _ in judged):
        if promised is not None:
            missed = [(kpi, found) for kpi, found in judged if not is_kept(promised.get(kpi.id, kpi), found)]
        met = len(judged) - len(missed)
        return _capital(
            _claims(met, len(judged) + unknown) + _but(missed, _not_computed(unknown), of_claims=True)
        )
    unjudged = _not_judged(len(chosen) - len(judged)) if of_a_part else ""
    sentence = _some(met) if unjudged and not missed else _targets(met, len(judged))
    return _capital(sentence + _but(missed, unjudged))


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _claims(met: int, of: int) -> str:
    """How many of the scorecard's promises are kept."""
    if met == of:
        return tn("la promesse est tenue", "les {count} promesses sont tenues", met, count=in_words(met))
    if not met:
        return t("aucune des {of} promesses n’est tenue", of=in_words(of))
    one = "une" if language() == "fr" else "one"
    return tn(
        "{one} promesse sur {of} est tenue",
        "{count} promesses sur {of} sont tenues",
        met,
        one=one,
        count=in_words(met),
        of=in_words(of),
    )


def _some(met: int) -> str:
    """How many KPIs meet their targets, all that are judged among others that are not."""
    return tn(
        "un indicateur atteint sa cible",
        "{count} indicateurs atteignent leur cible",
        met,
        count=in_words(met),
    )


def _targets(met: int, of: int) -> str:
    """How many KPIs meet their targets."""
    if met == of:
        return tn(
            "l’indicateur atteint sa cible",
            "les {count} indicateurs atteignent leur cible",
            met,
            count=in_words(met),
        )
    if not met and of == 1:
        return t("aucun indicateur n’atteint sa cible")
    if not met:
        return t("aucun des {of} indicateurs n’atteint sa cible", of=in_words(of))
    return tn(
        "un indicateur sur {of} atteint sa cible",
        "{count} indicateurs sur {of} atteignent leur cible",
        met,
        count=in_words(met),
        of=in_words(of),
    )


def _not_computed(unknown: int) -> str:
    """The promises whose KPI has no value."""
    if not unknown:
        return ""
    return tn("une n’est pas calculée", "{count} ne sont pas calculées", unknown, count=in_words(unknown))


def _not_judged(cards: int) -> str:
    """The cards without target or value in a part of the town."""
    if not cards:
        return ""
    return tn(
        "un n’est pas jugé dans ce périmètre",
        "{count} ne sont pas jugés dans ce périmètre",
        cards,
        count=in_words(cards),
    )


def _but(missed: Sequence[Pair], unknown: str, of_claims: bool = False) -> str:
    """What the sentence must add: the one that misses by its name, several by their number, then the unknown."""
    words = [part for part in (_missed(missed, bool(unknown), of_claims), unknown) if part]
    return t(" ; {words}", words=", ".join(words)) if words else ""


def _missed(missed: Sequence[Pair], others: bool, of_claims: bool) -> str:
    off = [pair for pair in missed if pair[1].status == "off_target"]
    if len(missed) == 1:
        return t("reste « {label} »", label=said(missed[0][0].label))
    if off and of_claims:  # promises are feminine
        return tn("une est en écart", "{count} sont en écart", len(off), count=in_words(len(off)))
    if off:
        return tn("un est en écart", "{count} sont en écart", len(off), count=in_words(len(off)))
    if missed and others:
        return t("{count} sont à surveiller", count=in_words(len(missed)))
    return t("les autres sont à surveiller") if missed else ""


def sides(sides: Sequence[Perspective], rolled: RollUp) -> str:
    """How many perspectives and objectives there are, and how many objectives have no score."""
    goals = [goal for side in sides for goal in side.objectives]
    missing = sum(1 for goal in goals if rolled.objectives[goal.code].score is None)
    many = tn("{count} perspective", "{count} perspectives", len(sides), count=_feminine(len(sides)))
    objectives = tn("{count} objectif", "{count} objectifs", len(goals), count=in_words(len(goals)))
    tail = t("tous mesurés")
    if missing == len(goals):
        tail = t("aucun n’a de score")
    elif missing:
        tail = tn("un seul n’est pas mesuré", "{count} ne sont pas mesurés", missing, count=in_words(missing))
    sentence = t("{perspectives}, {objectives} : {tail}", perspectives=many, objectives=objectives, tail=tail)
    return sentence[0].upper() + sentence[1:]


def _feminine(n: int) -> str:
    return "une" if n == 1 and language() == "fr" else in_words(n)


def best(pairs: Sequence[Pair]) -> str:
    """The title over the best of ``metrics.ranking.scored``."""
    if len(pairs) <= FEW:
        return t("Du meilleur au moins bon")
    few, full = len(ranking.best(pairs)), sum((reading.score or 0) >= 100 for _, reading in pairs)
    if full > few:  # equals: what tells them apart is how far beyond the target they are
        return tn(
            "{n} indicateurs à {top}, et celui qui va le plus au-delà",
            "{n} indicateurs à {top}, dont les {count} qui vont le plus au-delà",
            few,
            n=numbers.decimal(full),
            top=numbers.out_of(),
            count=in_words(few),
        )
    return tn("Le meilleur", "Les {count} meilleurs", few, count=in_words(few))


def worst(missed: Sequence[Pair]) -> str:
    """The title over the worst."""
    if not missed:
        return t("Aucun à regarder")
    return tn("Celui à regarder", "Les {count} à regarder", len(missed), count=in_words(len(missed)))
