"""Scenarios that the town kept: what they move, the date of the data they were looked at on, and what they said on that day."""

from datetime import date
from pathlib import Path

from data.demo.town import Row

FOLDER = (
    Path(__file__).parent / "outcomes"
)  # one file a scenario: its values on that day, as the screen kept them

# id | name | drivers | date of the data | kept by | kept on | words
SAVED = """
S01|La Région réduit ses aides d'un cinquième|awards_cut,share=0.2,partner_kind=region,since=2014-09-01|2015-03-31|Resp. financements|2015-04-07|Question du maire après l'annonce du budget régional : que reste-t-il de nos plans ?
S02|Trois mois de retard, dix pour cent de fonds propres en plus|decision_delay,months=3,since=2014-09-01;own_funds,change=0.1|2015-04-30|Finances|2015-05-05|À relire avec les notifications de juin.
S03|Sans la friche industrielle|project_dropped,project=P002,dropped_on=2015-05-31|2015-05-31|Direction DADI|2015-06-08|L'investisseur privé n'a pas encore répondu. À rouvrir quand il l'aura fait.
"""


def scenarios() -> list[Row]:
    """Return the saved scenarios, the oldest first."""
    return [_row(line.split("|")) for line in SAVED.strip().splitlines()]


def _row(cells: list[str]) -> Row:
    id, name, drivers, as_of, who, on, words = cells
    return {
        "scenario_id": id,
        "name": name,
        "drivers": drivers,
        "as_of": date.fromisoformat(as_of),
        "words": words,
        "outcome": (FOLDER / f"{id}.json").read_text("utf-8").strip(),
        "decided_by": who,
        "decided_on": date.fromisoformat(on),
    }
