"""The words of a judgement: what a reading is, why it is not, where it goes, whether its target is met by habit."""

from metrics.definitions import Kpi
from metrics.reading import Reading
from metrics.signals import method_of
from pages.texts import t


def word(status: str) -> str:
    """A status in a word."""
    words = {
        "on_target": lambda: t("Atteint"),
        "watch": lambda: t("À surveiller"),
        "off_target": lambda: t("En écart"),
    }
    return words.get(status, lambda: t("Non calculé"))()


def word_of(reading: Reading | None) -> str:
    """The word of a reading's status alone, for a file."""
    if reading is None:
        return word("unknown")
    if reading.reason == "stale":
        return t("Trop ancien")
    if reading.reason == "running":
        return t("En cours")
    if reading.reason == "few":
        return t("Trop peu (n = {n})", n=reading.n)
    if reading.value is not None and reading.status == "unknown" and reading.score is None:
        return t("Sans cible")
    return word(reading.status)


def reason(code: str | None) -> str:
    """Why a value or a score is missing, in a sentence; "" when there is no reason."""
    if not code:
        return ""
    words = {
        "no_data": lambda: t("aucune donnée pour cette période"),
        "no_denominator": lambda: t("rien par quoi diviser"),
        "not_reached": lambda: t("quantile non atteint : trop de dossiers encore ouverts"),
        "unknown_operand": lambda: t("une valeur nécessaire est inconnue"),
        "before_base": lambda: t("la période de référence n’est pas achevée"),
        "not_a_dimension": lambda: t("ne se décline pas ainsi"),
        "stale": lambda: t("données trop anciennes pour être jugées"),
        "running": lambda: t("période non achevée : pas encore jugée"),
        "few": lambda: t("trop peu de cas pour être jugé"),
        "suppressed": lambda: t("secret statistique : trop peu de réponses pour être publiées"),
        "no_target": lambda: t("aucune cible fixée"),
        "below_coverage": lambda: t("couverture insuffisante"),
    }
    if code.startswith("failed"):
        return t("le calcul a échoué (incident {id})", id=code.removeprefix("failed").strip(" :"))
    return words.get(code, lambda: t("non calculable"))()


def variation_word(kind: str | None) -> str:
    """A variation in a word, "" for none."""
    words = {
        "improvement": lambda: t("amélioration"),
        "concern": lambda: t("dégradation"),
        "stable": lambda: t("stable"),
        "special": lambda: t("cause spéciale"),
    }
    return words[kind]() if kind in words else ""


def added_word(kind: str | None) -> str:
    """A variation of what each period adds to a running total, in words, "" for none."""
    words = {
        "improvement": lambda: t("ajouts en hausse"),
        "concern": lambda: t("ajouts en baisse"),
        "stable": lambda: t("ajouts stables"),
        "special": lambda: t("ajouts inhabituels"),
    }
    return words[kind]() if kind in words else ""


def worded(kind: str | None, kpi: Kpi) -> str:
    """A variation in the words that its chart allows: of a total that is charted by what each period adds, the additions'."""
    if method_of(kpi)[0] != "increment":
        return variation_word(kind)
    if kpi.direction == "down" and kind in ("improvement", "concern"):  # fewer additions are the better
        return added_word("concern" if kind == "improvement" else "improvement")
    return added_word(kind)


def assurance_word(kind: str | None) -> str:
    """An assurance in words, "" for none."""
    words = {
        "consistently_met": lambda: t("atteinte constante"),
        "inconsistent": lambda: t("atteinte aléatoire"),
        "consistently_missed": lambda: t("échec constant"),
    }
    return words[kind]() if kind in words else ""


def is_outdated(reading: Reading) -> bool:
    """Whether the limits behind the assurance no longer describe the KPI: the last value says the contrary."""
    missed = reading.status in ("watch", "off_target")
    return (reading.assurance == "consistently_missed" and reading.status == "on_target") or (
        reading.assurance == "consistently_met" and missed
    )


def assurance_of(reading: Reading) -> str:
    """The words of a reading's assurance, "" for none; limits that the last value contradicts give none, but say so."""
    return t("niveau changé : base à revoir") if is_outdated(reading) else assurance_word(reading.assurance)
