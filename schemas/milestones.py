"""What happened or will happen, dated as precisely as it is known."""

from schemas.fields import LONGEST_NOTE, Day, Flag, Words, choice, day, flag, key, text
from schemas.model import TableModel
from schemas.text import Text

PRECISIONS: dict[str, Text] = {
    "day": Text("jour", "day"),
    "month": Text("mois", "month"),
    "half_year": Text("semestre", "half-year"),
    "year": Text("année", "year"),
}

MILESTONE_KINDS: dict[str, Text] = {
    "governance": Text("pilotage", "governance"),
    "ecosystem": Text("écosystème", "ecosystem"),
    "dadi": Text("DADI", "DADI"),
    "press": Text("presse", "press"),
    "open_data": Text("open data", "open data"),
    "replication": Text("réplication", "replication"),
    "mooc": Text("MOOC", "MOOC"),
    "other": Text("autre", "other"),
}


class Milestones(TableModel):
    """What happened or will happen, dated as precisely as it is known."""

    milestone_id: Words = key("Identifiant jalon", "Milestone identifier")
    happened_on: Day = day("Date", "Date", required=True)
    date_precision: Words = choice("Précision", "Precision", PRECISIONS, required=True)
    kind: Words = choice("Type", "Kind", MILESTONE_KINDS, required=True)
    label: Words = text("Libellé", "Label", required=True)
    is_done: Flag = flag("Réalisé", "Done")
    url: Words = text("Lien", "Link", longest=LONGEST_NOTE)
    source: Words = text("Source", "Source")

    class Config:
        """Titles (French, English) and key."""

        name = "milestones"
        title = "Jalons"
        description = "Milestones"
        unique = ("milestone_id",)
