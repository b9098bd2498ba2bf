"""Synthèse: in one screen, what is on target, what is not, what is not known."""

from pages.parts import projection
from pages.parts.here import here
from pages.parts.markup import show
from pages.parts.overview import body

show(body(here(), projection.asked()))
