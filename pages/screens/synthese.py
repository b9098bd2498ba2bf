"""Synthèse: in one screen, what is on target, what is not, what is not known."""

from pages.parts import actions_page, alerts_page, projection, since
from pages.parts.here import here
from pages.parts.markup import show
from pages.parts.overview import body

source = here()
show(alerts_page.line(source), actions_page.late(source))
show(body(source, projection.asked(), since.chosen(source)))
