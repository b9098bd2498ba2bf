"""Money received on a financing line; a clawback is negative."""

from schemas.fields import LARGEST_AMOUNT, Day, Number, Words, choice, day, key
from schemas.fields import amount as amount_field
from schemas.model import TableModel
from schemas.text import Text

PAYMENT_KINDS: dict[str, Text] = {
    "advance": Text("avance", "advance"),
    "interim": Text("acompte", "interim"),
    "balance": Text("solde", "balance"),
    "clawback": Text("reversement", "clawback"),
}


class Payments(TableModel):
    """Money received on a financing line; a clawback is negative."""

    financing_id: Words = key(
        "Identifiant financement", "Financing identifier", references="financings.financing_id"
    )
    paid_on: Day = day("Date de versement", "Paid on", required=True, event=True)
    amount: Number = amount_field("Montant", "Amount", required=True, minimum=-LARGEST_AMOUNT)
    kind: Words = choice("Type", "Kind", PAYMENT_KINDS, required=True)

    class Config:
        """Titles (French, English) and key."""

        name = "payments"
        title = "Versements"
        description = "Payments"
