"""Targets as they were decided: from a date on, for the whole town or one directorate, with a reason."""

from schemas.fields import LONGEST_NOTE, Day, Number, Words, day, key, number, text
from schemas.model import TableModel


class Targets(TableModel):
    """Targets as they were decided; the latest decision valid at a date judges that date's reading."""

    target_id: Words = key("Identifiant cible", "Target id")
    kpi: Words = key("Indicateur", "KPI")
    directorate: Words = key("Direction", "Directorate", required=False)
    valid_from: Day = day("Valide du", "Valid from", required=True)
    target: Number = number("Cible", "Target")
    floor: Number = number("Plancher", "Floor")
    band_low: Number = number("Bas de bande", "Band low")
    band_high: Number = number("Haut de bande", "Band high")
    limit_low: Number = number("Limite basse", "Lower limit")
    limit_high: Number = number("Limite haute", "Upper limit")
    due_on: Day = day("Échéance", "Due on")
    reason: Words = text("Motif", "Reason", longest=LONGEST_NOTE, required=True)
    decided_by: Words = text("Décidé par", "Decided by")
    decided_on: Day = day("Décidé le", "Decided on")

    class Config:
        """Titles (French, English) and key."""

        name = "targets"
        title = "Cibles"
        description = "Targets"
        unique = ("target_id",)
