"""Values of the KPIs that no other table can compute."""

from schemas.fields import LONGEST_NOTE, Number, Whole, Words, key, number, text, whole
from schemas.fields import period as period_field
from schemas.model import TableModel


class KpiValues(TableModel):
    """Values of the KPIs that no other table can compute."""

    kpi: Words = key("Indicateur", "KPI")
    period: Words = period_field("Période", "Period", required=True)
    value: Number = number("Valeur", "Value", required=True)
    numerator: Number = number("Numérateur", "Numerator")
    denominator: Number = number("Dénominateur", "Denominator")
    n: Whole = whole("Effectif", "n")
    source: Words = text("Source", "Source", longest=LONGEST_NOTE)
    comment: Words = text("Commentaire", "Comment", longest=LONGEST_NOTE)

    class Config:
        """Titles (French, English) and key."""

        name = "kpi_values"
        title = "Valeurs d'indicateurs"
        description = "KPI values"
        unique = ("kpi", "period")
