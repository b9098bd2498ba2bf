"""A sheet of survey answers: nothing in it may tell who answered, and items of declared scales go to a table of their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from data.readers import answers_words as words
from data.readers import native_words
from data.readers.answer_cells import telling
from data.readers.answer_items import Placed, as_rows
from data.readers.batch import Batch
from data.readers.placing import is_empty, places_of
from data.readers.sheet import Sheet
from data.readers.tabular import as_batch
from schemas.fault import Fault
from schemas.identifying import announced, is_exactly
from schemas.personal import is_personal_header, masked
from schemas.scale_items import ScaleItem
from schemas.tables import TABLES, suggest

TABLE = "survey_answers"
Scales = Callable[[], Sequence[ScaleItem]]


def no_scales() -> Sequence[ScaleItem]:
    """Return nothing: where no catalogue declares scales."""
    return ()


@dataclass
class _Others:
    """The columns of a sheet that are not the table's own: items of scales, and those that are refused."""

    sheet: Sheet
    scales: Scales
    items: dict[str, Placed] = field(default_factory=dict)
    declared: Sequence[ScaleItem] | None = None

    def met(self, at: int, title: str) -> list[Fault]:
        """Take a column as an item of a scale, or say why not."""
        if is_empty(self.sheet, at, title):
            return []
        if not title:
            return [native_words.unknown_column(self.sheet, TABLES[TABLE], title, None)]
        if is_personal_header(title):
            return [native_words.personal_column(self.sheet, title)]
        called = [] if is_exactly(title) else self._called(title)
        return self._item(at, title, called) if called else [self._refused(title)]

    def _called(self, title: str) -> list[ScaleItem]:
        if self.declared is None:
            self.declared = self.scales()
        return [item for item in self.declared if item.is_called(title)]

    def _item(self, at: int, title: str, called: Sequence[ScaleItem]) -> list[Fault]:
        """Place the item of that title; two scales may share it where they take the same answers."""
        if len({item.code for item in called}) > 1 or len({item.answers for item in called}) > 1:
            return [words.of_several(self.sheet, title, called)]
        item = next((one for one in called if one.right), None)
        if item is None:
            return [words.no_right(self.sheet, title, called[0])]
        if item.code in self.items:
            return [native_words.twice(self.sheet, title)]
        self.items[item.code] = at, item
        return []

    def _refused(self, title: str) -> Fault:
        what = announced(title)
        if what is not None:
            return words.identifying_column(self.sheet, title, what)
        return words.undeclared_column(self.sheet, title, suggest(title, TABLE))


def read(sheet: Sheet, scales: Scales = no_scales) -> tuple[list[Batch], list[Fault]]:
    """Return the rows of both tables, and the faults of the sheet; no rows where a column is not anonymous or not ours."""
    others = _Others(sheet, scales)
    places, faults = places_of(sheet, TABLES[TABLE], others.met)
    faults += [_masked(native_words.beyond_header(sheet, row, value)) for row, value in sheet.overflow]
    if any(each.severity == "error" for each in faults) or not sheet.rows:
        return [], faults
    told = telling(sheet, places, others.items)
    batch, found = as_batch(sheet, TABLES[TABLE], places)
    rows, wrong = as_rows(sheet, batch, others.items)
    spots = {(fault.row, fault.column) for fault in told}
    faults += told + [fault for fault in found + wrong if (fault.row, fault.column) not in spots]
    if sheet.hidden_rows:
        faults.append(native_words.hidden_rows(sheet))
    return [batch] if rows is None else [batch, rows], faults


def _masked(fault: Fault) -> Fault:
    return fault if fault.value is None else replace(fault, value=masked(fault.value))
