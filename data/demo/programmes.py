"""The funding programmes and their dated rules, as the town knew them by June 2015."""

from datetime import date

from data.demo.town import Row

DECREE = "Décret n° 99-1060 du 16 décembre 1999"
REGIONAL = "Règlement d'intervention de la Région Hautes-Combes"
LOCAL = "Règlement départemental d'aide aux communes de la Sauvine"

# programme | valid from | valid to | family | public | max rate | advance | interims | FCTVA deductible | source
ROWS = f"""
FNADT|2000-01-01||state_2018_514|1|0.5|0.05|0.8|0|{DECREE}
CPER|2000-01-01|2006-12-31|state_2018_514|1|0.5|0.05|0.8|0|Contrat de plan État-Région 2000-2006
CPER|2007-01-01|2014-12-31|state_2018_514|1|0.5|0.05|0.8|0|Contrat de projets État-Région 2007-2013, prorogé d'un an
CPER|2015-01-01||state_2018_514|1|0.5|0.05|0.8|0|Contrat de plan État-Région 2015-2020
FISAC|2003-01-01||state_2018_514|1|0.4|0.05|0.8|0|Fonds d'intervention pour les services, l'artisanat et le commerce ; {DECREE}
Monuments historiques|2000-01-01||state_2018_514|1|0.5|0.05|0.8|0|Code du patrimoine ; {DECREE}
Transition énergétique État|2010-01-01||state_2018_514|1|0.4|0.05|0.8|0|Convention avec l'État, villes en transition ; {DECREE}
Contrat régional|2005-01-01|2009-12-31|region|1|0.4|0.3|0.8|0|{REGIONAL}, 2005
Contrat régional|2010-01-01||region|1|0.5|0.3|0.8|0|{REGIONAL}, 2010
Aide départementale|2004-01-01||department|1|0.4|0.3|0.8|0|{LOCAL}
FEDER|2000-01-01|2006-12-31|feder|1|0.5|0|0.8|0|Programme régional 2000-2006
FEDER|2007-01-01|2013-12-31|feder|1|0.5|0|0.8|0|Programme opérationnel régional 2007-2013
FEDER|2014-01-01||feder|1|0.6|0|0.8|0|Programme opérationnel régional 2014-2020, région en transition
Fonds de concours intercommunal|2005-01-01||other|1|0.5|0.3|0.8|0|Code général des collectivités territoriales, L5216-5
Projets urbains CDC|2008-01-01||other|1|0.4|0.3|0.8|0|Convention avec la banque publique
Aide de l'agence de l'eau|2007-01-01||other|1|0.5|0.3|0.8|0|Programmes pluriannuels d'intervention
Équipement sportif national|2006-01-01||other|1|0.3|0.3|0.8|0|Règlement du fonds national d'équipement sportif
Mécénat|2003-08-01||private|0||0.3|1||Loi n° 2003-709 du 1er août 2003
Investisseurs privés|2006-01-01||private|0||0.3|1||Conventions de participation
Contribution en nature|2006-01-01||private|0||0|0||Conventions de mise à disposition
"""


def _rate(text: str) -> float | None:
    return float(text) if text else None


def _row(line: str) -> Row:
    name, valid_from, valid_to, family, public, rate, advance, interim, deductible, source = line.split("|")
    return {
        "programme": name,
        "valid_from": date.fromisoformat(valid_from),
        "valid_to": date.fromisoformat(valid_to) if valid_to else None,
        "family": family,
        "is_public": public == "1",
        "max_rate": _rate(rate),
        "min_rate": None,
        "rate_base": "net",
        "cumulation_cap": 0.8 if public == "1" else None,
        "start_within_months": 24,
        "start_extension_months": 12,
        "finish_within_months": 48,
        "max_advance": _rate(advance),
        "max_interim": _rate(interim),
        "fctva_deductible": deductible == "1" if deductible else None,
        "legal_source": source,
    }


def programmes() -> list[Row]:
    """Return one row for each programme and period of validity."""
    return [_row(line) for line in ROWS.strip().splitlines()]
