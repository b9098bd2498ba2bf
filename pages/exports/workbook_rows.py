"""The tables of a workbook that say what is behind: financing, files, actions and decisions of reviews."""

from metrics.changing_projects import files
from metrics.columns import meaning
from metrics.dues import known_on
from metrics.meetings import read_actions, read_decisions
from metrics.notes import exported_notes, signer
from pages.exports.material import Material
from pages.exports.table import Column, Table
from pages.exports.workbook_sheet import Sheet
from pages.exports.workbook_tables import NUMBER
from pages.texts import leverage, numbers, said, t


def money(material: Material) -> list[Sheet]:
    """The ladder of the financing, and the plans behind; nothing where nothing was awarded."""
    found = material.leverage
    if found is None:
        return []
    stages = leverage.stages()
    ladder = (
        Column(t("Stade"), key="stage"),
        Column(t("Montant"), NUMBER, "eur", key="amount"),
        Column(t("Pour un euro propre"), NUMBER, "eur_per_eur", key="leverage"),
    )
    rungs = tuple([stages[one.stage], one.amount, one.leverage] for one in found.ladder)
    plans = (
        Column(t("Projet"), key="project"),
        Column(t("Intitulé"), key="title"),
        Column(t("Direction"), key="directorate"),
        Column(t("Thème"), key="theme"),
        Column(t("Coût"), NUMBER, "eur", key="cost"),
        Column(t("Fonds propres"), NUMBER, "eur", key="own"),
        Column(t("Public"), NUMBER, "eur", key="public"),
        Column(t("Privé"), NUMBER, "eur", key="private"),
        Column(t("Effet de levier"), NUMBER, "eur_per_eur", key="leverage"),
        Column(t("Part propre"), NUMBER, "ratio", key="own_share"),
        Column(t("Part minimale"), NUMBER, "ratio", key="min_own_share"),
        Column(t("Avis"), key="verdict"),
    )
    rows = tuple(
        [
            *(one.project_id, one.title, one.lead_directorate, one.theme, one.cost, one.own, one.public),
            *(one.private, one.leverage, one.own_share, one.min_own_share, leverage.verdict(one)),
        ]
        for one in found.plans
    )
    return [
        Sheet("ladder", t("Échelle"), Table("", leverage.ladder_title(found), ladder, rungs)),
        Sheet("plans", t("Plans"), Table("", leverage.plans_title(found.plans), plans, rows), frozen=2),
    ]


def projects(material: Material) -> Sheet:
    """The files open at the date, with the stage each is in."""
    columns = (
        Column(t("Projet"), key="project"),
        Column(t("Intitulé"), key="title"),
        Column(t("Direction"), key="directorate"),
        Column(t("Étape"), key="stage"),
        Column(t("Depuis le"), "date", key="entered_on"),
        Column(t("Ouvert le"), "date", key="opened_on"),
        Column(t("Coût"), NUMBER, "eur", key="cost"),
        Column(t("Début des travaux prévu"), NUMBER, key="start_year"),
        Column(t("Fin des travaux prévue"), NUMBER, key="end_year"),
        Column(t("Travaux commencés le"), "date", key="works_started_on"),
    )
    rows = tuple(
        [
            *(
                one.project_id,
                one.title,
                one.directorate,
                said(meaning("stage", one.stage)) if one.stage else None,
            ),
            *(one.entered_on, one.opened_on, one.cost, one.start_year, one.end_year, one.works_started_on),
        ]
        for one in files(material.state).values()
        if one.closed_on is None
    )
    title = t("Dossiers ouverts au {day}", day=numbers.day(material.as_of))
    return Sheet("projects", t("Projets"), Table("", title, columns, rows), frozen=2)


def actions(material: Material) -> Sheet:
    """The actions taken in reviews, whatever their state."""
    columns = (
        Column(t("Semaine"), key="week"),
        Column(t("Action"), key="words"),
        Column(t("Responsable"), key="owner"),
        Column(t("Échéance"), "date", key="due_on"),
        Column(t("État"), key="state"),
        Column(t("Close le"), "date", key="closed_on"),
        Column(t("Suite"), key="outcome"),
        Column(t("Indicateur"), key="kpi"),
        Column(t("Projet"), key="project"),
        Column(t("Partenaire"), key="partner"),
    )
    rows = tuple(
        [
            *(
                one.meeting_id,
                one.words,
                one.owner,
                one.due_on,
                said(meaning("state", one.state)),
                one.closed_on,
            ),
            *(one.outcome or None, one.kpi or None, one.project or None, one.partner or None),
        ]
        for one in read_actions(material.engine, known_on(material.state))
    )
    return Sheet("actions", t("Actions"), Table("", t("Actions des revues hebdomadaires"), columns, rows))


def decisions(material: Material) -> Sheet:
    """The decisions taken in reviews."""
    columns = (
        Column(t("Semaine"), key="week"),
        Column(t("Décision"), key="words"),
        Column(t("Par"), key="decided_by"),
        Column(t("Le"), "date", key="decided_on"),
        Column(t("Indicateur"), key="kpi"),
        Column(t("Projet"), key="project"),
        Column(t("Partenaire"), key="partner"),
    )
    rows = tuple(
        [
            *(one.meeting_id, one.words, one.decided_by or None, one.decided_on),
            *(one.kpi or None, one.project or None, one.partner or None),
        ]
        for one in read_decisions(material.engine, known_on(material.state))
    )
    return Sheet(
        "decisions", t("Décisions"), Table("", t("Décisions des revues hebdomadaires"), columns, rows)
    )


def notes(material: Material) -> Sheet:
    """The notes that are marked for exports, with who wrote and who reviewed them."""
    columns = (
        Column(t("Sur quoi"), key="about"),
        Column(t("Identifiant"), key="subject"),
        Column(t("Note"), key="words"),
        Column(t("Par"), key="signed_by"),
        Column(t("Le"), "date", key="written_on"),
        Column(t("Relue par"), key="reviewed_by"),
        Column(t("Relue le"), "date", key="reviewed_on"),
    )
    rows = tuple(
        [
            *(said(meaning("about", one.about)), one.subject, one.words, said(signer(one.signed_by)) or None),
            *(one.written_on, said(signer(one.reviewed_by)) or None, one.reviewed_on),
        ]
        for one in exported_notes(material.engine, material.as_of)
    )
    return Sheet("notes", t("Notes"), Table("", t("Notes marquées pour les documents"), columns, rows))
