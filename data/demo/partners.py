"""The 214 partners of the network, when they joined and how lively they are: 152 active in the last twelve months."""

from datetime import date
from random import Random

from data.demo.names import FUNDING, private_names, public_names
from data.demo.town import NETWORK, Row, days, stream, weekday

# How many joined in each period; 132 by 30 June 2014, then 82 once the network was opened to all.
JOINED = (
    (date(2006, 1, 2), date(2006, 12, 20), 30),
    (date(2007, 1, 3), date(2012, 12, 20), 62),
    (date(2013, 1, 3), date(2013, 12, 20), 21),
    (date(2014, 1, 6), date(2014, 6, 27), 19),
    (date(2014, 7, 1), date(2014, 9, 30), 8),
    (date(2014, 10, 1), date(2014, 12, 23), 22),
    (date(2015, 1, 5), date(2015, 3, 31), 26),
    (date(2015, 4, 1), date(2015, 6, 26), 26),
)
YEAR_AGO, TWO_YEARS_AGO = date(2014, 6, 30), date(2013, 6, 30)
LOST, BACK, DORMANT, SILENT = 20, 8, 38, 4
LEFT = 6
FUNDING_LEVEL = 5


def _organisations(rng: Random) -> list[tuple[str, str, str, str]]:
    """Return (identifier, kind, name, sector): those that fund first, the others shuffled."""
    public, private = public_names(), private_names()
    others = [(f"PUB-{n:03}", *pair, "public") for n, pair in enumerate(public, 1)]
    others += [(f"PRI-{n:03}", *pair, "private") for n, pair in enumerate(private, 1)]
    rng.shuffle(others)
    first = [line.split("|") for line in FUNDING.strip().splitlines()]
    return [(a, b, c, "public" if a.startswith("PUB") else "private") for a, b, c in first] + others


def _joining_dates(rng: Random) -> list[date]:
    dates = []
    for start, end, count in JOINED:
        step = (end - start).days / count
        dates += [weekday(start + days(round(n * step + rng.uniform(0, step * 0.9)))) for n in range(count)]
    return [max(day, JOINED[0][0]) for day in dates]


def liveliness() -> dict[str, str]:
    """Return how each partner behaves: core, lost (quiet for a year), back, dormant, new or silent."""
    rng, rows = stream("liveliness"), partners()
    old = [row["partner_id"] for row in rows if row["joined_on"] <= YEAR_AGO]
    early = [row["partner_id"] for row in rows if row["joined_on"] < date(2012, 12, 1)]
    funding = {line.split("|")[0] for line in FUNDING.strip().splitlines()}
    drawn = [partner for partner in early if partner not in funding]
    rng.shuffle(drawn)
    kinds = dict.fromkeys(drawn[:DORMANT], "dormant") | dict.fromkeys(drawn[DORMANT : DORMANT + BACK], "back")
    rest = [partner for partner in old if partner not in kinds and partner not in funding]
    kinds |= dict.fromkeys(rng.sample(rest, LOST), "lost")
    new = [row["partner_id"] for row in rows if row["joined_on"] > YEAR_AGO]
    kinds |= dict.fromkeys(new, "new") | dict.fromkeys(rng.sample(new, SILENT), "silent")
    return {row["partner_id"]: kinds.get(row["partner_id"], "core") for row in rows}


def _level(rng: Random, place: int) -> int:
    if place < FUNDING.strip().count("\n") + 1:
        return FUNDING_LEVEL
    return rng.choices((0, 1, 2, 3, 4), (6, 26, 34, 20, 14))[0]


def partners() -> list[Row]:
    """Return the partners in the order in which they joined; those that fund are there from the first year."""
    rng = stream("partners")
    organisations = _organisations(rng)
    return [
        {
            "partner_id": partner_id,
            "name": name,
            "kind": kind,
            "sector": sector,
            "joined_on": joined_on,
            "left_on": None,
            "engagement_level": _level(rng, place),
            "network": NETWORK,
        }
        for place, ((partner_id, kind, name, sector), joined_on) in enumerate(
            zip(organisations, _joining_dates(rng), strict=True)
        )
    ]


def take_leave(rows: list[Row], kinds: dict[str, str]) -> None:
    """Have a few dormant partners leave the network, some years after their last sign of life."""
    dormant = [row for row in rows if kinds[row["partner_id"]] == "dormant"]
    for place, row in enumerate(dormant[:LEFT]):
        row |= {"left_on": date(2014, 1 + place, 15), "engagement_level": 0}
