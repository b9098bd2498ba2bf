"""Questionnaire: one anonymous answer to a wave of the staff survey, on screen or on paper."""

from pages.parts import questionnaire_page
from pages.parts.here import here

questionnaire_page.draw(here())
