"""Native charts' data as PowerPoint keeps it: a workbook inside the slide, in which every text stays text.

python-pptx writes a category ``=1+1`` or a series ``=cmd()`` as a formula that Excel would run; these writers do not.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import IO, Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter

from pages.exports.legal import legal
from pages.exports.xlsx import SAFE


class QuietWriter(CategoryWorkbookWriter):
    """Writes the categories and the series of a chart; opens its workbook so that no text becomes formula, link or number."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: IO[bytes]) -> Iterator[tuple[Any, Any]]:
        book = xlsxwriter.Workbook(xlsx_file, SAFE)
        yield book, book.add_worksheet("Sheet1")  # the name that the chart's references bear
        book.close()


class QuietData(CategoryChartData):
    """A chart's data whose workbook runs nothing."""

    @cached_property
    def _workbook_writer(self) -> QuietWriter:
        return QuietWriter(self)


def data(
    categories: Iterable[str | date],
    series: Sequence[tuple[str, Sequence[float | None]]],
    number_format: str,
) -> QuietData:
    """Return a chart's data: a text or a date for each category, series as (name, values); None is a gap."""
    found = QuietData(number_format=number_format)
    found.categories = [name if isinstance(name, date) else legal(name) for name in categories]
    for name, values in series:
        found.add_series(legal(name), [None if value != value else value for value in values])
    return found
