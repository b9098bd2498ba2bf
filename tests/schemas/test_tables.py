"""The declared tables: complete, titled in both languages, pointing to each other without a loop."""

import pytest

from schemas.columns import PANDAS_TYPES, Column
from schemas.practices import FIRST_PRACTICES, LEVERS
from schemas.tables import TABLES, Table, duckdb_type, find_table

COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]
IDS = [f"{table.name}.{column.name}" for table, column in COLUMNS]


def test_the_fourteen_tables_in_dependency_order_then_the_journals_and_the_registers() -> None:
    assert [name for name, table in TABLES.items() if table.is_journal] == [
        "targets",
        "rebases",
        "annotations",
        "meetings",
        "agenda_items",
        "decisions",
        "actions",
        "notes",
        "brief_items",
        "brief_reviews",
        "scenarios",
        "survey_waves",
        "survey_wordings",
        "seals",
    ]
    assert [name for name, table in TABLES.items() if table.is_register] == [
        "survey_items",
        "survey_waves",
        "survey_wordings",
        "seals",
    ]
    assert [name for name, table in TABLES.items() if not table.is_journal and not table.is_register] == [
        "staff", "programmes", "partners", "projects", "stages", "financings", "payments", "interactions", "budgets",
        "practices", "practice_sessions", "survey_answers", "milestones", "kpi_values",
    ]  # fmt: skip


def test_decisions_and_sessions_are_typed_on_screens() -> None:
    typed = [name for name, table in TABLES.items() if table.is_typed]
    assert typed == [
        "practice_sessions", "targets", "rebases", "annotations",
        "meetings", "agenda_items", "decisions", "actions", "notes", "brief_items", "brief_reviews",
        "scenarios",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "title", "key"),
    [
        ("staff", "Effectifs", ("as_of", "directorate", "category", "sex")),
        ("projects", "Projets", ("project_id",)),
        ("stages", "Étapes", ("project_id", "stage", "entered_on")),
        ("programmes", "Programmes", ("programme", "valid_from")),
        ("payments", "Versements", ()),
        ("interactions", "Interactions", ()),
        ("survey_answers", "Réponses à l'enquête", ("wave", "answer_id")),
        ("kpi_values", "Valeurs d'indicateurs", ("kpi", "period")),
    ],
)
def test_titles_and_keys(table: str, title: str, key: tuple[str, ...]) -> None:
    assert (TABLES[table].title.fr, TABLES[table].key) == (title, key)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=IDS)
def test_every_column_has_both_titles_and_every_value_both_words(table: Table, column: Column) -> None:
    texts = [column.title, *column.labels.values()]
    assert all(text.fr.strip() and text.en.strip() for text in texts)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=IDS)
def test_the_annotated_dtype_is_that_of_the_kind(table: Table, column: Column) -> None:
    declared = table.model.to_schema().columns[column.name].dtype
    if column.kind in ("text", "period"):
        assert declared is None
    else:
        assert str(declared).split("[")[0] == PANDAS_TYPES[column.kind].split("[")[0]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=IDS)
def test_names_tell_the_kind(table: Table, column: Column) -> None:
    if column.name.endswith("_amount"):
        assert (column.kind, column.unit) == ("amount", "eur")
    if column.name.endswith("_on"):
        assert column.kind == "date"
    if column.name.startswith(("is_", "has_")):
        assert column.kind == "boolean"


def test_keys_are_required() -> None:
    assert [
        f"{table.name}.{name}"
        for table in TABLES.values()
        for name in table.key
        if not table.column(name).required
    ] == []


def test_references_lead_to_an_earlier_table_or_their_own() -> None:
    order = list(TABLES)
    for table, column in COLUMNS:
        if column.references:
            target, key = column.references.split(".")
            assert order.index(target) <= order.index(table.name)
            assert TABLES[target].column(key)


def test_references_keep_the_title_of_the_key_they_point_to() -> None:
    assert TABLES["stages"].column("project_id").title == TABLES["projects"].column("project_id").title
    assert (
        TABLES["payments"].column("financing_id").title == TABLES["financings"].column("financing_id").title
    )


def test_titles_are_not_shared_by_two_columns_of_a_table() -> None:
    for table in TABLES.values():
        french = [column.title.fr for column in table.columns]
        assert len(set(french)) == len(french), table.name


def test_planned_dates_are_not_events() -> None:
    events = {f"{table.name}.{column.name}" for table, column in COLUMNS if column.is_event}
    assert {"projects.opened_on", "stages.entered_on", "financings.awarded_on", "staff.as_of"} <= events
    assert {"payments.paid_on", "interactions.held_on", "practice_sessions.held_on"} <= events
    assert not {"milestones.happened_on", "financings.start_deadline_on", "programmes.valid_to"} & events


def test_duckdb_types() -> None:
    projects = TABLES["projects"]
    assert duckdb_type(projects.column("total_cost_amount")) == "DECIMAL(14,2)"
    assert duckdb_type(projects.column("start_year")) == "BIGINT"
    assert duckdb_type(projects.column("opened_on")) == "DATE"


def test_defaults() -> None:
    projects = TABLES["projects"]
    assert [projects.column(name).default for name in ("vat_rate", "fctva_share", "min_own_share")] == [
        0.2,
        1.0,
        0.2,
    ]
    assert projects.column("own_funds_amount").default is None


def test_twelve_levers_and_twelve_practices_one_to_one() -> None:
    assert len(LEVERS) == 12
    assert len({name for name, _ in FIRST_PRACTICES}) == 12
    assert {lever for _, lever in FIRST_PRACTICES} == set(LEVERS)
    assert ("échecs and mates", "la détermination") in FIRST_PRACTICES
    assert ("audace up !", "l'audace") in FIRST_PRACTICES


def test_tables_are_found_by_either_title() -> None:
    assert [find_table(name) for name in ("ETAPES", "Séances", "reponses a l’enquete", "KPI values", "étape")] == [
        TABLES["stages"], TABLES["practice_sessions"], TABLES["survey_answers"], TABLES["kpi_values"], None,
    ]  # fmt: skip
