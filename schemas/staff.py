"""The town's workforce by directorate, category and sex; it also lists the directorates."""

from schemas.fields import Day, Number, Whole, Words, choice, day, key, number, whole
from schemas.labels import CATEGORIES, SEX_ALIASES, SEXES
from schemas.model import TableModel


class Staff(TableModel):
    """The town's workforce by directorate, category and sex; it also lists the directorates."""

    as_of: Day = day("Date de référence", "Reference date", required=True, event=True)
    directorate: Words = key("Direction", "Directorate")
    category: Words = choice("Catégorie", "Category", CATEGORIES, required=True)
    sex: Words = choice("Sexe", "Sex", SEXES, required=True, aliases=SEX_ALIASES)
    headcount: Whole = whole("Nombre d'agents", "Headcount", required=True, unit="persons")
    fte: Number = number("ETP", "FTE", minimum=0.0, unit="fte")

    class Config:
        """Titles (French, English) and key."""

        name = "staff"
        title = "Effectifs"
        description = "Staff"
        unique = ("as_of", "directorate", "category", "sex")
