"""The words of a judgement: always a word and a shape; why something is not computed, and what to do about it."""

from metrics.reading import Reading
from pages.parts.markup import Html, span
from pages.parts.svg import mark
from pages.texts import t


def word(status: str) -> str:
    """A status in a word."""
    words = {
        "on_target": lambda: t("Atteint"),
        "watch": lambda: t("À surveiller"),
        "off_target": lambda: t("En écart"),
    }
    return words.get(status, lambda: t("Non calculé"))()


def status(kind: str, said: str = "") -> Html:
    """Shape and word together; ``said`` replaces the word."""
    return span("lv-status", mark(kind), span("", said or word(kind)))


def of_reading(reading: Reading | None) -> Html:
    """A reading's status; a known value without a target says so instead of "not computed"."""
    return status(reading.status if reading else "unknown", word_of(reading))


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
