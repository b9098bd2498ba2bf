"""What the cash of the plans supposes where no data say: each with its label, its value and whether data bear it out."""

from collections.abc import Mapping
from dataclasses import dataclass

from metrics import fctva
from metrics.definitions import Parameter
from schemas.text import Text

DISCOUNT = 0.03
WAITING = 30.0  # days, where no payment ever came


@dataclass(frozen=True)
class Supposed:
    """One supposition of the cash; ``n`` is how many payments bear it out, 0 for none. A scorecard's parameter of its id replaces it."""

    id: str
    label: Text
    value: float
    unit: str
    n: int
    note: Text

    @property
    def is_supported(self) -> bool:
        """Whether data of the store bear it out."""
        return self.n > 0


DAYS = Text("Délai de paiement des subventions", "Time until grants are paid")
DAYS_NOTE = Text(
    "Médiane entre ce qui ouvre une avance ou un solde et son arrivée, sur les versements reçus ; les acomptes sont supposés venir "
    "aussi vite.",
    "Median from what opens an advance or a balance to its coming in, over the payments received; interims are supposed to come as "
    "fast.",
)
RATE = Text("Taux d'actualisation", "Discount rate")
RATE_NOTE = Text(
    "Ce que vaut un an d'attente : le taux de la trésorerie, à fixer par la Ville.",
    "What waiting for a year is worth: the rate of the treasury, for the town to set.",
)
YEARS = Text("Années avant le FCTVA", "Years until the FCTVA")
YEARS_NOTE = Text(
    "Régime commun : deux ans après la dépense ; un an ou aucun pour les collectivités que la loi en dispense. Versé en décembre.",
    "Common regime: two years after the spending; one or none for authorities that the law spares. Paid in December.",
)
PACE = Text("Rythme des travaux", "Pace of works")
PACE_NOTE = Text(
    "Autant chaque jour entre le début et la fin ; sans date, l'année prévue. Aucune facture n'est connue, et la Ville paie sans délai.",
    "As much every day from start to end; without a date, the year planned. No bill is known, and the town pays at once.",
)


def supposed(parameters: Mapping[str, Parameter], waiting: tuple[float, int] | None) -> tuple[Supposed, ...]:
    """Return the suppositions; ``waiting`` is what past payments say: median days, and of how many."""
    days, n = waiting or (WAITING, 0)
    n = 0 if "payment_days" in parameters else n
    return (
        Supposed("payment_days", DAYS, _value(parameters, "payment_days", days), "days", n, DAYS_NOTE),
        Supposed("discount_rate", RATE, _value(parameters, "discount_rate", DISCOUNT), "ratio", 0, RATE_NOTE),
        Supposed(
            "fctva_years", YEARS, _value(parameters, "fctva_years", fctva.LATEST), "years", 0, YEARS_NOTE
        ),
        Supposed("works_pace", PACE, 1.0, "factor", 0, PACE_NOTE),
    )


def _value(parameters: Mapping[str, Parameter], id: str, usual: float) -> float:
    found = parameters.get(id)
    return float(found) if isinstance(found, (int, float)) else float(usual)
