"""The national barometer: invented rows, then the published attainment rates of the real file."""

import json
from pathlib import Path

import pytest
import yaml

from data.readers import barometre
from schemas.validate import validate
from tests.shared import shared_file

HEADER = "mesure,indicateur,id_indicateur,maille_geographique,valeur_actuelle,date_valeur_actuelle,valeur_initiale,date_valeur_initiale,cible,date_cible,unite"
ROWS = [
    "Plan vélo ,Kilomètres,km,national,57,2022-11-30,40,2017-12-31,55,2022-12-31,km",
    "Plan vélo ,Délai d’étude,delai,national,5.0,2022-09-30,4.3,2017-12-31,3.0,2022-12-31,mois",
    'Routes,"Morts, dans l\'année",morts,national,2454,2022-09-30,3448,,,,morts',
    "Routes,Kilomètres,km,national,3,2022-09-30,,,5,2022-12-31,",
]
DETAIL = "mesure,indicateur,id_indicateur,maille_geographique,date,valeur,unite"


def read(*rows: str, detail: tuple[str, ...] = ()):
    """Read a synthesis and, where rows are given, a detail."""
    files = [("synthese.csv", "\n".join([HEADER, *rows]).encode())] if rows else []
    files += [("detail.csv", "\n".join([DETAIL, *detail]).encode())] if detail else []
    return barometre.read(files)


def entries(parsed) -> dict:
    """Return the catalogue's entries."""
    return yaml.safe_load(parsed.catalogue.files["indicators.yml"])


def values(parsed) -> list[tuple]:
    """Return (kpi, period, value, row) of all batches."""
    return [
        (kpi, period, value, int(row))
        for batch in parsed.batches
        for kpi, period, value, row in zip(
            *(batch.frame[name] for name in ("kpi", "period", "value")), batch.rows, strict=True
        )
    ]


def test_each_indicator_gives_its_dated_values() -> None:
    parsed = read(*ROWS)
    assert parsed.ok
    assert values(parsed) == [
        ("plan_velo_km", "2017-12", 40.0, 2),
        ("plan_velo_km", "2022-11", 57.0, 2),
        ("plan_velo_delai", "2017-12", 4.3, 3),
        ("plan_velo_delai", "2022-09", 5.0, 3),
        ("routes_morts", "2022-09", 2454.0, 4),
        ("routes_km", "2022-09", 3.0, 5),
    ]
    assert [validate(batch.table, batch.frame) for batch in parsed.batches] == [[]]


def test_the_catalogue_says_floor_target_and_direction_only_where_they_are_known() -> None:
    found = entries(read(*ROWS))
    goals = {
        name: tuple(entry.get(key) for key in ("floor", "target", "direction"))
        for name, entry in found.items()
    }
    assert goals == {
        "plan_velo_km": (40.0, 55.0, "up"),
        "plan_velo_delai": (4.3, 3.0, "down"),
        "routes_morts": (None, None, "up"),
        "routes_km": (None, 5.0, "up"),
    }
    assert all(entry["from"] == "kpi_values" and "sql" not in entry for entry in found.values())
    assert found["plan_velo_delai"]["label"] == {"fr": "Délai d’étude", "en": "Délai d’étude"}
    card = yaml.safe_load(read(*ROWS).catalogue.files["scorecard.yml"])
    objectives = card["perspectives"]["B"]["objectives"]
    assert [side["label"]["fr"] for side in objectives.values()] == ["Plan vélo", "Routes"]
    assert {entry["objective"] for entry in found.values()} == set(objectives)
    assert len({entry["code"] for entry in found.values()}) == 4


def test_a_repeated_row_is_kept_under_a_number_with_a_warning() -> None:
    parsed = read(*ROWS[:1], *ROWS[:1])
    assert list(entries(parsed)) == ["plan_velo_km", "plan_velo_km_2"]
    assert [(fault.rule, fault.row) for fault in parsed.faults] == [("repeated", 3)]


def test_hostile_text_stays_text_in_the_catalogue() -> None:
    hostile = (
        '"a: {b}\n- !!python/object:os.system x","# {{7*7}} \'""y""\'",id,national,1,2022-09-30,0,,2,,"&u *v"'
    )
    (entry,) = entries(read(hostile)).values()
    assert entry["label"]["fr"] == "# {{7*7}} '\"y\"'"
    assert entry["unit"] == "&u *v"


def test_an_initial_value_in_the_month_of_the_current_one_gives_way() -> None:
    parsed = read("M,I,i,national,5,2022-09-30,4,2022-09-01,4,,u")
    assert [(period, value) for _, period, value, _ in values(parsed)] == [("2022-09", 5.0)]
    assert "floor" not in entries(parsed)["m_i"]


def test_the_detail_completes_the_series_and_never_contradicts_the_synthesis() -> None:
    detail = [
        "Plan vélo,Kilomètres,km,national,2019-12-31,48,km",
        "Plan vélo,Kilomètres,km,national,2022-11-30,57,km",
        "Plan vélo,Kilomètres,km,national,2022-12-31,9,km",
        'Routes,"Morts, dans l\'année",morts,national,2022-08-31,250,morts',
        'Routes,"Morts, dans l\'année",morts,national,2022-09-30,262,morts',
        "Autre,Inconnu,x,national,2022-09-30,1,u",
    ]
    parsed = read(*ROWS, detail=tuple(detail))
    assert parsed.ok
    assert [value for value in values(parsed) if value[3] and value[1] == "2019-12"] == [
        ("plan_velo_km", "2019-12", 48.0, 2)
    ]
    assert len(values(parsed)) == 7
    assert {fault.rule for fault in parsed.faults if fault.file == "detail.csv"} == {
        "contrary",
        "later",
        "unknown",
    }


def test_the_detail_alone_is_refused_with_what_to_do() -> None:
    parsed = read(detail=("Plan vélo,Kilomètres,km,national,2019-12-31,48,km",))
    assert not parsed.ok and parsed.batches == [] and parsed.catalogue is None
    assert "synthèse" in parsed.faults[0].mend.fr


def test_other_territories_are_left_out_or_refused() -> None:
    other = ROWS[0].replace("national", "regional")
    parsed = read(ROWS[1], other)
    assert list(entries(parsed)) == ["plan_velo_delai"]
    assert [fault.rule for fault in parsed.faults] == ["territory"]
    regional = HEADER.replace("maille_geographique", "code_region") + "\n" + ROWS[0].replace("national", "84")
    assert not barometre.read([("x.csv", regional.encode())]).ok


def test_a_bad_cell_is_named_and_another_file_is_refused() -> None:
    parsed = read(ROWS[0].replace("57", "environ 57").replace("2017-12-31", "2017-13-31"))
    found = [(fault.row, fault.column, fault.value) for fault in parsed.faults if fault.severity == "error"]
    assert found == [(2, "valeur_actuelle", "environ 57"), (2, "date_valeur_initiale", "2017-13-31")]
    assert barometre.read([("x.csv", b"Code;Nom\n1;2\n")]).faults[0].rule == "required"


@pytest.fixture(scope="module")
def folder() -> Path:
    """Return the folder of the real files."""
    return shared_file("data/barometre")


def test_the_real_file_gives_the_published_attainment_by_its_rules(folder: Path) -> None:
    file = folder / "barometre-resultats-synthese-national.csv"
    parsed = barometre.read([(file.name, file.read_bytes())])
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert parsed.ok
    found, current = entries(parsed), {(row, period): value for _, period, value, row in values(parsed)}
    assert len(found) == expected["rows_total"]
    assert sum("target" not in entry for entry in found.values()) == expected["rows_without_target"]
    for row, entry in zip(expected["rows"], found.values(), strict=True):
        last = max(period for line, period in current if line == row["line"])
        assert current[row["line"], last] == row["current"]
        assert published(entry, row["current"]) == row["published_pct"]
        assert row["direction"] in (None, entry["direction"])
        assert entry["unit"] == row["unite"]


def published(entry: dict, value: float) -> int | None:
    """Return the attainment as the publisher rounds it; None without a target."""
    if "target" not in entry:
        return None
    share = 100 * (value - entry["floor"]) / (entry["target"] - entry["floor"])
    return round(min(100.0, max(0.0, share)))


def test_the_real_detail_changes_no_value_of_the_synthesis(folder: Path) -> None:
    names = ("barometre-resultats-synthese-national.csv", "barometre-resultats-detail-national.csv")
    files = [(name, (folder / name).read_bytes()) for name in names]
    alone, both = values(barometre.read(files[:1])), values(barometre.read(files))
    assert both[: len(alone)] == alone
    assert len({value[:2] for value in both}) == len(both) > 800
    last = {kpi: max(period for name, period, *_ in alone if name == kpi) for kpi, *_ in alone}
    assert all(period <= last[kpi] for kpi, period, *_ in both)
