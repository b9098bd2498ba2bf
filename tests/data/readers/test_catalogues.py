"""The catalogues that readers bring: the metrics' own loader must take every entry."""

from pathlib import Path

from data.readers import barometre, detr_dsil
from metrics.definitions import load
from metrics.folders import shipped

SYNTHESIS = (
    "mesure,indicateur,id_indicateur,maille_geographique,valeur_actuelle,date_valeur_actuelle,"
    "valeur_initiale,date_valeur_initiale,cible,date_cible,unite\n"
    "Plan vélo,Kilomètres,km,national,57,2022-11-30,40,2017-12-31,55,2022-12-31,km\n"
    "Plan vélo,Délai,delai,national,5.0,2022-09-30,4.3,2017-12-31,3.0,2022-12-31,mois\n"
    "Routes,Morts,morts,national,2454,2022-09-30,3448,2017-12-31,,,morts\n"
)


def test_the_shipped_catalogue_of_grants_is_whole() -> None:
    folder = shipped(detr_dsil.CATALOGUE)
    assert folder is not None
    catalogue = load([folder])
    assert catalogue.refused == ()
    assert set(catalogue.kpis) == {"grant_projects", "grant_amount", "grant_rate"}
    assert all(kpi.by == ("theme", "departement", "programme") for kpi in catalogue.kpis.values())


def test_the_catalogue_of_the_barometer_is_taken_whole(tmp_path: Path) -> None:
    brought = barometre.read([("x.csv", SYNTHESIS.encode())]).catalogue
    assert brought is not None
    for name, text in brought.files.items():
        (tmp_path / name).write_text(text, "utf-8")
    catalogue = load([tmp_path])
    assert catalogue.refused == ()
    assert list(catalogue.kpis) == ["plan_velo_km", "plan_velo_delai", "routes_morts"]
    assert catalogue.scorecard.headline == ("plan_velo_km", "plan_velo_delai")
