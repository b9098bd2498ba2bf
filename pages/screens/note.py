"""Note au maire: prepared, previewed, reviewed, sent."""

from pages.parts import brief_page
from pages.parts.here import here

brief_page.draw(here())
