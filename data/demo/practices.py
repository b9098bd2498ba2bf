"""The twelve practices of the first revolution, from trial to deployment."""

from datetime import date
from typing import Any

from data.demo.town import Row
from schemas.practices import FIRST_PRACTICES

# code | trialled on | validated on | deployed on | description; in the order of the sheet's tools
DATES = """
cadran-total|2014-01-14|2014-05-20|2014-09-16|Traiter un sujet sous quatre angles, en temps et moyens volontairement limités.
colle-ton-avis|2014-01-28|2014-06-03|2014-09-30|Afficher un projet et laisser chacun y coller son avis, sans signature.
la-balade|2014-02-11|2014-06-17|2014-10-14|Traiter un point de travail en marchant à deux ou trois.
regard-en-visite|2014-03-11|2014-07-01|2014-11-18|Accueillir le regard d'un service étranger au sujet.
point-silence|2014-04-08|2014-09-09|2014-12-09|Commencer une réunion par cinq minutes de silence partagé.
audace-up|2014-05-13|2014-10-07|2015-01-20|Défendre en trois minutes une idée que l'on n'oserait pas écrire.
echecs-and-mates|2014-06-10|2014-11-04|2015-02-10|Raconter un échec et ce qu'il a appris au groupe.
essais-libres|2014-09-23|2014-12-16|2015-03-10|Essayer une autre façon de faire pendant un mois, avec droit au retour.
en-immersion|2014-10-21|2015-01-27|2015-04-07|Passer une journée dans le service d'un collègue.
dans-la-peau-de-walt|2014-11-25|2015-02-24|2015-05-12|Examiner un projet en rêveur, puis en réaliste, puis en critique.
apprenons-nous|2015-01-13|2015-03-24|2015-06-02|Enseigner à d'autres agents un savoir-faire personnel ou professionnel.
time-out|2015-02-03|2015-04-21|2015-06-16|Arrêter une séance pour dire ce qui ne va pas, puis reprendre.
"""


def _row(pair: tuple[str, str], line: str) -> Row:
    name, lever = pair
    code, trialled, validated, deployed, description = line.split("|")
    row: dict[str, Any] = {"practice": code, "name": name, "lever": lever, "revolution": 1}
    row |= {"trialled_on": date.fromisoformat(trialled), "validated_on": date.fromisoformat(validated)}
    return row | {"deployed_on": date.fromisoformat(deployed), "description": description}


def practices() -> list[Row]:
    """Return the twelve practices with their exact names and levers."""
    return [_row(pair, line) for pair, line in zip(FIRST_PRACTICES, DATES.strip().splitlines(), strict=True)]
