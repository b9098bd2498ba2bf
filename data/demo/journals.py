"""What the town decided on its scorecard: targets and their changes, new bases, notes on a point."""

from datetime import date

from data.demo.town import Row

CABINET, OFFICE = "Cabinet du maire", "DADI"


def _target(number: int, kpi: str, valid_from: date, target: float, floor: float, reason: str) -> Row:
    return {
        "target_id": f"C{number:02}",
        "kpi": kpi,
        "directorate": None,
        "valid_from": valid_from,
        "target": target,
        "floor": floor,
        "band_low": None,
        "band_high": None,
        "limit_low": None,
        "limit_high": None,
        "due_on": None,
        "reason": reason,
        "decided_by": CABINET,
        "decided_on": valid_from,
    }


def targets() -> list[Row]:
    """Return the decisions on targets; those in force at the data date are the catalogue's own."""
    why = "Bilan des cent premiers jours de la DADI : la marche suivante."
    return [
        _target(1, "appraisal_median_days", date(2014, 9, 1), 120, 240, "Première étape : diviser par deux."),
        _target(2, "appraisal_median_days", date(2015, 1, 1), 60, 240, why),
    ]


def rebases() -> list[Row]:
    """Return the dates from which a usual level was computed anew."""
    return [
        {
            "rebase_id": "B01",
            "kpi": "throughput",
            "directorate": None,
            "rebased_on": date(2014, 9, 1),
            "reason": "La DADI instruit selon la nouvelle méthode depuis septembre 2014.",
            "decided_by": OFFICE,
            "decided_on": date(2015, 4, 13),
        }
    ]


def annotations() -> list[Row]:
    """Return the notes on points of the charts."""
    return [
        {
            "annotation_id": "N01",
            "kpi": "throughput",
            "directorate": None,
            "noted_on": date(2015, 6, 30),
            "words": "Deux instructeurs sur sept en formation la première quinzaine de juin.",
            "signed_by": OFFICE,
            "written_on": date(2015, 6, 30),
        }
    ]
