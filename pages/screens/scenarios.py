"""Scénarios: up to four of them beside the base, as the address names them; nothing of the data is ever changed."""

from pages.parts import scenarios_page
from pages.parts.here import here

scenarios_page.draw(here())
