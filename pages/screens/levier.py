"""levier"""

from pages.parts import page
from pages.parts.here import here
from pages.parts.markup import show

source = here()
show(page.head("levier"))
