"""The overview's title: what the readings say today, in one sentence. Computed, never written in advance."""

from collections.abc import Mapping, Sequence

from metrics.definitions import Catalogue, Kpi
from metrics.reading import Reading
from pages.parts import units
from pages.texts import language, t, tn

HEADLINE = 6
WORDS = {
    "fr": (
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
    ),
    "en": (
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
        "fifteen",
        "sixteen",
    ),
}


def headline(catalogue: Catalogue) -> list[Kpi]:
    """The KPIs of the cards: those the scorecard names, else its first ones."""
    named = [catalogue.kpis[k] for k in catalogue.scorecard.headline if k in catalogue.kpis]
    return named or list(catalogue.kpis.values())[:HEADLINE]


def in_words(n: int) -> str:
    """A small count in letters, a larger one in figures."""
    words = WORDS[language()]
    return words[n] if 0 <= n < len(words) else f"{n}"


def title(catalogue: Catalogue, readings: Mapping[str, Reading]) -> str:
    """The finding of the overview, about the headline KPIs if the scorecard names some, else about all."""
    chosen = headline(catalogue) if catalogue.scorecard.headline else list(catalogue.kpis.values())
    known = [(k, readings[k.id]) for k in chosen if k.id in readings and readings[k.id].value is not None]
    judged = [(k, r) for k, r in known if r.status != "unknown"]
    if not known:
        return t("Aucun indicateur n’est encore calculé")
    if not judged:
        return _first(*known[0])
    missed = [(k, r) for k, r in judged if r.status != "on_target"]
    if not missed:
        return _all_met(len(judged), len(chosen))
    return _some_missed(len(judged), missed)


def _first(kpi: Kpi, reading: Reading) -> str:
    return t("{label} : {value}", label=kpi.label.get(language()), value=units.text(reading.value, kpi.unit))


def _all_met(met: int, chosen: int) -> str:
    if met < chosen:
        said = tn(
            "Un indicateur clé sur {of} est calculé, et à sa cible",
            "{count} indicateurs clés sur {of} sont calculés, tous à leur cible",
            met,
            count=in_words(met),
            of=in_words(chosen),
        )
    else:
        said = tn(
            "L’indicateur clé atteint sa cible",
            "Les {count} indicateurs clés atteignent leur cible",
            met,
            count=in_words(met),
        )
    return said[0].upper() + said[1:]


def _some_missed(judged: int, missed: Sequence[tuple[Kpi, Reading]]) -> str:
    met = judged - len(missed)
    said = tn(
        "{met} indicateur sur {of} atteint sa cible",
        "{met} indicateurs sur {of} atteignent leur cible",
        met,
        met=in_words(met),
        of=in_words(judged),
    )
    off = [pair for pair in missed if pair[1].status == "off_target"]
    if len(missed) == 1:
        said += " ; " if language() == "fr" else "; "
        said = t("{said}reste « {label} »", said=said, label=missed[0][0].label.get(language()))
    elif off:
        said = tn(
            "{said}, {count} est en écart",
            "{said}, {count} sont en écart",
            len(off),
            said=said,
            count=in_words(len(off)),
        )
    else:
        said = tn(
            "{said}, {count} est à surveiller",
            "{said}, {count} sont à surveiller",
            len(missed),
            said=said,
            count=in_words(len(missed)),
        )
    return said[0].upper() + said[1:]
