"""A perspective of the scorecard: its objectives and their KPIs, results and what leads to them apart."""

from pages.parts import filters, perspective
from pages.parts.address import others
from pages.parts.here import here, screen
from pages.parts.markup import show

source = here()
asked = filters.asked(others())
show(perspective.head(source, screen()))
if objectives := perspective.body(source, screen(), asked):
    show(objectives)
