"""Published lists made by hand, as two waves, or more, would be frozen: what the well-being screen is tested with."""

from datetime import date

from metrics.disclosure.tables import (
    Cell,
    Class,
    Group,
    Net,
    Published,
    Response,
    Spread,
    Summary,
    Table,
)

K = 11
NET = Net(8.0, 2.8, 13.2, 0.32, 0.24)
GROUPS = ("Aménagement et cadre de vie", "Ressources et pilotage", "Services à la population")
MEASURES = ("who5", "qwl", "recommend")


def cell(name: str, value: str | None, told: tuple[int, float, float] | None) -> Cell:
    """A group's cell: (count, mean, spread), or nothing told."""
    group: Group = ((name, value),)
    return Cell(group, *told) if told else Cell(group)


def table(measure: str, name: str, told: dict[str | None, tuple[int, float, float] | None]) -> Table:
    """A table by one attribute."""
    return Table((name,), measure, tuple(cell(name, value, one) for value, one in told.items()))


def tables(shift: float) -> tuple[Table, ...]:
    """The tables of each measure by each attribute, all means moved by ``shift``; one group of directorates is hidden."""
    found: list[Table] = []
    for measure in MEASURES:
        found += [
            table(
                measure,
                "directorate_group",
                dict(zip(GROUPS, ((95, 58.4 + shift, 20.0), None, (140, 61.0 + shift, 19.0)), strict=True))
                | {None: None},
            ),
            table(
                measure,
                "category",
                {
                    "A": (45, 63.1 + shift, 18.0),
                    "B": (80, 61.2 + shift, 20.0),
                    "C": (215, 59.8 + shift, 20.0),
                    None: None,
                },
            ),
            table(
                measure, "sex", {"F": (210, 60.7 + shift, 20.0), "M": (135, 61.3 + shift, 19.0), None: None}
            ),
        ]
    return tuple(found)


def spreads() -> tuple[Spread, ...]:
    """Five questions from 0 to 5, the first two answers merged; one from 0 to 10."""
    who5 = [
        Spread(
            f"who5_{item}",
            "who5",
            (Class(0, 1, 0.11), Class(2, 2, 0.17), Class(3, 3, 0.37), Class(4, 4, 0.24), Class(5, 5, 0.11)),
            0.30 + 0.02 * item,
        )
        for item in range(1, 6)
    ]
    recommend = Spread(
        "recommend",
        "recommend",
        (Class(0, 4, 0.1), Class(5, 6, 0.14), Class(7, 8, 0.44), Class(9, 10, 0.32)),
    )
    return (*who5, recommend)


def published(
    wave: str,
    held_on: date,
    who5: float = 60.9,
    *,
    answers: int = 350,
    half: float = 1.5,
    shift: float = 0.0,
    k: int = K,
    net: Net | None = NET,
) -> Published:
    """A wave's list; ``half`` is half the interval of its means, ``shift`` moves those of its groups."""
    summaries = (
        Summary(
            "who5",
            answers,
            who5 - 0.2,
            20.0,
            who5,
            who5 - half,
            who5 + half,
            330,
            1.06,
            0.89,
            0.87,
            0.91,
            0.89,
        ),
        Summary(
            "qwl",
            answers,
            who5 + 3,
            18.0,
            who5 + 3,
            who5 + 3 - half,
            who5 + 3 + half,
            330,
            1.06,
            0.86,
            0.84,
            0.88,
        ),
        Summary("recommend", answers, who5 + 7, 22.0, who5 + 7, who5 + 7 - half, who5 + 7 + half, net=net),
    )
    return Published(wave, k, tables(shift), summaries, spreads(), Response(answers, 640), held_on)


AUDIT = published(
    "2013-audit",
    date(2013, 6, 30),
    51.8,
    answers=285,
    half=1.9,
    shift=-9.0,
    net=Net(-10.0, -16.0, -4.0, 0.22, 0.32),
)
LAST = published("2015", date(2015, 5, 15))
