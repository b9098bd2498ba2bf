"""The sheet's control chart, its notes and bases; what is typed shows at once, can be taken back, and asks for a role."""

import html
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.access import Actor, Forbidden, local_actor
from data.store import Store
from pages.parts import tables
from pages.parts.address import Address
from pages.parts.source import Source, open_source
from tests.pages.conftest import Visit, charts, shown


def said(at: AppTest) -> str:
    """The markup as words: entities read, no-break spaces plain, tags gone."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", shown(at)))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def figure(at: AppTest, number: int = 0) -> dict[str, Any]:
    """One of the page's charts."""
    found: dict[str, Any] = json.loads(charts(at)[number]["data-figure"])
    return found


def button(at: AppTest, label: str) -> Any:
    """The button that says this."""
    return next(one for one in at.button if one.label == label)


def test_the_chart_says_what_it_finds_and_how_it_was_made(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="throughput"))
    for words in (
        "Pas de signal depuis septembre 2014, mais une tendance à la hausse, jusqu’à 11",
        "Trait plein : moyenne ; tirets : limites du bruit habituel",
        "Limites provisoires : 10 points, moins de 12.",
        "Carte de contrôle de 114 points",
        "2 bases successives",
        "Bases recalculées septembre 2014 La DADI instruit selon la nouvelle méthode depuis septembre 2014. DADI, 13 avril 2015",
        "juin 2015 Deux instructeurs sur sept en formation la première quinzaine de juin. DADI, 30 juin 2015",
        "hors limites (amélioration)",
    ):
        assert words in page, words


def test_the_figure_has_limits_by_base_diamonds_and_numbered_notes(town: Path, visit: Visit) -> None:
    drawn = figure(visit("fiche", kpi="throughput"))
    dashed = [shape for shape in drawn["layout"]["shapes"] if shape.get("line", {}).get("dash") == "4px"]
    assert len({shape["y0"] for shape in dashed}) == 2  # two upper limits; none is drawn under 0
    assert len({shape["x0"] for shape in dashed}) == 2  # broken where the base changes
    marks = drawn["data"][0]["marker"]
    assert "diamond" in marks["symbol"] and "circle" in marks["symbol"]
    words = [note["text"] for note in drawn["layout"]["annotations"]]
    assert any("(2)" in text for text in words) and any("nouvelle base" in text for text in words)
    assert any(text.startswith("cible 14") for text in words)


def test_totals_are_charted_by_increments_under_their_trend(town: Path, visit: Visit) -> None:
    at = visit("fiche", kpi="partners_joined")
    page = said(at)
    assert "Juin 2015 : 26, au-dessus de la limite haute de 12,6, amélioration" in page
    assert "Incréments trimestriels : ce que chaque trimestre ajoute au cumul." in page
    assert "Cumul : pas d’assurance." in page
    assert "Une nouvelle base est à décider Depuis septembre 2013, 8 points de suite au-dessus" in page
    assert "Rien n’est recalculé tant que personne ne le décide." in page


def test_what_bears_no_limits_says_why(town: Path, visit: Visit) -> None:
    assert "chaque valeur cumulée contient la précédente" in said(visit("fiche", kpi="leverage_awarded"))
    assert "moins de 8 points" in said(visit("fiche", kpi="constant_means_gap"))


def test_in_english(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="throughput", lang="en"))
    assert (
        "No signal since September 2014, but a rising trend, up to 11" in page
        and "Provisional limits: 10 points" in page
    )


def test_a_note_shows_at_once_and_can_be_taken_back(own_town: Path, visit: Visit) -> None:
    at = visit("fiche", kpi="throughput")
    point = next(one for one in at.selectbox if one.label == "Point")
    assert point.options[0] == "juin 2015"
    point.select_index(2)
    next(one for one in at.text_area if one.label.startswith("Pourquoi")).input(
        "Deux <b>arrivées</b> ce mois."
    )
    button(at, "Annoter").click()
    at.run()
    page = said(at)
    assert "avril 2015 Deux <b>arrivées</b> ce mois. local," in page and "La note est sur la courbe." in page
    store = Store(own_town)
    row = store.engine(local_actor()).rows(
        "SELECT kpi, noted_on, signed_by FROM annotations WHERE words LIKE 'Deux <%'"
    )
    assert row == [("throughput", date(2015, 4, 30), "local")]
    button(at, "Annuler cette saisie").click()
    at.run()
    assert "arrivées" not in said(at) and "La note est sur la courbe." not in said(at)


def test_an_empty_note_is_not_kept(own_town: Path, visit: Visit) -> None:
    at = visit("fiche", kpi="throughput")
    before = Store(own_town).history(local_actor())
    button(at, "Annoter").click()
    at.run()
    assert "Écrivez quelques mots." in said(at) and Store(own_town).history(local_actor()) == before


def test_a_new_base_is_seen_before_it_is_decided_then_undone(own_town: Path, visit: Visit) -> None:
    at = visit("fiche", kpi="partners_joined")
    assert "Limites en vigueur moyenne 5,6" in said(at) and "Après cette base moyenne 13,9" in said(at)
    reason = next(one for one in at.text_area if one.label.startswith("Motif"))
    assert reason.value.startswith("Groupe projet")
    button(at, "Décider cette base").click()
    at.run()
    page = said(at)
    assert "La base est recalculée." in page and "Une nouvelle base est à décider" not in page
    assert "Bases recalculées septembre 2013 Groupe projet" in page
    button(at, "Annuler cette saisie").click()
    at.run()
    assert "Une nouvelle base est à décider" in said(at)


def test_a_viewer_sees_no_form_and_is_refused_by_the_store(
    own_town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = Actor("viewer", "viewer")
    monkeypatch.setattr("pages.parts.source.local_actor", lambda: viewer)
    at = visit("fiche", kpi="throughput")
    assert "Bases recalculées" in said(at)
    assert {"Annoter", "Décider cette base"} & {one.label for one in at.button} == set()
    row = {"kpi": "throughput", "noted_on": date(2015, 6, 30), "words": "w"}
    with pytest.raises(Forbidden):
        Store(own_town).record(viewer, "annotations", [row])


def source() -> Source:
    """The town's source in French at the data's date."""
    return open_source(Address())


def test_the_series_and_the_chart_as_files_carry_signals_and_notes(town: Path) -> None:
    for name in ("fiche-serie", "fiche-signaux"):
        made = tables.make(source(), name, {"kpi": "throughput"})
        assert made is not None
        titles = [column.title for column in made.columns]
        signals = [row[titles.index("Signal")] for row in made.rows]
        notes = [row[titles.index("Notes")] for row in made.rows]
        assert "hors limites (amélioration)" in signals and None in signals
        assert any(
            note
            and "Deux instructeurs" in str(note)
            and "DADI, 30 juin 2015" in str(note).replace("\u00a0", " ")
            for note in notes
        )
    assert tables.make(source(), "fiche-signaux", {"kpi": "none"}) is None


def test_the_past_is_drawn_as_it_was_known(town: Path) -> None:
    made = tables.make(open_source(Address(as_of=date(2014, 6, 30))), "fiche-signaux", {"kpi": "throughput"})
    assert made is not None and made.rows[0][0] == date(2014, 6, 30)
    assert not any(row[-1] for row in made.rows)  # notes of later points are not shown


def test_a_base_of_a_few_points_judges_nothing_and_no_target_is_drawn_before_the_first_decided(
    town: Path, visit: Visit
) -> None:
    at = visit("fiche", kpi="appraisal_median_days")
    drawn = figure(at)
    aimed = [
        (day, value)
        for trace in drawn["data"]
        if trace.get("line", {}).get("dash") == "dot"
        for day, value in zip(trace["x"], trace["y"], strict=True)
        if value is not None
    ]
    decided = open_source(Address()).goals.history("appraisal_median_days")
    assert aimed and min(day for day, _ in aimed) >= decided[0].valid_from.isoformat()
    assert "hors limites, dégradation" not in json.dumps(drawn, ensure_ascii=False)
    assert "sans être dit amélioration ni dégradation" in said(at)


def test_noise_is_said_of_what_does_not_drift(town: Path, visit: Visit) -> None:
    assert "Depuis mars 2007, rien que du bruit autour de 78,2 %" in said(
        visit("fiche", kpi="partner_retention")
    )
