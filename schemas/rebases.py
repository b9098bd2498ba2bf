"""Dates from which a KPI's usual level is computed anew, each with its reason: a judgement, never automatic."""

from schemas.fields import LONGEST_NOTE, Day, Words, day, key, text
from schemas.model import TableModel


class Rebases(TableModel):
    """Dates from which a KPI's control limits are computed anew."""

    rebase_id: Words = key("Identifiant base", "Rebase id")
    kpi: Words = key("Indicateur", "KPI")
    directorate: Words = key("Direction", "Directorate", required=False)
    rebased_on: Day = day("Nouvelle base le", "Rebased on", required=True)
    reason: Words = text("Motif", "Reason", longest=LONGEST_NOTE, required=True)
    decided_by: Words = text("Décidé par", "Decided by")
    decided_on: Day = day("Décidé le", "Decided on")

    class Config:
        """Titles (French, English) and key."""

        name = "rebases"
        title = "Bases"
        description = "Rebases"
        unique = ("rebase_id",)
