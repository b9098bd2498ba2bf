"""The town's yearly accounts, and the few series that no other table can compute."""

from data.demo.town import Row

DEBT_NOW = 49_000_000
DADI_BUDGET, DADI_PAYROLL, DADI_FTE = 213_000, 434_000, 7.0

# year | revenue | expenditure | repayment | new loan | own receipts | FCTVA | equipment (k€) | population | companies | prices
ACCOUNTS = """
2006|41620|34870|3180|3000|640|905|9310|32310|2410|89.5
2007|42480|35730|3240|2600|720|930|9180|32420|2455|90.8
2008|43310|36950|3310|3400|910|965|9870|32510|2490|93.4
2009|44150|37760|3350|3800|580|1480|11240|32580|2530|93.5
2010|45040|38420|3300|3100|690|1015|9640|32660|2600|94.9
2011|46120|39210|3240|2900|820|1070|9420|32740|2690|96.9
2012|47160|40180|3120|2940|760|1130|10560|32830|2760|98.8
2013|48000|41000|3000|3000|800|1200|9890|32900|2800|100
2014|48000|41000|3000|3000|800|1200|11730|32950|2850|100
2015|48000|41000|3000|3000|800|1200||33000|2900|100
"""
# The 2013 columns of the DADI carry the posts and credits that were regrouped in 2014.
DADI_SINCE, LAST_SPENT = 2013, 2014

# kpi | label of the source | comment | period:value, or period:value/answers
SERIES = (
    (
        "business_creations",
        "Observatoire économique du Pays de Valombre",
        "Entreprises créées dans l'année ; contexte, hors tableau de bord.",
        "2006:171 2007:184 2008:178 2009:262 2010:296 2011:268 2012:271 2013:259 2014:283",
    ),
    (
        "open_data_downloads",
        "Compteur du site internet de la Ville",
        "Téléchargements des fiches outils et du jeu de données ; contexte, hors tableau de bord.",
        "2014-Q3:46 2014-Q4:131 2015-Q1:208 2015-Q2:374",
    ),
    (
        "user_satisfaction",
        "Baromètre annuel des accueils de la Ville",
        "Moyenne pondérée des notes de 0 à 10 données en novembre.",
        "2009:6.3/806 2010:6.4/791 2011:6.4/823 2012:6.6/812 2013:6.8/847 2014:7.1/861",
    ),
)


def budgets() -> list[Row]:
    """Return one row a year; the debt follows from loans and repayments and is 49.0 M€ since 2012."""
    table = [
        [float(cell) if cell else None for cell in line.split("|")] for line in ACCOUNTS.strip().splitlines()
    ]
    rows, debt = [], DEBT_NOW - sum(_k(cells[4]) - _k(cells[3]) for cells in table)
    for year, revenue, spent, repaid, loan, own, fctva, equipment, population, companies, prices in table:
        debt += _k(loan) - _k(repaid)
        row: Row = {
            "year": int(year or 0),
            "operating_revenue_amount": _k(revenue),
            "operating_expenditure_amount": _k(spent),
            "loan_repayment_amount": _k(repaid),
            "outstanding_debt_amount": debt,
            "new_loan_amount": _k(loan),
            "own_investment_receipts_amount": _k(own),
            "fctva_amount": _k(fctva),
            "equipment_expenditure_amount": None if equipment is None else _k(equipment),
        }
        rows.append(row | _dadi(int(year or 0)) | _context(population, companies, prices))
    return rows


def _k(amount: float | None) -> int:
    return round((amount or 0) * 1000)


def _dadi(year: int) -> Row:
    exists = year >= DADI_SINCE
    return {
        "dadi_voted_amount": DADI_BUDGET if exists else None,
        "dadi_spent_amount": DADI_BUDGET if exists and year <= LAST_SPENT else None,
        "dadi_payroll_amount": DADI_PAYROLL if exists else None,
        "dadi_fte": DADI_FTE if exists else None,
    }


def _context(population: float | None, companies: float | None, prices: float | None) -> Row:
    return {"population": int(population or 0), "companies": int(companies or 0), "price_index": prices}


def kpi_values() -> list[Row]:
    """Return what the town keys in by hand."""
    return [
        _keyed_in(kpi, source, comment, pair)
        for kpi, source, comment, pairs in SERIES
        for pair in pairs.split()
    ]


def _keyed_in(kpi: str, source: str, comment: str, pair: str) -> Row:
    period, _, figures = pair.partition(":")
    value, _, answers = figures.partition("/")
    return {
        "kpi": kpi,
        "period": period,
        "value": float(value),
        "numerator": None,
        "denominator": None,
        "n": int(answers) if answers else None,
        "source": source,
        "comment": comment,
    }
