"""12 leviers: the ecosystem of practices, its wheel, what it gave and its milestones."""

from pages.parts import eco_page
from pages.parts.here import here
from pages.parts.markup import show

show(eco_page.body(here()))
