"""Et si… ?: the scorecard under a scenario that the address bears; nothing is ever stored."""

from pages.parts import whatif_page
from pages.parts.here import here

whatif_page.draw(here())
