"""The sealed weeks: listed with their state, compared with one another and with today, corrections told with their import."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data import frozen
from data.places import places
from metrics import changes
from pages.parts import files, tables, weeks_page, weeks_reads
from pages.parts.address import Address
from pages.parts.source import open_source
from pages.texts import sentences
from pages.texts.weeks import week_title
from tests.pages.conftest import Visit, shown
from tests.town import CORRECTED, WEEKS, copy_of

FIRST, SECOND = WEEKS


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page)).replace(" ,", ",")


def test_before_the_first_week_it_says_how_to_seal_one(town: Path, visit: Visit) -> None:
    page = shown(visit("semaines"))
    assert "Aucune semaine n’est scellée" in page and "python -m data seal" in page and "/revue?" in page
    assert "No week is sealed yet" in shown(visit("semaines", lang="en"))


def test_the_weeks_are_listed_with_date_author_counts_and_state(sealed: Path, visit: Visit) -> None:
    page = shown(visit("semaines"))
    assert "2 semaines scellées, toutes intactes ; la dernière est la semaine 29 de 2015" in plain(page)
    made = tables.make(open_source(Address()), "semaines-liste", {})
    assert made is not None
    last, first = list(made.file_rows())
    seals = open_source(Address()).store.seals(open_source(Address()).actor)
    assert [first[1], last[1]] == [FIRST, SECOND] and first[5] == "local" and first[6:9] == [1, 1, "intacte"]
    assert [first[-1], last[-1]] == [seal.chain for seal in seals] and seals[-1].chain in page
    assert f"week={SECOND}" in page and f"since={FIRST}" in page


def test_two_weeks_are_compared_what_moved_what_is_new_and_by_which_import(
    sealed: Path, visit: Visit
) -> None:
    page = plain(shown(visit("semaines", since=FIRST, until=SECOND)))
    assert (
        "De la semaine 28 de 2015 à la semaine 29 de 2015 : 2 changements, 1 ligne du passé corrigée" in page
    )
    assert "Ce qui a bougé (1)" in page and "Plans conformes aux 20 %" in page
    assert "Ce qui est nouveau (1)" in page and "Pôle d’échanges gare" in page
    assert CORRECTED in page and "Montant notifié" in page
    source = open_source(Address())
    corrected = tables.make(source, "semaines-corrections", {"since": FIRST, "until": SECOND})
    assert corrected is not None
    (row,) = corrected.file_rows()
    number = source.engine.rows("SELECT import FROM main.sources WHERE file = ?", [CORRECTED])[0][0]
    assert row[:4] == ["Financements", 1, 0, 0] and number in row and CORRECTED in row


def test_the_comparison_tells_what_changes_tells(sealed: Path) -> None:
    source = open_source(Address())
    pair = weeks_reads.pair(source, FIRST, SECOND)
    assert pair is not None
    found = weeks_reads.between(pair.since, pair.until)
    assert found == changes(weeks_reads.state(pair.since), weeks_reads.state(pair.until))
    told = tables.make(source, "semaines-changements", {"since": FIRST, "until": SECOND})
    assert told is not None and found is not None
    words = [row[2] for row in told.file_rows()]
    assert words == [sentences.sentence(one, pair.until.catalogue) for one in found]


def test_what_stood_and_stands_no_longer_is_told(sealed: Path) -> None:
    week = open_source(Address()).in_week(FIRST)
    assert weeks_reads.gone(week, open_source(Address()).in_week(SECOND)) == ()
    before = replace(week, asked=date(2015, 3, 31))  # files that were ageing then have moved on since
    left = weeks_reads.gone(before, week)
    stood = {change.key for change in changes(weeks_reads.state(before), weeks_reads.state(before))}
    told = {change.key for change in weeks_reads.between(before, week) or ()}
    assert {change.key for change in left} == stood - told and any(c.kind == "ageing" for c in left)


def test_values_then_and_since_stand_side_by_side(sealed: Path) -> None:
    source = open_source(Address())
    made = tables.make(source, "semaines-valeurs", {"since": FIRST, "until": "today"})
    assert made is not None
    rows = {row[0]: row for row in made.file_rows()}
    assert rows["F1.1"][2] == pytest.approx(5.0) and rows["F1.1"][3] == pytest.approx(15.08 / 3)
    assert rows["P4.1"][5:7] == ["Atteint", "En écart"] and len(rows) == len(source.catalogue.kpis)
    sides = weeks_reads.sides(source.in_week(FIRST), source)
    first = [side for side in sides if weeks_reads.is_first(side, source)]
    assert list(sides[: len(first)]) == first and 6 <= len(first) < len(sides)


def test_decisions_and_actions_are_those_of_the_sealed_reviews(sealed: Path) -> None:
    made = tables.make(open_source(Address()), "semaines-decisions", {"since": FIRST, "until": SECOND})
    assert made is not None
    rows = [row[:4] for row in made.file_rows()]
    assert [FIRST, "Décision", f"Relancer la Région ({FIRST})", "local"] in rows
    assert [row[0] for row in rows] == [FIRST, FIRST, SECOND, SECOND] and rows[1][3] == "DADI"


@pytest.mark.parametrize(
    ("asked", "since", "until"),
    [
        ({}, FIRST, SECOND),  # nothing was written after the last one
        ({"since": FIRST}, FIRST, ""),
        ({"since": SECOND, "until": FIRST}, FIRST, SECOND),
        ({"until": SECOND}, FIRST, SECOND),
        ({"since": SECOND, "until": "today"}, SECOND, ""),
    ],
)
def test_the_moments_of_an_address(sealed: Path, asked: dict[str, str], since: str, until: str) -> None:
    pair = weeks_reads.pair(open_source(Address()), asked.get("since", ""), asked.get("until", ""))
    assert pair is not None and (pair.since.week, pair.until.week) == (since, until)


def test_once_something_is_written_the_last_week_is_compared_with_today(
    sealed_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEVIER_STORE", str(copy_of(sealed_path, tmp_path)))
    source = open_source(Address())
    source.store.record(source.actor, "notes", [{"about": "week", "subject": SECOND, "words": "x"}])
    pair = weeks_reads.pair(open_source(Address()), "", "")
    assert pair is not None and (pair.since.week, pair.until.week) == (SECOND, "")


def test_in_a_sealed_week_it_is_compared_with_the_one_before(sealed: Path, visit: Visit) -> None:
    pair = weeks_reads.pair(open_source(Address(week=SECOND)), "", "")
    assert pair is not None and (pair.since.week, pair.until.week) == (FIRST, SECOND)
    first = weeks_reads.pair(open_source(Address(week=FIRST)), "", "")  # nothing before it: the one after
    assert first is not None and (first.since.week, first.until.week) == (FIRST, SECOND)
    page = plain(shown(visit("semaines", week=FIRST)))
    assert "Choisissez deux moments différents" not in page and "2 semaines scellées" in page
    assert "Liste d’aujourd’hui" in page and "Liste d’aujourd’hui" not in shown(visit("semaines"))


def test_what_stands_no_longer_is_told_of_its_day_without_alarm(sealed: Path) -> None:
    week = open_source(Address()).in_week(FIRST)
    pair = weeks_reads.Pair(replace(week, asked=date(2015, 3, 31)), week)
    found = weeks_reads.between(pair.since, pair.until) or ()
    left = weeks_reads.gone(pair.since, pair.until)
    drawn = weeks_page._left(pair, left, found)
    page = plain(drawn)
    assert "Vrai au 31 mars 2015, plus au 30 juin 2015." in page and "Au 31 mars 2015 : «" in page
    assert weeks_page.mark("off_target") not in drawn and weeks_page.mark("unknown") in drawn
    why = {one.key: weeks_reads.since_then(one, found) for one in left}
    assert any(why.values()) and "Depuis :" in page
    for one in left:
        assert all(new.is_new and (new.project, new.kpi, new.partner) != ("", "", "") for new in why[one.key])


def test_an_action_that_was_closed_since_says_so(
    sealed_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEVIER_STORE", str(copy_of(sealed_path, tmp_path)))
    source = open_source(Address())
    (known,) = source.engine.frame("SELECT * FROM actions WHERE action_id = ?", [f"A-{FIRST}"]).to_dict(
        "records"
    )
    row = {name: known[name] for name in ("action_id", "meeting_id", "words", "owner", "due_on")}
    closed = {"state": "done", "closed_on": date(2015, 7, 14), "outcome": "Envoyé"}
    assert source.store.record(source.actor, "actions", [row | closed]).ok
    made = tables.make(open_source(Address()), "semaines-decisions", {"since": FIRST, "until": "today"})
    assert made is not None
    states = [row[-1] for row in made.file_rows() if row[1] == "Action"]
    assert states == ["faite le 14 juillet 2015, close entre les deux"]
    before = tables.make(open_source(Address()), "semaines-decisions", {"since": FIRST, "until": SECOND})
    assert before is not None
    assert [row[-1] for row in before.file_rows() if row[1] == "Action"] == ["à faire", "à faire"]


def test_on_a_phone_each_value_bears_its_title(sealed: Path, visit: Visit) -> None:
    page = shown(visit("semaines", since=FIRST, until=SECOND))
    for title in ("Valeur d’alors", "Statut d’ensuite", "Décisions", "État"):
        assert f'data-head="{title}"' in page


def test_the_same_week_twice_or_an_unknown_one_is_said(sealed: Path, visit: Visit) -> None:
    assert "Choisissez deux moments" in shown(visit("semaines", since=FIRST, until=FIRST))
    page = shown(visit("semaines", since="2015-W40", until=FIRST))
    assert "Aucune semaine scellée ne s" in page and "incident" not in page and "lv-pick" in page
    assert files.answer("semaines-valeurs", "csv", {"since": "2015-W40"}).status_code == 404


def test_an_altered_week_is_the_first_thing_said_at_once(
    sealed_path: Path, tmp_path: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEVIER_STORE", str(copy_of(sealed_path, tmp_path)))
    assert "toutes intactes" in shown(visit("semaines", since=FIRST, until=SECOND))
    path = frozen.final(places(), FIRST)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    page = plain(shown(visit("semaines")))
    assert "1 semaine scellée est altérée" in page and "La semaine 2015-W28 a été altérée" in page
    assert page.count("intacte") == 1 and "altérée Synthèse" in page


def test_english(sealed: Path, visit: Visit) -> None:
    page = plain(shown(visit("semaines", lang="en", since=FIRST, until=SECOND)))
    assert "From week 28 of 2015 to week 29 of 2015: 2 changes, 1 row of the past corrected" in page
    assert "Data corrected since, and by which import" in page and "semaine" not in page.replace(
        "/semaines", ""
    )


@pytest.mark.parametrize(
    ("name", "words"), [("2015-W28", "Semaine 28 de 2015"), ("2016-W01", "Semaine 1 de 2016"), ("x", "X")]
)
def test_weeks_in_words(name: str, words: str) -> None:
    assert week_title(name) == words
