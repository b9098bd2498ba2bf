"""A decision on a target is refused where it makes no sense, with its mend."""

from datetime import date

import pytest

from metrics.deciding import check
from metrics.refusing import BadEntry
from tests.metrics.test_judge import BAND, DOWN, GOAL, UP

DAY = date(2015, 7, 1)
GOOD = {"valid_from": DAY, "reason": "Revue de juillet"}


@pytest.mark.parametrize(
    ("kpi", "given"),
    [
        (UP, {"target": 6.0}),
        (UP, {"target": 6.0, "floor": 2.0, "due": date(2016, 1, 1)}),
        (DOWN, {"target": 50.0}),
        (BAND, {"target": None, "band": (95.0, 105.0)}),
        (GOAL, {"target": 650.0}),
    ],
)
def test_what_makes_sense_passes(kpi: object, given: dict[str, object]) -> None:
    check(kpi, **(GOOD | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kpi", "given", "words"),
    [
        (UP, {"target": 6.0, "reason": "  "}, "motif"),
        (UP, {"target": 6.0, "valid_from": None}, "date d'effet"),
        (UP, {"target": 6.0, "due": DAY}, "échéance"),
        (UP, {"target": None}, "Ni cible"),
        (UP, {"target": 0.5}, "bon côté"),
        (UP, {"target": 1.0}, "bon côté"),
        (DOWN, {"target": 300.0}, "bon côté"),
        (DOWN, {"target": 50.0, "floor": 40.0}, "bon côté"),
        (GOAL, {"target": 400.0}, "bon côté"),
        (BAND, {"target": None, "band": (60.0, 105.0)}, "bande"),
        (BAND, {"target": None, "band": (105.0, 95.0)}, "bande"),
        (BAND, {"target": 120.0, "band": None}, "hors de la bande"),
    ],
)
def test_what_does_not_is_refused_with_its_mend(kpi: object, given: dict[str, object], words: str) -> None:
    with pytest.raises(BadEntry) as refused:
        check(kpi, **(GOOD | given))  # type: ignore[arg-type]
    assert words in refused.value.reason.fr and refused.value.mend.fr and refused.value.mend.en
