"""Ce qui a changé: all of it since a moment, the most important first."""

from pages.parts import changes, overview, since
from pages.parts.here import here, t
from pages.parts.markup import show

source = here()
if source.as_of is None:
    show(overview.empty(source, t("Ce qui a changé")))
else:
    show(changes.body(source, since.chosen(source)))
