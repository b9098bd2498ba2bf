"""Why a point is where it is: words on a KPI at a date, dated and signed."""

from schemas.fields import LONGEST_NOTE, Day, Words, day, key, text
from schemas.model import TableModel


class Annotations(TableModel):
    """Words on a point of a KPI, dated and signed."""

    annotation_id: Words = key("Identifiant note", "Note id")
    kpi: Words = key("Indicateur", "KPI")
    directorate: Words = key("Direction", "Directorate", required=False)
    noted_on: Day = day("Point annoté", "Point noted", required=True)
    words: Words = text("Note", "Note", longest=LONGEST_NOTE, required=True)
    signed_by: Words = text("Signé par", "Signed by")
    written_on: Day = day("Écrit le", "Written on")

    class Config:
        """Titles (French, English) and key."""

        name = "annotations"
        title = "Annotations"
        description = "Annotations"
        unique = ("annotation_id",)
