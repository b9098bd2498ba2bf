"""What is said in a review waits for no reading: no KPI depends on it, and nothing is computed again."""

from metrics import compute
from metrics.definitions import Catalogue
from metrics.refresh import JUDGING, SAID, after_import
from metrics.results import Engine
from schemas.tables import JOURNALS, REGISTERS, TABLES


def test_no_kpi_reads_what_is_only_said(town: Engine, catalogue: Catalogue) -> None:
    for kpi in catalogue.every.values():
        assert not compute.tables_behind(catalogue, kpi, town.relations) & SAID, kpi.id


def test_every_journal_is_said_or_judges_or_is_a_survey_s() -> None:
    typed = {name for name, table in TABLES.items() if table.model in (*JOURNALS, *REGISTERS)}
    assert typed == SAID | JUDGING | {"survey_waves", "survey_wordings"}


class Untouchable:
    """An engine that must not even be asked."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(name)


def test_a_note_recomputes_nothing() -> None:
    after_import(Untouchable(), {"notes", "actions"})  # type: ignore[arg-type]
