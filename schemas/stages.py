"""The stages a project's file goes through, suspensions included."""

from schemas.fields import Day, Words, choice, day, key
from schemas.model import TableModel
from schemas.text import Text

STAGES: dict[str, Text] = {
    "appraisal": Text("instruction", "appraisal"),
    "financing": Text("montage financier", "financing"),
    "contracting": Text("conventionnement", "contracting"),
    "works": Text("travaux", "works"),
    "suspended": Text("suspendu", "suspended"),
}


class Stages(TableModel):
    """The stages a project's file goes through, suspensions included."""

    project_id: Words = key("Identifiant projet", "Project identifier", references="projects.project_id")
    stage: Words = choice("Étape", "Stage", STAGES, required=True)
    entered_on: Day = day("Date d'entrée", "Entered on", required=True, event=True)
    left_on: Day = day("Date de sortie", "Left on", event=True)

    class Config:
        """Titles (French, English) and key."""

        name = "stages"
        title = "Étapes"
        description = "Stages"
        unique = ("project_id", "stage", "entered_on")
