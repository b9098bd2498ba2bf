"""What-if scenarios that were kept under a name: what they move, the date they were looked at, and what they said then."""

from schemas.fields import LONGEST_NOTE, Day, Words, day, key, text
from schemas.model import TableModel

LONGEST_OUTCOME = 5 * LONGEST_NOTE  # forty KPIs, their values on both sides


class Scenarios(TableModel):
    """One saved scenario; ``drivers`` as an address bears them, ``outcome`` a JSON object (metrics.saved)."""

    scenario_id: Words = key("Identifiant scénario", "Scenario id")
    name: Words = text("Nom", "Name", required=True)
    drivers: Words = text("Hypothèses", "Drivers", longest=LONGEST_NOTE, required=True)
    as_of: Day = day("Date des données", "Date of the data", required=True)
    words: Words = text("Commentaire", "Comment", longest=LONGEST_NOTE)
    outcome: Words = text("Valeurs enregistrées", "Values when saved", longest=LONGEST_OUTCOME)
    decided_by: Words = text("Décidé par", "Decided by")
    decided_on: Day = day("Décidé le", "Decided on")

    class Config:
        """Titles (French, English) and key."""

        name = "scenarios"
        title = "Scénarios"
        description = "Scenarios"
        unique = ("scenario_id",)
