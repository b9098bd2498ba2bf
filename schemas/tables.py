"""The fourteen tables, the journals and the registers, in an order in which each one only points to those before it (or to itself)."""

from dataclasses import dataclass

from schemas.actions import Actions
from schemas.agenda_items import AgendaItems
from schemas.annotations import Annotations
from schemas.brief_items import BriefItems
from schemas.brief_reviews import BriefReviews
from schemas.budgets import Budgets
from schemas.columns import Column
from schemas.decisions import Decisions
from schemas.fields import column_of
from schemas.financings import Financings
from schemas.headers import find, nearest
from schemas.interactions import Interactions
from schemas.kpi_values import KpiValues
from schemas.meetings import Meetings
from schemas.milestones import Milestones
from schemas.model import TableModel
from schemas.notes import Notes
from schemas.partners import Partners
from schemas.payments import Payments
from schemas.practice_sessions import PracticeSessions
from schemas.practices import Practices
from schemas.programmes import Programmes
from schemas.projects import Projects
from schemas.rebases import Rebases
from schemas.scenarios import Scenarios
from schemas.seals import Seals
from schemas.staff import Staff
from schemas.stages import Stages
from schemas.survey_answers import SurveyAnswers
from schemas.survey_items import SurveyItems
from schemas.survey_waves import SurveyWaves
from schemas.survey_wordings import SurveyWordings
from schemas.targets import Targets
from schemas.text import Text


@dataclass(frozen=True)
class Table:
    """A table: its titles, its pandera model, its key (empty: rows have none) and its columns in order."""

    name: str
    title: Text
    model: type[TableModel]
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def is_journal(self) -> bool:
        """Whether its rows are decisions typed on a screen: kept and undone like any other, absent from the template."""
        return self.model in JOURNALS or self.model in REGISTERS

    @property
    def is_register(self) -> bool:
        """Whether only the product's own steps write its rows: neither a file nor a form does."""
        return self.model in REGISTERS or self.model in SPLIT

    @property
    def is_typed(self) -> bool:
        """Whether its rows may be typed on a screen: those of the journals, and the sessions that animators note."""
        return self.model in (*JOURNALS, PracticeSessions)

    def column(self, name: str) -> Column:
        """Return the column of that identifier; raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")


def table_of(model: type[TableModel]) -> Table:
    """Read a table off its model."""
    schema = model.to_schema()
    columns = tuple(column_of(name, column.metadata or {}) for name, column in schema.columns.items())
    title = Text(str(schema.title), str(schema.description))
    return Table(str(schema.name), title, model, tuple(schema.unique or ()), columns)


JOURNALS: tuple[type[TableModel], ...] = (
    Targets,
    Rebases,
    Annotations,
    Meetings,
    AgendaItems,
    Decisions,
    Actions,
    Notes,
    BriefItems,
    BriefReviews,
    Scenarios,
)
REGISTERS: tuple[type[TableModel], ...] = (SurveyWaves, SurveyWordings, Seals)
SPLIT: tuple[type[TableModel], ...] = (SurveyItems,)  # filled from the sheets of another table

MODELS: tuple[type[TableModel], ...] = (
    Staff,
    Programmes,
    Partners,
    Projects,
    Stages,
    Financings,
    Payments,
    Interactions,
    Budgets,
    Practices,
    PracticeSessions,
    SurveyAnswers,
    SurveyItems,
    Milestones,
    KpiValues,
    *JOURNALS,
    *REGISTERS,
)

TABLES: dict[str, Table] = {table.name: table for table in map(table_of, MODELS)}
FILLED: tuple[str, ...] = tuple(name for name, table in TABLES.items() if not table.is_register)  # by files


def duckdb_type(column: Column) -> str:
    """Return the DuckDB type that stores the column."""
    return column.duckdb_type


def find_table(name: str) -> Table | None:
    """Return the table of that identifier or title, in either language, however it is typed."""
    return find(name, ((table, (table.name, *table.title)) for table in TABLES.values()))


def find_column(table: str | Table, header: str) -> Column | None:
    """Return the column that a spreadsheet's header names, in either language, however it is typed."""
    columns = _table(table).columns
    return find(header, ((column, (column.name, *column.title)) for column in columns))


def suggest(header: str, table: str | Table) -> Column | None:
    """Return the column that an unknown header most resembles, None where nothing comes near."""
    columns = _table(table).columns
    return nearest(header, ((column, (column.name, *column.title)) for column in columns))


def _table(table: str | Table) -> Table:
    return TABLES[table] if isinstance(table, str) else table
