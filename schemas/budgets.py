"""The town's yearly accounts, and the innovation directorate's own budget."""

from schemas.fields import Number, Whole, amount, number, whole
from schemas.fields import year as year_field
from schemas.model import TableModel


class Budgets(TableModel):
    """The town's yearly accounts, and the innovation directorate's own budget."""

    year: Whole = year_field("Année", "Year", required=True)
    operating_revenue_amount: Number = amount("Recettes réelles de fonctionnement", "Operating revenue")
    operating_expenditure_amount: Number = amount(
        "Dépenses réelles de fonctionnement", "Operating expenditure"
    )
    loan_repayment_amount: Number = amount("Remboursement en capital", "Loan repayment")
    outstanding_debt_amount: Number = amount("Encours de dette au 31/12", "Outstanding debt at 31 December")
    new_loan_amount: Number = amount("Emprunt nouveau", "New loan")
    own_investment_receipts_amount: Number = amount(
        "Recettes propres d'investissement", "Own investment receipts"
    )
    fctva_amount: Number = amount("FCTVA", "VAT compensation (FCTVA)")
    equipment_expenditure_amount: Number = amount("Dépenses d'équipement", "Equipment expenditure")
    dadi_voted_amount: Number = amount("Budget DADI voté", "DADI voted budget")
    dadi_spent_amount: Number = amount("Budget DADI exécuté", "DADI spent budget")
    dadi_payroll_amount: Number = amount("Masse salariale DADI", "DADI payroll")
    dadi_fte: Number = number("ETP DADI", "DADI FTE", minimum=0.0, unit="fte")
    population: Whole = whole("Population", "Population", unit="persons")
    companies: Whole = whole("Nombre d'entreprises", "Number of companies", unit="companies")
    price_index: Number = number("Indice de prix", "Price index", minimum=0.0, unit="index")

    class Config:
        """Titles (French, English) and key."""

        name = "budgets"
        title = "Budgets annuels"
        description = "Yearly budgets"
        unique = ("year",)
