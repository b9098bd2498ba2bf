"""The dated facts of the approach, each with the precision with which it is known."""

from datetime import date

from data.demo.practices import practices
from data.demo.town import Row

SITE = "https://www.valombre.example"

# day | precision | kind | done | label | source
FACTS = """
2008-03-16|day|other|1|Élections municipales|Procès-verbal des élections
2010-01-01|day|governance|1|Les services techniques deviennent deux directions|Délibération
2012-01-01|day|other|1|Participation minimale de 20 % du maître d'ouvrage : entrée en vigueur|CGCT, L1111-10
2013-01-01|year|governance|1|Audit externalisé : la qualité de vie au travail est à renforcer|Rapport d'audit
2013-03-13|day|governance|1|Lettre de mission à la direction adjointe|Direction générale des services
2013-09-01|month|governance|1|Groupe projet de huit collaborateurs, représentatif des cadres d'emploi, des compétences et des sexes|Groupe projet
2013-12-01|month|ecosystem|1|Accord sur le contexte, la définition, les finalités et les écueils|Groupe projet
2014-01-01|year|governance|1|Rattachement direct au maire, après l'élection de 2014|Organigramme
2014-03-23|day|other|1|Élections municipales|Procès-verbal des élections
2014-06-01|month|dadi|1|Création de la DADI|Délibération
2014-07-01|month|ecosystem|1|Écosystème validé : douze leviers|Groupe projet
2014-09-01|month|dadi|1|Mise en œuvre de la DADI|Organigramme
2015-01-01|year|press|1|La Gazette des communes présente la démarche|Presse
2015-03-01|month|mooc|1|Lancement du MOOC en direction des salariés|DADI
2015-06-01|month|ecosystem|1|Douze outils expérimentés, validés et mis en œuvre : première révolution|Groupe projet
2015-07-01|half_year|ecosystem|0|Ouverture d'un espace de partage et d'expression|Groupe projet
2016-01-01|year|ecosystem|0|Deuxième révolution d'écosystème|Groupe projet
"""
DATASET_ON = date(2014, 10, 1)


def _fact(line: str) -> Row:
    day, precision, kind, done, label, source = line.split("|")
    row: Row = {
        "happened_on": date.fromisoformat(day),
        "date_precision": precision,
        "kind": kind,
        "label": label,
    }
    return row | {"is_done": done == "1", "url": None, "source": source}


def _open_data() -> list[Row]:
    """Return the thirteen resources on the town's site: one dataset and a sheet for each of the twelve tools."""
    found = [_resource(DATASET_ON, "Jeu de données des douze leviers et de leurs outils", "leviers")]
    for practice in practices():
        first_of_month = practice["deployed_on"].replace(day=1)
        found.append(_resource(first_of_month, f"Fiche outil « {practice['name']} »", practice["practice"]))
    return found


def _resource(on: date, label: str, slug: str) -> Row:
    row: Row = {
        "happened_on": on,
        "date_precision": "month",
        "kind": "open_data",
        "label": label,
        "is_done": True,
    }
    return row | {"url": f"{SITE}/donnees/{slug}", "source": "Site internet de la Ville"}


def milestones() -> list[Row]:
    """Return the milestones in the order of their dates."""
    rows = [_fact(line) for line in FACTS.strip().splitlines()] + _open_data()
    rows.sort(key=lambda row: row["happened_on"])
    return [{"milestone_id": f"J{place:02}"} | row for place, row in enumerate(rows, 1)]
