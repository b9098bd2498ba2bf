"""The overview's title: what the readings say today, in one sentence. Computed, never written in advance."""

from collections.abc import Mapping, Sequence

from metrics.definitions import Catalogue, Kpi
from metrics.reading import Reading
from pages.parts import units
from pages.texts import language, said, t, tn

HEADLINE = 6
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

Pair = tuple[Kpi, Reading]


def headline(catalogue: Catalogue) -> list[Kpi]:
    """The KPIs of the cards: those the scorecard names, else its first ones."""
    named = [catalogue.kpis[k] for k in catalogue.scorecard.headline if k in catalogue.kpis]
    return named or list(catalogue.kpis.values())[:HEADLINE]


def in_words(n: int) -> str:
    """A small count in letters, a larger one in figures."""
    words = WORDS[language()]
    return words[n] if 0 <= n < len(words) else f"{n}"


def title(catalogue: Catalogue, readings: Mapping[str, Reading], of_a_part: bool = False) -> str:
    """The finding of the overview: about what the scorecard claims, or else (and for a part of the town) about all KPIs."""
    claiming = bool(catalogue.scorecard.claims) and not of_a_part
    chosen = headline(catalogue) if claiming else list(catalogue.kpis.values())
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
    claiming = claiming and all(kpi.id in catalogue.scorecard.claims for kpi, _ in judged)
    sentence = (_claims if claiming else _targets)(len(judged) - len(missed), len(judged))
    return _capital(sentence + _but(missed, len(chosen) - len(known) if claiming else 0))


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


def _targets(met: int, of: int) -> str:
    """How many KPIs meet their targets."""
    if met == of:
        return tn(
            "l’indicateur atteint sa cible",
            "les {count} indicateurs atteignent leur cible",
            met,
            count=in_words(met),
        )
    if not met:
        return t("aucun des {of} indicateurs n’atteint sa cible", of=in_words(of))
    return tn(
        "un indicateur sur {of} atteint sa cible",
        "{count} indicateurs sur {of} atteignent leur cible",
        met,
        count=in_words(met),
        of=in_words(of),
    )


def _but(missed: Sequence[Pair], unknown: int) -> str:
    """What the sentence must add: the one that misses by its name, several by their number, the unknown."""
    off = [pair for pair in missed if pair[1].status == "off_target"]
    if len(missed) == 1:
        words = t("reste « {label} »", label=said(missed[0][0].label))
    elif off:
        words = tn("un est en écart", "{count} sont en écart", len(off), count=in_words(len(off)))
    elif missed:
        words = t("les autres sont à surveiller")
    elif unknown:
        words = tn("un n’est pas calculé", "{count} ne sont pas calculés", unknown, count=in_words(unknown))
    else:
        return ""
    return t(" ; {words}", words=words)
