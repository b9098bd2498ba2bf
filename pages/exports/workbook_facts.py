"""The tables of a workbook that say how it is known: definitions with their formulas as text, ages of the tables, facts."""

from collections.abc import Mapping
from datetime import date

from metrics.definitions import Kpi
from metrics.words import formula, period
from pages.exports.material import Material
from pages.exports.model import Edition
from pages.exports.table import Column, Table
from pages.exports.workbook_sheet import OWN_UNIT, Sheet
from pages.exports.workbook_tables import NUMBER
from pages.texts import numbers, said, t, units


def definitions(material: Material) -> Sheet:
    """What every KPI is: its formula in words and in SQL (as text), its goal in force, its note."""
    columns = (
        Column(t("Code"), key="code"),
        Column(t("Indicateur"), key="label"),
        Column(t("Identifiant"), key="kpi"),
        Column(t("Objectif"), key="objective"),
        Column(t("Unité"), key="unit"),
        Column(t("Sens souhaité"), key="direction"),
        Column(t("Formule"), key="formula"),
        Column(t("Lignes comptées"), key="period"),
        Column(t("Source"), key="from"),
        Column("SQL", key="sql"),
        Column(t("Cible"), NUMBER, OWN_UNIT, key="target"),
        Column(t("Plancher"), NUMBER, OWN_UNIT, key="floor"),
        Column(t("Fréquence"), key="frequency"),
        Column(t("Note"), key="note"),
        Column(t("Responsable"), key="owner"),
        Column(t("Version"), NUMBER, "n", key="version"),
    )
    kpis = list(material.catalogue.every.values())
    rows = tuple(_definition(kpi, material.catalogue.every) for kpi in kpis)
    title = t("Définitions, cibles en vigueur au {day}", day=numbers.day(material.as_of))
    return Sheet(
        "definitions", t("Définitions"), Table("", title, columns, rows), [kpi.unit for kpi in kpis], 2
    )


def _definition(kpi: Kpi, every: Mapping[str, Kpi]) -> list[object]:
    return [
        *(kpi.code, said(kpi.label), kpi.id, kpi.objective, units.unit_name(kpi.unit), way(kpi)),
        *(said(formula(kpi, every)), said(period(kpi)), kpi.source, kpi.sql, kpi.target, kpi.floor),
        *(frequency(kpi), said(kpi.note) or None, kpi.owner or None, kpi.version),
    ]


def way(kpi: Kpi) -> str:
    """Which way is better."""
    words = {"up": t("vers le haut"), "down": t("vers le bas"), "band": t("dans la bande")}
    return words[kpi.direction]


def frequency(kpi: Kpi) -> str:
    """How often a value comes."""
    words = {
        "monthly": t("mensuelle"),
        "quarterly": t("trimestrielle"),
        "yearly": t("annuelle"),
        "wave": t("à chaque enquête"),
    }
    return words[kpi.frequency]


def freshness(edition: Edition) -> Sheet:
    """How old each table is."""
    columns = (
        Column(t("Table"), key="table"),
        Column(t("Lignes"), NUMBER, "n", key="rows"),
        Column(t("Dernier évènement"), "date", key="event"),
        Column(t("N° d’import"), NUMBER, "n", key="import"),
        Column(t("Importée le"), key="imported"),
    )
    rows = tuple(
        [one.title, one.rows, one.event, one.import_id, one.imported_text] for one in edition.freshness
    )
    return Sheet("freshness", t("Fraîcheur"), Table("", t("Fraîcheur des tables"), columns, rows))


def about(edition: Edition) -> Sheet:
    """What the workbook is true of, and how to read it."""
    columns = (Column(t("Quoi"), key="what"), Column(t("Valeur"), key="value"))
    pairs: list[tuple[str, str | date | None]] = [
        (t("Collectivité"), edition.town),
        (t("Données au"), edition.date_text),
        (t("Périmètre"), edition.scope or t("Toute la ville")),
        (t("Semaine scellée"), edition.week or None),
        (t("Constat"), edition.title),
        (t("Score d’ensemble"), edition.total or None),
        (t("Couverture"), edition.coverage.words),
        (t("Sources"), edition.sources),
        (t("Empreinte de l’édition"), edition.sha256),
        (
            t("Cellule vide"),
            t("inconnu : ni zéro, ni manquant par erreur ; la colonne « Ce qu’il faut savoir » dit pourquoi"),
        ),
        (t("Unités"), t("valeurs brutes : euros, parts de 0 à 1, jours ; les scores vont de 0 à 100")),
        (t("Formules"), t("les définitions sont écrites en texte ; aucune cellule ne calcule")),
    ]
    rows = tuple([what, value] for what, value in pairs if value is not None)
    return Sheet(
        "about", t("À propos"), Table("", t("Ce que dit ce classeur, et comment le lire"), columns, rows)
    )
