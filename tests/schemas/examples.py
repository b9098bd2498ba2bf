"""One small town whose rows break no rule: tests change one thing in it and see what is said."""

from copy import deepcopy
from datetime import date
from typing import Any

import duckdb
import pandas as pd

from schemas.frames import conform
from schemas.rules import Rule
from schemas.tables import TABLES

Rows = dict[str, list[dict[str, Any]]]


def day(text: str) -> date:
    return date.fromisoformat(text)


TOWN: Rows = {
    "staff": [
        {"as_of": day("2014-12-31"), "directorate": "DADI", "category": "A", "sex": "F", "headcount": 7, "fte": 7.0},
        {"as_of": day("2014-12-31"), "directorate": "Sports", "category": "C", "sex": "M", "headcount": 20, "fte": None},
    ],
    "programmes": [
        {"programme": "DETR", "valid_from": day("2011-01-01"), "family": "detr_dsil_dpv", "is_public": True,
         "cumulation_cap": 0.8, "start_within_months": 24, "valid_to": day("2020-12-31")},
        {"programme": "Région", "valid_from": day("2011-01-01"), "family": "region"},
        {"programme": "Mécénat", "valid_from": day("2011-01-01"), "family": "private", "is_public": False},
    ],
    "partners": [
        {"partner_id": "E1", "name": "Préfecture", "kind": "state", "sector": "public", "joined_on": day("2010-01-01")},
        {"partner_id": "R1", "name": "Région", "kind": "region", "sector": "public", "joined_on": day("2010-01-01")},
        {"partner_id": "M1", "name": "Fondation", "kind": "foundation", "sector": "private",
         "joined_on": day("2010-01-01"), "left_on": day("2015-01-01")},
    ],
    "projects": [
        {"project_id": "P1", "title": "Gare", "objective": "F1", "lead_directorate": "DADI",
         "partner_directorates": "Sports; DADI", "opened_on": day("2013-01-01"), "total_cost_amount": 100_000,
         "own_funds_amount": 20_000, "min_own_share": 0.2, "project_owner": "city",
         "works_started_on": day("2015-03-01"), "works_ended_on": day("2015-05-01")},
        {"project_id": "P2", "title": "Halle", "objective": "F1", "lead_directorate": "Sports",
         "opened_on": day("2013-01-01"), "closed_on": day("2014-06-01"), "total_cost_amount": 50_000,
         "own_funds_amount": 50_000, "requires_project_id": "P1"},
    ],
    "stages": [
        {"project_id": "P1", "stage": "appraisal", "entered_on": day("2013-01-01"), "left_on": day("2013-06-01")},
        {"project_id": "P1", "stage": "suspended", "entered_on": day("2013-06-01"), "left_on": day("2013-07-01")},
        {"project_id": "P1", "stage": "works", "entered_on": day("2013-07-01"), "left_on": None},
        {"project_id": "P2", "stage": "appraisal", "entered_on": day("2013-01-01"), "left_on": day("2014-06-01")},
    ],
    "financings": [
        {"financing_id": "F1", "project_id": "P1", "partner_id": "E1", "programme": "DETR", "nature": "grant",
         "requested_amount": 60_000, "requested_on": day("2014-01-01"), "awarded_amount": 50_000,
         "awarded_on": day("2014-05-01"), "contracted_amount": 40_000, "contracted_on": day("2014-06-01")},
        {"financing_id": "F2", "project_id": "P1", "partner_id": "R1", "programme": "Région", "nature": "grant",
         "requested_amount": 30_000, "requested_on": day("2014-01-01"), "awarded_amount": 30_000,
         "awarded_on": day("2014-05-01")},
    ],
    "payments": [
        {"financing_id": "F1", "paid_on": day("2014-07-01"), "amount": 41_000, "kind": "advance"},
        {"financing_id": "F1", "paid_on": day("2014-08-01"), "amount": -1_000, "kind": "clawback"},
    ],
    "interactions": [
        {"partner_id": "E1", "held_on": day("2014-01-05"), "kind": "meeting", "project_id": "P1"},
    ],
    "budgets": [
        {"year": 2014, "operating_revenue_amount": 48_000_000, "dadi_voted_amount": 213_000, "dadi_fte": 7.2},
    ],
    "practices": [
        {"practice": "T1", "name": "audace up !", "lever": "l'audace", "revolution": 1},
        {"practice": "T2", "name": "échecs and mates", "lever": "la détermination", "revolution": 1},
        {"practice": "T3", "name": "audace up !", "lever": "l'audace", "revolution": 2},
    ],
    "practice_sessions": [
        {"session_id": "S1", "kind": "practice", "practice": "T1", "held_on": day("2014-05-05"), "directorate": "DADI",
         "participants": 12, "newcomers": 12, "opinions": 10, "opinions_relevant": 10},
        {"session_id": "S2", "kind": "mooc", "held_on": day("2014-06-05"), "participants": 20, "newcomers": 15,
         "enrolled": 30, "completed": 10},
    ],
    "survey_answers": [
        {"wave": "2013-audit", "answer_id": "x1", "directorate_group": "Appui", "category": "A", "sex": "F", "who5_1": 5},
        {"wave": "2013-audit", "answer_id": "X1", "directorate_group": None, "category": None, "sex": None, "qwl_1": 1},
    ],
    "survey_items": [
        {"wave": "2013-audit", "answer_id": "x1", "item": "help_1", "value": 4},
        {"wave": "2013-audit", "answer_id": "X1", "item": "help_1", "value": None},
    ],
    "milestones": [
        {"milestone_id": "J1", "happened_on": day("2016-01-01"), "date_precision": "year", "kind": "ecosystem",
         "label": "Deuxième révolution", "is_done": False},
    ],
    "kpi_values": [
        {"kpi": "partner_index", "period": "2013-audit", "value": 3.5},
    ],
    "targets": [
        {"target_id": "C1", "kpi": "partner_index", "valid_from": day("2014-01-01"), "target": 4.0, "floor": 1.0,
         "reason": "Vote du budget", "decided_by": "Cabinet", "decided_on": day("2014-01-01")},
    ],
    "rebases": [
        {"rebase_id": "B1", "kpi": "partner_index", "rebased_on": day("2014-09-01"), "reason": "Nouvelle méthode"},
    ],
    "annotations": [
        {"annotation_id": "N1", "kpi": "partner_index", "noted_on": day("2014-09-30"), "words": "Première enquête"},
    ],
    "meetings": [
        {"meeting_id": "2015-W28", "held_on": day("2015-07-06"), "minutes": 60, "opened_at": "2015-07-06T12:00:00+00:00"},
    ],
    "agenda_items": [
        {"item_id": "I1", "meeting_id": "2015-W28", "position": 1, "kind": "exception", "title": "Indice partenaire",
         "change": "status:partner_index", "kpi": "partner_index", "minutes": 10, "is_done": True, "said": "Vu."},
    ],
    "decisions": [
        {"decision_id": "D1", "meeting_id": "2015-W28", "item_id": "I1", "words": "Continuer", "project": "P1"},
    ],
    "actions": [
        {"action_id": "X1", "meeting_id": "2015-W28", "item_id": "I1", "words": "Relancer la Région",
         "owner": "Resp. financements", "due_on": day("2015-07-13"), "state": "open"},
    ],
    "notes": [
        {"note_id": "T1", "about": "kpi", "subject": "partner_index", "words": "À revoir à l'automne", "signed_by": "DADI"},
    ],
    "brief_items": [
        {"brief_item_id": "L1", "as_of": day("2015-06-30"), "change": "kpi:partner_index", "is_pinned": True},
    ],
    "brief_reviews": [
        {"review_id": "V1", "as_of": day("2015-06-30"), "edition": "0" * 64, "decided_by": "Cabinet"},
    ],
    "scenarios": [
        {"scenario_id": "H1", "name": "Région en baisse", "drivers": "awards_cut,share=0.2", "as_of": day("2015-06-30"),
         "outcome": '{"leverage_awarded": [5, 4.1]}', "decided_by": "Cabinet", "decided_on": day("2015-06-30")},
    ],
    "seals": [
        {"week": "2015-W28", "held_on": day("2015-07-06"), "sealed_at": "2015-07-06T13:00:00+00:00", "sealed_by": "DADI",
         "version": "12", "content_sha256": "0" * 64, "chain": "1" * 64},
    ],
    "survey_waves": [
        {"wave": "2015", "state": "closed", "held_on": day("2015-05-15"), "keep_until": day("2016-05-15"), "k": 11},
    ],
    "survey_wordings": [
        {"item": "qwl_1", "words": "Je peux organiser mon travail."},
    ],
}  # fmt: skip

GROUPS = [("Appui", "DADI"), ("Terrain", "Sports")]
AS_OF, REBASE_ON = day("2015-06-30"), day("2014-09-01")


def town() -> Rows:
    """Return a copy that a test may change."""
    return deepcopy(TOWN)


def frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the rows as a reader would hand them over."""
    return conform(table, pd.DataFrame(rows))


def broken(rule: Rule, rows: Rows, groups: list[tuple[str, str]] = GROUPS) -> list[dict[str, Any]]:
    """Return the rows that the rule's SQL selects in that town; ``_id`` is 100 × the table's place + the row's."""
    connection = duckdb.connect()
    for place, table in enumerate(rule.tables):
        _load(connection, table, 100 * place, rows[table])
    connection.execute(
        "CREATE TABLE settings AS SELECT ?::DATE AS as_of, ?::DATE AS rebase_on", [AS_OF, REBASE_ON]
    )
    connection.execute("CREATE TABLE directorate_groups (directorate_group VARCHAR, directorate VARCHAR)")
    if groups:
        connection.executemany("INSERT INTO directorate_groups VALUES (?, ?)", groups)
    cursor = connection.execute(rule.sql)
    names = [part[0] for part in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _load(connection: duckdb.DuckDBPyConnection, table: str, first: int, rows: list[dict[str, Any]]) -> None:
    columns = TABLES[table].columns
    declared = ", ".join(f"{column.name} {column.duckdb_type}" for column in columns)
    connection.execute(f"CREATE TABLE {table} ({declared}, _id BIGINT)")
    for place, row in enumerate(rows):
        values = [row.get(column.name) for column in columns]
        marks = ", ".join("?" * (len(values) + 1))
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", [*values, first + place])
