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
    return [
        _target(number, kpi, date.fromisoformat(start), float(target), float(floor), reason)
        | {"directorate": directorate or None, "decided_by": OFFICE if directorate else CABINET}
        for number, (kpi, directorate, start, target, floor, reason) in enumerate(_lines(TARGETS), 1)
    ]


# KPI | directorate | from | target | floor | why
TARGETS = """
appraisal_median_days||2014-09-01|120|240|Première étape : diviser par deux.
appraisal_median_days||2015-01-01|60|240|Bilan des cent premiers jours de la DADI : la marche suivante.
leverage_awarded||2014-09-01|3|1|Premier palier, sur les plans déjà instruits.
leverage_awarded||2015-01-01|5|1|Lettre de cadrage 2015 : un euro propre pour cinq euros.
cofinancing_raised||2014-09-01|5000000|0|Premier palier, sur les demandes déjà déposées.
cofinancing_raised||2015-01-01|15000000|0|Lettre de cadrage 2015.
partners_joined||2014-09-01|150|0|Cent cinquante partenaires avant la première rencontre.
partners_joined||2015-01-01|200|0|La première rencontre a dépassé ses objectifs.
appraised_within_110_days|Urbanisme et habitat|2015-01-01|0.75|0.4|Enquêtes publiques et avis des services de l'État : plus longs à réunir, la cible en tient compte.
cross_directorate_share|Bâtiments et énergie|2015-01-01|0.5|0.2|Une partie des travaux d'entretien n'a pas à être transverse.
cofinancing_raised|Bâtiments et énergie|2015-01-01|4000000|0|Lettre de cadrage 2015 : la rénovation thermique appelle les aides de la Région et de l'État.
"""
# KPI | from | why | decided on
BASES = """
throughput|2014-09-01|La DADI instruit selon la nouvelle méthode depuis septembre 2014.|2015-04-13
appraisal_median_days|2014-09-01|Septembre 2014 : un pilote et des jalons pour chaque dossier dès son dépôt.|2015-06-01
appraised_within_110_days|2014-09-01|Même changement de méthode que pour le délai médian.|2015-06-01
trials|2014-07-01|L'écosystème des douze leviers est validé, les essais commencent.|2015-06-01
active_files|2014-09-01|La DADI reprend la file entière : elle est comptée et suivie dossier par dossier.|2015-06-01
"""
# KPI | point | words | written on
NOTES = """
throughput|2014-09-30|Mois de mise en œuvre de la DADI : aucune décision, les dossiers sont repris un à un.|2014-10-06
throughput|2015-06-30|Deux instructeurs sur sept en formation la première quinzaine de juin.|2015-06-30
appraisal_median_days|2014-12-31|Fin du rattrapage des dossiers déposés avant la DADI.|2015-01-12
active_files|2015-02-28|Vague de demandes avant la clôture des appels à projets de mars.|2015-03-09
partners_joined|2014-12-31|Première rencontre d'INVEST IN VALOMBRE : adhésions reçues sur place.|2015-01-12
"""


def rebases() -> list[Row]:
    """Return the dates from which a usual level was computed anew."""
    return [
        {
            "rebase_id": f"B{number:02}",
            "kpi": kpi,
            "directorate": None,
            "rebased_on": date.fromisoformat(start),
            "reason": reason,
            "decided_by": OFFICE,
            "decided_on": date.fromisoformat(decided),
        }
        for number, (kpi, start, reason, decided) in enumerate(_lines(BASES), 1)
    ]


def annotations() -> list[Row]:
    """Return the notes on points of the charts."""
    return [
        {
            "annotation_id": f"N{number:02}",
            "kpi": kpi,
            "directorate": None,
            "noted_on": date.fromisoformat(point),
            "words": words,
            "signed_by": OFFICE,
            "written_on": date.fromisoformat(written),
        }
        for number, (kpi, point, words, written) in enumerate(_lines(NOTES), 1)
    ]


def _lines(text: str) -> list[list[str]]:
    """Return the cells of each line."""
    return [line.split("|") for line in text.strip().splitlines()]
