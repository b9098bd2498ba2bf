"""Choix de projets: the best set of projects under budgets and rules that the address bears; nothing is ever stored."""

from pages.parts import choice_page
from pages.parts.here import here

choice_page.draw(here())
