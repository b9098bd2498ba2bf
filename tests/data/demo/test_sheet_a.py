"""Facts A1 to A18 (domain.md 1.1), as far as they are data; texts and the project group's make-up are the catalogue's."""

import math

import pandas as pd

from tests.data.demo.frames import T, table

# Section 9, left columns first, downwards; exact spelling.
PRACTICES = {
    "cadran total": "la contrainte",
    "colle ton avis": "la remise en question",
    "la balade": "les échanges",
    "regard en visite": "la curiosité",
    "point silence": "le bien-être",
    "audace up !": "l'audace",
    "échecs and mates": "la détermination",
    "essais libres": "l'expérimentation",
    "en immersion": "la bienveillance",
    "dans la peau de Walt": "le rêve",
    "apprenons-nous": "la diversité",
    "time out": "le temps",
}


def milestone(day: str, precision: str, kind: str, words: str) -> pd.Series:
    """Return the one milestone of that day, precision and kind whose label holds the words."""
    rows = table("milestones")
    found = rows[(rows.happened_on == day) & (rows.date_precision == precision) & (rows.kind == kind)]
    found = found[found.label.str.contains(words)]
    assert len(found) == 1, (day, words)
    return found.iloc[0]


def sessions(kind: str = "practice") -> pd.DataFrame:
    rows = table("practice_sessions")
    return rows[rows.kind == kind]


def test_a6_mission_letter() -> None:
    assert milestone("2013-03-13", "day", "governance", "Lettre de mission").is_done


def test_a7_project_group_of_eight() -> None:
    assert milestone("2013-09-01", "month", "governance", "Groupe projet de huit").is_done


def test_a8_four_points_agreed() -> None:
    label = milestone("2013-12-01", "month", "ecosystem", "Accord").label
    assert all(word in label for word in ("contexte", "définition", "finalités", "écueils"))


def test_a9_ecosystem_validated_with_twelve_levers() -> None:
    assert milestone("2014-07-01", "month", "ecosystem", "validé").is_done
    assert table("practices").lever.nunique() == 12


def test_a10_first_revolution() -> None:
    assert (table("practices").revolution == 1).all()
    assert len(table("practices")) == 12


def test_a11_twelve_tools_tried_validated_deployed() -> None:
    assert milestone("2015-06-01", "month", "ecosystem", "expérimentés, validés et mis en œuvre").is_done
    rows = table("practices")
    assert dict(zip(rows.name, rows.lever, strict=True)) == PRACTICES
    assert list(rows.name) == list(PRACTICES)
    dates = rows[["trialled_on", "validated_on", "deployed_on"]]
    assert dates.notna().all(axis=None)
    assert (rows.trialled_on < rows.validated_on).all() and (rows.validated_on < rows.deployed_on).all()
    assert rows.deployed_on.max() <= T


def test_a11_trials_every_month_since_2014() -> None:
    months = sessions().held_on.dt.to_period("M")
    without_holidays = set(pd.period_range("2014-01", "2015-06", freq="M")) - {pd.Period("2014-08")}
    assert set(months) == without_holidays
    tried = table("practices").set_index("practice").trialled_on
    assert (sessions().held_on >= sessions().practice.map(tried)).all()


def test_a12_staff_population_companies() -> None:
    staff = table("staff")
    assert staff[staff.as_of == T].headcount.sum() == 640
    budget = table("budgets").set_index("year").loc[2015]
    assert (budget.population, budget.companies) == (33_000, 2_900)


def test_a13_no_cost_but_hours() -> None:
    rows = table("practice_sessions")
    assert rows.external_cost_amount.notna().all() and rows.external_cost_amount.sum() == 0
    assert (rows.hours > 0).all()


def test_a15_84_of_84_find_the_tools_relevant() -> None:
    assert (sessions().opinions.sum(), sessions().opinions_relevant.sum()) == (84, 84)
    assert round(100 * 0.025 ** (1 / 84), 1) == 95.7


def test_a16_one_press_article_in_2015() -> None:
    assert milestone("2015-01-01", "year", "press", "Gazette").is_done
    assert (table("milestones").kind == "press").sum() == 1


def test_a17_thirteen_open_resources() -> None:
    rows = table("milestones")
    resources = rows[rows.kind == "open_data"]
    assert len(resources) == 13 and resources.is_done.all() and resources.url.is_unique
    assert resources.label.str.startswith("Fiche outil").sum() == 12
    assert (resources.happened_on <= T).all()


def test_a18_future_milestones() -> None:
    assert not milestone("2015-07-01", "half_year", "ecosystem", "espace de partage et d'expression").is_done
    assert not milestone("2016-01-01", "year", "ecosystem", "Deuxième révolution").is_done
    rows = table("milestones")
    assert (~rows.is_done).sum() == 2 and (rows.happened_on[rows.is_done] <= T).all()


def test_dates_known_by_month_or_year_carry_the_first_day() -> None:
    rows = table("milestones")
    assert (rows.happened_on.dt.day[rows.date_precision != "day"] == 1).all()
    assert (rows.happened_on.dt.month[rows.date_precision == "year"] == 1).all()
    assert rows.happened_on.dt.month[rows.date_precision == "half_year"].isin([1, 7]).all()


def test_newcomers_never_exceed_a_directorates_staff() -> None:
    rows, staff = table("practice_sessions"), table("staff")
    heads = staff[staff.as_of == T].groupby("directorate").headcount.sum()
    new = rows.groupby("directorate").newcomers.sum()
    assert (new <= heads[new.index]).all()
    assert rows.newcomers.sum() < 640


def test_a2_6_four_directorates_run_sessions_by_themselves() -> None:
    rows = sessions()
    recent = rows[(rows.held_on > T - pd.Timedelta(days=90)) & ~rows.is_run_by_team]
    assert recent.directorate.nunique() == 4


def test_a2_8_group_diversity_is_76() -> None:
    staff = table("staff")
    now = staff[staff.as_of == T]
    sex = now.groupby("sex").headcount.sum() / 640
    category = now.groupby("category").headcount.sum() / 640
    group_sex, group_category = {"F": 4 / 8, "M": 4 / 8}, {"A": 3 / 8, "B": 2 / 8, "C": 3 / 8}
    alike = [
        1 - 0.5 * sum(abs(share - staff_share[key]) for key, share in group.items())
        for group, staff_share in ((group_sex, sex), (group_category, category))
    ]
    assert math.floor(100 * sum(alike) / 2) == 76
