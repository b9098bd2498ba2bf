"""What the questionnaire reads: the waves that may be answered, the instruments in the words that may be shown."""

from metrics import questionnaire, scaleshelf
from metrics.questionnaire import Instrument, Standing
from metrics.scales import Scale
from pages.parts.source import Source

SCREEN = "questionnaire"


def waves(source: Source) -> list[Standing]:
    """The declared waves, the oldest first."""
    return questionnaire.waves(source.engine)


def scales(source: Source) -> dict[str, Scale]:
    """The scales of the store's catalogue by id; refused ones are the catalogue's to tell."""
    bound = source.store.catalogue(source.actor)
    return scaleshelf.of_catalogue((bound.shipped, bound.files or None))


def instruments(source: Source) -> list[Instrument]:
    """The instruments that the town may use, those that lack words too."""
    return questionnaire.instruments(scales(source), questionnaire.wordings(source.engine))


def about(source: Source) -> dict[str, tuple[str, ...]]:
    """The groups of directorates that an answer may name, with their directorates."""
    return dict(source.catalogue.scorecard.directorate_groups)
