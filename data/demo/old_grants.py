"""What the closed files asked for, were awarded and were paid, 2006 to 2012, and the 1.0 M€ of 2013."""

from datetime import date
from random import Random

from data.demo.grants import (
    AGGLOMERATION,
    CPER,
    DEPARTMENT,
    FEDER,
    FNADT,
    HERITAGE,
    REGION,
    SPORT,
    TRADE,
    WATER,
    Funder,
    advance_rate,
    award,
    contract,
    payment,
    request,
    sponsor,
)
from data.demo.old_files import AWARDED_IN_2013, THIRD_PARTY
from data.demo.programmes import programmes
from data.demo.timeline import spell
from data.demo.town import REBASE_ON, Row, days, round_to, stream, weekday

LAST_AWARD = date(2012, 12, 14)
SMALLEST_COST = 150_000
BY_THEME: dict[str, tuple[Funder, ...]] = {
    "Patrimoine": (HERITAGE, REGION, DEPARTMENT, sponsor("FON-PATRIMOINE")),
    "Sport": (SPORT, DEPARTMENT, REGION),
    "Environnement": (WATER, DEPARTMENT),
    "Énergie": (REGION, FEDER, FNADT),
    "Mobilité": (REGION, DEPARTMENT, CPER),
    "Aménagement urbain": (CPER, TRADE, AGGLOMERATION, REGION),
    "Innovation": (FEDER, REGION, FNADT),
}
ANY_THEME: tuple[Funder, ...] = (REGION, DEPARTMENT, FNADT)


def _valid(funder: Funder, on: date) -> bool:
    return any(
        row["programme"] == funder.programme
        and row["valid_from"] <= on
        and (row["valid_to"] is None or on <= row["valid_to"])
        for row in programmes()
    )


class _Book:
    """Collects the lines and payments of the closed files, numbering lines within a file."""

    def __init__(self, stages: list[Row]) -> None:
        self.rng: Random = stream("old grants")
        self.lines: list[Row] = []
        self.payments: list[Row] = []
        self._stages: dict[str, list[Row]] = {}
        for row in stages:
            self._stages.setdefault(row["project_id"], []).append(row)

    def line_id(self, project_id: str) -> str:
        """Return the next identifier of a file's lines."""
        return f"{project_id}-F{sum(line['project_id'] == project_id for line in self.lines) + 1:02}"

    def window(self, project_id: str, stage: str) -> tuple[date, date]:
        """Return the days on which a closed file entered and left a stage."""
        row = spell(self._stages[project_id], stage)
        return row["entered_on"], row["left_on"]

    def ask(self, row: Row, funder: Funder, amount: int) -> Row:
        """Ask soon after the financing stage began."""
        start, _ = self.window(row["project_id"], "financing")
        asked_on = start + days(self.rng.randint(4, 20))
        return request(self.line_id(row["project_id"]), row["project_id"], funder, amount, asked_on)

    def pay(self, line: Row, row: Row) -> None:
        """Pay an advance when works start, often an interim, and the balance before the file closes."""
        awarded = line["awarded_amount"]
        start, end = row["works_started_on"], row["closed_on"]
        parts = {"advance": round(awarded * advance_rate(line)), "interim": round_to(awarded * 0.4, 100)}
        if (end - start).days < 150:
            parts["interim"] = 0
        on = {"advance": start + days(15), "interim": start + (end - start) / 2, "balance": end - days(3)}
        parts["balance"] = awarded - sum(parts.values())
        for kind, amount in parts.items():
            if amount:
                self.payments.append(payment(line, on[kind], amount, kind))


def _win(book: _Book, row: Row, funder: Funder, rate: float) -> None:
    """Have a line awarded while the file's financing lasts, contracted afterwards, paid during its works."""
    _, decided = book.window(row["project_id"], "financing")
    _, contracted = book.window(row["project_id"], "contracting")
    awarded = round_to(row["total_cost_amount"] * rate, 100)
    line = book.ask(row, funder, round_to(awarded * book.rng.uniform(1.0, 1.35), 100))
    line = contract(award(line, awarded, weekday(decided - days(1))), weekday(contracted))
    book.lines.append(line)
    book.pay(line, row)
    row["own_funds_amount"] -= awarded


def _lose(book: _Book, row: Row, funder: Funder) -> None:
    """Have a line refused before the file leaves its financing stage."""
    _, end = book.window(row["project_id"], "financing")
    asked = round_to(row["total_cost_amount"] * book.rng.uniform(0.15, 0.35), 500)
    line = book.ask(row, funder, asked)
    book.lines.append(line | {"refused_on": weekday(end - days(3))})


def _special_lines(book: _Book, projects: dict[str, Row]) -> None:
    """The line of 2013; a third party's own investment; a gift in kind; a line given up for another."""
    row = projects[AWARDED_IN_2013]
    line = request(book.line_id(AWARDED_IN_2013), AWARDED_IN_2013, REGION, 1_200_000, date(2012, 6, 18))
    line = contract(award(line, 1_000_000, date(2013, 4, 11)), date(2013, 7, 4))
    book.lines.append(line)
    row["own_funds_amount"] -= 1_000_000
    book.pay(line, row)
    third = projects[THIRD_PARTY]
    third["project_owner"] = "third_party"
    _win(book, third, Funder("PRI-COMMERCE", "Investisseurs privés", "third_party_investment"), 0.6)


def old_grants(projects: list[Row], stages: list[Row]) -> tuple[list[Row], list[Row]]:
    """Return the lines and payments of the closed files; own funds of the files shrink by what was awarded."""
    book = _Book(stages)
    _special_lines(book, {row["project_id"]: row for row in projects})
    for row in projects:
        if row["project_id"] in (AWARDED_IN_2013, THIRD_PARTY) or row["outcome"] == "refused":
            continue
        if any(stage["stage"] == "financing" for stage in book._stages[row["project_id"]]):
            _fund(book, row)
    _exceptions(book)
    return book.lines, book.payments


def _fund(book: _Book, row: Row) -> None:
    """Draw what became of the file's requests: one or two awards until 2012, refusals at any time before the DADI."""
    start, end = book.window(row["project_id"], "financing")
    funders = [
        funder
        for funder in BY_THEME.get(row["theme"], ANY_THEME)
        if _valid(funder, start) and _valid(funder, end)
    ]
    book.rng.shuffle(funders)
    if row["outcome"] == "completed" and row["total_cost_amount"] > SMALLEST_COST and end <= LAST_AWARD:
        for funder in funders[: book.rng.choice((1, 1, 2))]:
            if book.rng.random() < 0.75:
                _win(book, row, funder, book.rng.uniform(0.12, 0.28))
        funders = funders[2:]
    if funders and end < REBASE_ON and row["total_cost_amount"] > 60_000 and book.rng.random() < 0.3:
        _lose(book, row, funders[-1])


def _exceptions(book: _Book) -> None:
    """Turn one grant into a gift in kind, cancel an unpaid one, and have a little of another paid back."""
    paid = {row["financing_id"] for row in book.payments}
    own = [line for line in book.lines if line["awarded_on"] and line["awarded_on"].year in (2009, 2010)]
    gift, cancelled, reclaimed = (line for line in own[3:12:3])
    gift |= {"partner_id": "PRI-BUREAUX", "programme": "Contribution en nature", "nature": "in_kind"}
    gift |= {"start_deadline_on": None}
    book.payments[:] = [
        row
        for row in book.payments
        if row["financing_id"] not in (gift["financing_id"], cancelled["financing_id"])
    ]
    cancelled |= {"contracted_on": None, "contracted_amount": None}
    cancelled |= {"cancelled_on": weekday(cancelled["awarded_on"] + days(120))}
    assert reclaimed["financing_id"] in paid
    last = max(row["paid_on"] for row in book.payments if row["financing_id"] == reclaimed["financing_id"])
    book.payments.append(payment(reclaimed, last + days(200), -2_350, "clawback"))
