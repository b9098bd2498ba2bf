"""A rule that one table alone cannot check: the rows that break it, and the words to say so."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.fault import Severity
from schemas.tables import TABLES
from schemas.text import Text
from schemas.wording import say


@dataclass(frozen=True)
class Rule:
    """One cross-table rule, in DuckDB SQL over the current rows.

    ``sql`` selects the violating rows: ``_id`` (the row of ``table`` to blame), ``value`` (its ``column``) and
    whatever the templates name. It reads the tables in ``tables`` (each with its ``_id``) and may read
    ``settings(as_of, rebase_on)`` and ``directorate_groups(directorate_group, directorate)``. A null operand
    breaks nothing. Several rules may share the number of one sentence of the reference.
    """

    number: int
    severity: Severity
    table: str
    tables: tuple[str, ...]
    column: str
    sql: str
    message: Text
    mend: Text

    @property
    def name(self) -> str:
        """Return the rule's name in a fault: R and its number."""
        return f"R{self.number}"

    def words(self, row: Mapping[str, object]) -> tuple[Text, Text]:
        """Return message and mend for one violating row, its values written for each language."""
        french = {name: self._say(name, value, "fr") for name, value in row.items()}
        english = {name: self._say(name, value, "en") for name, value in row.items()}
        return _fill(self.message, french, english), _fill(self.mend, french, english)

    def _say(self, name: str, value: object, lang: str) -> str:
        column = self.column if name == "value" else name
        for table in dict.fromkeys((self.table, *self.tables)):
            for candidate in TABLES[table].columns:
                if candidate.name == column and value in candidate.labels:
                    return candidate.labels[str(value)].get(lang)
        return say(value, lang)


def _fill(template: Text, french: Mapping[str, str], english: Mapping[str, str]) -> Text:
    return Text(template.fr.format(**french), template.en.format(**english))
