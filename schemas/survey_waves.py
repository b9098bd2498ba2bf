"""Where each wave of the staff survey stands, and what it may tell: written by the product's own steps, never by a file."""

from schemas.fields import Day, Whole, Words, choice, day, key, text, whole
from schemas.model import TableModel
from schemas.text import Text

# From its declaration to the day when its answers are destroyed, in this order.
STATES: dict[str, Text] = {
    "draft": Text("brouillon", "draft"),
    "open": Text("ouverte", "open"),
    "closed": Text("close", "closed"),
    "audited": Text("auditée", "audited"),
    "published": Text("publiée", "published"),
    "purged": Text("purgée", "purged"),
}
FINAL = frozenset({"published", "purged"})  # nothing is taken back from there
LOWEST_K, USUAL_K = 5, 11
LONGEST_LIST = 4_000_000  # characters of a frozen list


class SurveyWaves(TableModel):
    """One row a wave: its state, its retention date, the list of tables chosen, audited, then frozen.

    ``audited`` waits for publication with the writer: no published copy holds it.
    """

    wave: Words = key("Vague", "Wave")
    state: Words = choice("État", "State", STATES, required=True)
    held_on: Day = day("Date de l'enquête", "Held on", required=True)
    headcount: Whole = whole("Effectif interrogé", "Staff asked", minimum=1)
    keep_until: Day = day("Réponses conservées jusqu'au", "Answers kept until", required=True)
    k: Whole = whole("Seuil de publication", "Publication threshold", minimum=LOWEST_K, required=True)
    tables: Words = text("Tableaux retenus", "Chosen tables", longest=LONGEST_LIST)
    material: Words = text("Empreinte de ce qui fut audité", "Fingerprint of what was audited")
    audited: Words = text("Tableaux audités", "Audited tables", longest=LONGEST_LIST)
    audit: Words = text("Empreinte de la liste auditée", "Fingerprint of the audited list")
    results: Words = text("Tableaux publiés", "Published tables", longest=LONGEST_LIST)
    decided_by: Words = text("Décidé par", "Decided by")
    decided_on: Day = day("Décidé le", "Decided on")

    class Config:
        """Titles (French, English) and key."""

        name = "survey_waves"
        title = "Vagues d'enquête"
        description = "Survey waves"
        unique = ("wave",)
