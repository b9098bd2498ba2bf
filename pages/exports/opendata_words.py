"""What open data says of itself: its columns, their types and meaning, and a page to read first."""

from datetime import date
from typing import Any

from metrics.definitions import Scorecard
from pages.texts import said, t, typography

FIELDS: dict[str, tuple[str, str, str]] = {  # key: (type, French, English)
    "kpi": (
        "string",
        "identifiant de l'indicateur, celui de definitions.json",
        "the KPI's identifier, that of definitions.json",
    ),
    "code": ("string", "code de l'indicateur dans le tableau de bord", "the KPI's code in the scorecard"),
    "as_of": ("date", "date à laquelle la valeur est vraie", "date at which the value is true"),
    "period": (
        "string",
        "période : 2015-06, 2015-Q2, 2015 ou une enquête",
        "period: 2015-06, 2015-Q2, 2015 or a survey",
    ),
    "directorate": (
        "string",
        "direction ; vide : toute la collectivité",
        "directorate; empty: the whole authority",
    ),
    "value": (
        "number",
        "valeur, en unité de base ; vide : inconnue, jamais 0",
        "value, in base unit; empty: unknown, never 0",
    ),
    "unit": ("string", "unité : eur, ratio (0 à 1), days, n…", "unit: eur, ratio (0 to 1), days, n…"),
    "numerator": ("number", "numérateur, où il y en a un", "numerator, where there is one"),
    "denominator": ("number", "dénominateur, où il y en a un", "denominator, where there is one"),
    "n": ("integer", "nombre de cas sur lesquels la valeur repose", "number of cases the value rests on"),
    "low": ("number", "borne basse de l'intervalle à 95 %", "lower bound of the 95 % interval"),
    "high": ("number", "borne haute de l'intervalle à 95 %", "upper bound of the 95 % interval"),
    "coverage": ("number", "part du périmètre connue, 0 à 1", "share of the perimeter that is known, 0 to 1"),
    "target": ("number", "cible par laquelle la valeur est jugée", "target by which the value is judged"),
    "status": (
        "string",
        "on_target, watch, off_target ou unknown",
        "on_target, watch, off_target or unknown",
    ),
    "score": ("number", "score de 0 à 100", "score from 0 to 100"),
    "variation": (
        "string",
        "improvement, concern, special ou stable, selon la carte de contrôle",
        "improvement, concern, special or stable, by the control chart",
    ),
    "assurance": (
        "string",
        "consistently_met, inconsistent ou consistently_missed",
        "consistently_met, inconsistent or consistently_missed",
    ),
    "reason": ("string", "pourquoi la valeur ou le score manque", "why the value or the score is missing"),
    "version": ("integer", "version de la définition", "version of the definition"),
}


def schema() -> dict[str, Any]:
    """Return the Table Schema of readings.csv: name, type and meaning of each column, in both languages."""
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "missingValues": [""],
        "fields": [
            {"name": name, "type": kind, "description": french, "description_en": english}
            for name, (kind, french, english) in FIELDS.items()
        ],
    }


def readme(card: Scorecard, as_of: date, rows: int) -> str:
    """Return the page to read first, in the run's language."""
    lines = [
        f"# {t('Indicateurs publiés : {town}', town=typography(card.town))}",
        t(
            "Valeurs connues au {day}, {rows} lignes : la collectivité entière, puis chaque direction.",
            day=as_of.isoformat(),
            rows=rows,
        ),
        f"- `readings.csv` : {t('une ligne par indicateur, période et périmètre ; UTF-8, virgules, point décimal')}",
        f"- `readings.json` : {t('les mêmes lignes, avec les mêmes clés')}",
        f"- `definitions.json` : {t('ce que chaque indicateur compte, en mots et en SQL')}",
        f"- `schema.json` : {t('le type et le sens de chaque colonne (Table Schema)')}",
        t("Une valeur vide est inconnue, jamais nulle ; « reason » dit pourquoi."),
        t(
            "Les enquêtes ne donnent que les valeurs de leurs listes publiées. Ce qui repose sur trop peu de cas n’a aucun chiffre ici."
        ),
        t("Licence : {licence}.", licence=said(card.licence)),
    ]
    return "\n\n".join(lines) + "\n"
