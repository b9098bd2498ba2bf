"""A perspective of the scorecard: its objectives and their KPIs, results and what leads to them apart."""

from pages.parts import filters, perspective
from pages.parts.address import others
from pages.parts.here import here, screen
from pages.parts.markup import show

source, at = here(), screen()
asked = filters.asked(others())
show(perspective.head(source, at))
# Three elements: what a filter does not change is not sent again.
for part in (
    perspective.objectives(source, at, asked),
    perspective.weighed(source, at),
    perspective.listed(source, at, asked),
):
    if part:
        show(part)
