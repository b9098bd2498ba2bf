"""Grant programmes and their rules, dated: a programme has one row per period of validity."""

from schemas.fields import (
    LONGEST_NOTE,
    Day,
    Flag,
    Number,
    Whole,
    Words,
    choice,
    day,
    flag,
    key,
    ratio,
    text,
    whole,
)
from schemas.model import TableModel
from schemas.text import Text

FAMILIES: dict[str, Text] = {
    "detr_dsil_dpv": Text("DETR / DSIL / DPV", "DETR / DSIL / DPV"),
    "state_2018_514": Text("État, décret 2018-514", "State, decree 2018-514"),
    "region": Text("région", "region"),
    "department": Text("département", "department"),
    "feder": Text("FEDER", "ERDF"),
    "private": Text("privé", "private"),
    "other": Text("autre", "other"),
}

RATE_BASES: dict[str, Text] = {"net": Text("HT", "excluding VAT"), "gross": Text("TTC", "including VAT")}


class Programmes(TableModel):
    """Grant programmes and their rules, dated: a programme has one row per period of validity."""

    programme: Words = key("Programme", "Programme")
    valid_from: Day = day("Valide du", "Valid from", required=True)
    valid_to: Day = day("Valide au", "Valid to")
    family: Words = choice("Famille", "Family", FAMILIES)
    is_public: Flag = flag("Financement public", "Public funding")
    max_rate: Number = ratio("Taux maximal", "Maximum rate")
    min_rate: Number = ratio("Taux minimal", "Minimum rate")
    rate_base: Words = choice("Assiette", "Rate base", RATE_BASES)
    cumulation_cap: Number = ratio("Plafond de cumul", "Cumulation cap")
    start_within_months: Whole = whole("Délai de commencement (mois)", "Start within (months)", unit="months")
    start_extension_months: Whole = whole("Prorogation (mois)", "Start extension (months)", unit="months")
    finish_within_months: Whole = whole("Délai d'achèvement (mois)", "Finish within (months)", unit="months")
    max_advance: Number = ratio("Avance maximale", "Maximum advance")
    max_interim: Number = ratio("Acomptes maximaux", "Maximum interim payments")
    fctva_deductible: Flag = flag("Déduite de l'assiette FCTVA", "Deducted from the FCTVA base")
    legal_source: Words = text("Source juridique", "Legal source", longest=LONGEST_NOTE)

    class Config:
        """Titles (French, English) and key."""

        name = "programmes"
        title = "Programmes"
        description = "Programmes"
        unique = ("programme", "valid_from")
