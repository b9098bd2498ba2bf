"""The weekly review on its screen: each state of it, what is written, by whom, and what another writes meanwhile."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.access import Actor, local_actor
from data.store import Store
from metrics.meetings import Action, AgendaItem, Meeting, read_actions, read_meeting
from metrics.refresh import after_import, rule_settings
from pages.parts.address import Address
from pages.parts.review_edit import moved
from pages.parts.review_reads import facts, of_item, stored_lately
from pages.parts.review_said import merged
from pages.parts.review_start import proposal
from pages.parts.source import open_source
from pages.texts.review import state
from schemas.week import week_of
from tests.pages.conftest import Visit, shown
from tests.pages.test_levier import said
from tests.town import copy_of, town_store

WEEK, MONDAY = "2015-W28", date(2015, 7, 6)
LATE = {
    "action_id": "late",
    "meeting_id": "2015-W27",
    "words": "Relancer la Région",
    "owner": "Resp. financements",
    "due_on": date(2015, 7, 3),
    "state": "open",
    "project": "P004",
}
OPENED = {"meeting_id": WEEK, "held_on": MONDAY, "minutes": 60, "opened_at": "2015-07-06T07:00:00+00:00"}
POINTS = [
    {"item_id": "suivi", "position": 1, "kind": "followup", "title": "Suivi des actions", "minutes": 10},
    {
        "item_id": "debit",
        "position": 2,
        "kind": "exception",
        "title": "Débit : à surveiller",
        "kpi": "throughput",
        "change": "status:throughput",
        "minutes": 30,
    },
    {"item_id": "roles", "position": 3, "kind": "standing", "title": "Décisions, rôles", "minutes": 20},
]


def store_of(path: Path) -> Store:
    return Store(path, after=after_import, settings=rule_settings)


@pytest.fixture(scope="module")
def with_review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town whose review of 6 July runs, with one overdue action: read only."""
    path = copy_of(town_store(tmp_path_factory), tmp_path_factory.mktemp("revue"))
    points = [point | {"meeting_id": WEEK} for point in POINTS]
    done = store_of(path).record_all(
        local_actor(), {"meetings": [OPENED], "agenda_items": points, "actions": [LATE]}
    )
    assert done.ok, done.errors
    return path


@pytest.fixture
def running(with_review: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment names the town whose review runs: read only."""
    monkeypatch.setenv("LEVIER_STORE", str(with_review))
    return with_review


@pytest.fixture
def opened(with_review: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to write to."""
    path = copy_of(with_review, tmp_path)
    monkeypatch.setenv("LEVIER_STORE", str(path))
    return path


def to_do(path: Path) -> tuple[int, int]:
    """How many actions are open, and how many late on the day of the review, as the table tells by itself."""
    sql = "SELECT COUNT(*), COUNT(*) FILTER (due_on < ?) FROM actions WHERE state = 'open'"
    ((opened, late),) = Store(path).engine(local_actor()).rows(sql, [MONDAY])
    return opened, late


def meeting(path: Path) -> Meeting:
    found = read_meeting(Store(path).engine(local_actor()), WEEK)
    assert found is not None
    return found


def press(at: AppTest, words: str) -> AppTest:
    return next(one for one in at.button if one.label == words).click().run()


def viewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.parts.source.local_actor", lambda: Actor("élu", "viewer"))


def test_before_a_review_its_agenda_is_proposed_and_opening_stores_it(own_town: Path, visit: Visit) -> None:
    at = visit("revue")
    page = said(at)
    assert "La prochaine revue est proposée le lun. 6 juillet 2015" in page and "Tour des échéances" in page
    page = said(press(at, "Ouvrir la revue"))
    found = meeting(own_town)
    assert found.held_on == MONDAY and found.opened_at is not None
    assert sum(item.minutes for item in found.items) == 60 == found.minutes
    kinds = [item.kind for item in found.items]
    assert kinds == ["followup", *["exception"] * (len(kinds) - 3), "standing", "standing"] and len(kinds) > 4
    assert "Point 1 sur" in page and found.items[0].title.replace("\u00a0", " ") in page


def test_a_review_shows_clock_agenda_point_and_actions(running: Path, visit: Visit) -> None:
    page = said(visit("revue", item="debit"))
    assert "Point 2 sur 3, 30 minutes" in page and "sur 60 min" in page and "Voir la fiche P2.2" in page
    assert 'data-opened="2015-07-06T07:00:00+00:00"' in shown(visit("revue"))
    opened, late = to_do(running)
    assert f"{opened} actions ouvertes, {late} en retard" in page and "En retard de 3 jours" in page
    first = said(visit("revue"))
    assert "Suivi des actions" in first and "Point 1 sur 3" in first


def test_what_is_said_is_stored_when_its_field_is_left(opened: Path, visit: Visit) -> None:
    at = visit("revue", item="debit")
    at.text_area[0].set_value("Congés de juin.").run()
    assert meeting(opened).items[1].said == "Congés de juin."
    at.text_area[0].set_value("Congés de juin. À revoir fin juillet.").run()
    assert meeting(opened).items[1].said == "Congés de juin. À revoir fin juillet."
    assert visit("revue", item="debit").text_area[0].value == "Congés de juin. À revoir fin juillet."


def test_what_another_stored_meanwhile_is_kept_beside_mine(opened: Path, visit: Visit) -> None:
    one, other = visit("revue", item="debit"), visit("revue", item="debit")
    one.text_area[0].set_value("Dit par l’une.").run()
    other.text_area[0].set_value("Dit par l’autre.").run()
    assert meeting(opened).items[1].said == "Dit par l’une.\nDit par l’autre."
    assert other.text_area[0].value == "Dit par l’une.\nDit par l’autre."


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "both"),
    [
        ("", "", "a", "a"),
        ("a", "a", "a b", "a b"),
        ("a", "a", "", ""),
        ("a", "a c", "a b", "a c\nb"),
        ("", "c", "b", "c\nb"),
        ("a", "a c", "a", "a c"),
        ("a", "a c", "", "a c"),
        ("a", "", "a b", "a b"),
        ("a", "a b", "a b", "a b"),
    ],
)
def test_two_texts_from_one(base: str, theirs: str, mine: str, both: str) -> None:
    assert merged(base, theirs, mine) == both


def test_a_decision_is_noted_linked_and_taken_back(opened: Path, visit: Visit) -> None:
    at = visit("revue", item="debit", form="decision")
    at.text_area[-1].set_value("Recruter un instructeur.")
    at = press(at, "Enregistrer la décision")
    found = meeting(opened).decisions
    assert [(one.words, one.kpi, one.item_id) for one in found] == [
        ("Recruter un instructeur.", "throughput", "debit")
    ]
    assert "Recruter un instructeur." in said(at) and "form" not in at.query_params
    press(at, "Annuler")
    assert not meeting(opened).decisions


def test_an_action_needs_an_owner_and_is_for_next_monday(opened: Path, visit: Visit) -> None:
    at = visit("revue", item="debit", form="action")
    at.text_area[-1].set_value("Chiffrer le renfort.")
    at = press(at, "Enregistrer l’action")
    assert [one.value for one in at.warning] and not meeting(opened).actions
    owner = next(box for box in at.selectbox if box.label.startswith("Responsable"))
    assert "Resp. financements" in owner.options, "a role that had an action is suggested"
    owner.set_value("Resp. financements")
    press(at, "Enregistrer l’action")
    (action,) = meeting(opened).actions
    assert (action.owner, action.due_on, action.kpi) == (
        "Resp. financements",
        date(2015, 7, 13),
        "throughput",
    )


def test_personal_data_do_not_enter(opened: Path, visit: Visit) -> None:
    at = visit("revue", item="debit", form="decision")
    at.text_area[-1].set_value("Écrire à paul.durand@valombre.fr.")
    page = said(press(at, "Enregistrer la décision"))
    assert "Rien n’est enregistré" in page and not meeting(opened).decisions


def state_of(path: Path) -> Any:
    return next(one for one in read_actions(Store(path).engine(local_actor())) if one.action_id == "late")


def test_an_action_is_done_with_its_outcome(opened: Path, visit: Visit) -> None:
    at = visit("revue", item="suivi", act="late", do="done")
    at.text_area[-1].set_value("Convention reçue.")
    press(at, "Noter comme faite")
    action = state_of(opened)
    assert (action.state, action.outcome, action.closed_on) == ("done", "Convention reçue.", MONDAY)


def test_an_action_is_postponed(opened: Path, visit: Visit) -> None:
    page = said(press(visit("revue", item="suivi", act="late", do="postpone"), "Reporter l’action"))
    assert state_of(opened).due_on == date(2015, 7, 13) and "Dans les temps" in page


def test_an_action_is_not_dropped_without_a_word(opened: Path, visit: Visit) -> None:
    at = press(visit("revue", item="suivi", act="late", do="drop"), "Abandonner l’action")
    assert at.warning and state_of(opened).is_open


def test_the_agenda_is_edited(opened: Path, visit: Visit) -> None:
    at = visit("revue", step="edit")
    at.text_input(key="edit.title.roles").set_value("Rôles")
    at.number_input(key="edit.minutes.debit").set_value(25)
    at.button(key="edit.up.roles").click().run()
    assert [(one.item_id, one.title, one.minutes) for one in meeting(opened).items] == [
        ("suivi", "Suivi des actions", 10),
        ("roles", "Rôles", 20),
        ("debit", "Débit : à surveiller", 25),
    ]
    at = visit("revue", step="edit")
    at.button(key="edit.out.debit").click().run()
    assert [one.item_id for one in meeting(opened).items] == ["suivi", "roles"]


def test_points_move_within_their_list() -> None:
    items = [
        AgendaItem(id, WEEK, place, "new", id, "", "", "", "", 5, False, "")
        for place, id in enumerate("abc", 1)
    ]
    ways = [("b", "up"), ("b", "down"), ("a", "up"), ("c", "down"), ("a", "out"), ("x", "up")]
    found = {way: [item.item_id for item in moved(items, *way)] for way in ways}
    assert ["".join(found[way]) for way in ways] == ["bac", "acb", "abc", "abc", "bc", "abc"]
    assert [item.position for item in moved(items, "a", "down")] == [1, 2, 3]


def test_a_viewer_reads_and_writes_nothing(
    running: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer(monkeypatch)
    at = visit("revue", item="debit", form="decision")
    page = shown(at)
    assert "Débit" in page and not at.text_area and not at.button
    assert "Noter une décision" not in page and "Clore et sceller" not in page
    assert not visit("revue", step="edit").text_input
    closing = visit("revue", step="close")
    assert "Votre rôle ne scelle pas" in said(closing) and not closing.button


def test_sealing_freezes_the_review_and_carries_its_actions(opened: Path, visit: Visit) -> None:
    at = visit("revue", step="close")
    page = said(at)
    assert "0 point traité sur 3" in page and "Ce qui continue : " in page
    page = said(press(at, "Sceller la semaine"))
    assert "Revue du lun. 6 juillet 2015" in page and "Scellée" in page
    assert meeting(opened).is_sealed
    again = visit("revue", meeting=WEEK)
    # What is left to write is a note beside the minutes, never the minutes.
    assert [area.label for area in again.text_area] == [
        "Note"
    ] and "Préparer la revue du lun. 13 juillet 2015" in said(again)
    page = said(visit("revue"))
    assert "proposée le lun. 13 juillet 2015" in page and "Suivi des actions" in page


def test_before_sealing_each_is_asked_whether_their_words_are_stored(opened: Path, visit: Visit) -> None:
    page = said(visit("revue", step="close"))
    assert "Chacun a-t-il enregistré sa saisie ?" in page
    assert "Points enregistrés" not in page, "opening the review stored them all: nobody typed"
    visit("revue", item="debit").text_area[0].set_value("Congés de juin.").run()
    page = said(visit("revue", step="close"))
    assert f"Points enregistrés ces dix dernières minutes : 1 par {local_actor().name}." in page
    source = open_source(Address())
    later = datetime.now(UTC) + timedelta(minutes=11)
    assert stored_lately(source, WEEK) and not stored_lately(source, WEEK, later)


def test_every_review_held_can_be_opened(own_town: Path, visit: Visit) -> None:
    mondays = [date(2014, 1, 6) + timedelta(days=7 * n) for n in range(15)]
    rows = [{"meeting_id": week_of(day), "held_on": day, "minutes": 60} for day in mondays]
    assert store_of(own_town).record_all(local_actor(), {"meetings": rows}).ok
    page = shown(visit("revue"))
    assert all(f"meeting={week_of(day)}" in page for day in mondays)


@pytest.mark.parametrize(
    ("late", "carried", "shape"),
    [(0, 0, "on_target"), (0, 3, "on_target"), (1, 3, "watch"), (14, 0, "watch"), (15, 0, "off_target")],
)
def test_the_shape_of_an_action_says_its_lateness_only(late: int, carried: int, shape: str) -> None:
    due_on = MONDAY - timedelta(days=late)
    about = ("", "", "", "open", None, "", "", None)
    action = Action("a", WEEK, "", "Relancer", "DADI", due_on, *about, carried=carried)
    found, words = state(action, MONDAY)
    assert found == shape and words.startswith("En retard" if late else "Dans les temps")
    assert ("reportée" in words) == bool(carried)


def test_a_kind_is_one_point_and_a_fact_without_one_is_given_it(own_town: Path, visit: Visit) -> None:
    at = visit("revue")
    assert "sans point" in said(at) and "ajoutez les vôtres" in said(at)
    (box,) = at.multiselect
    (key, *_) = box.options
    at.session_state["revue.wanted"] = [wanted := without_point()]
    page = said(press(at.run(), "Ouvrir la revue"))
    assert key and "Point 1 sur" in page
    items = [item for item in meeting(own_town).items if item.changes]
    assert wanted in [key for item in items for key in item.changes]
    kinds = [item.change.partition(":")[0] for item in items]
    assert all(kinds.count(kind) == 1 for kind in ("ageing", "late", "silent") if kind in kinds)
    many = next(item for item in items if len(item.changes) > 1)
    page = shown(visit("revue", item=many.item_id))
    assert page.count("<li") and not many.project
    for one in of_item(open_source(Address()), many):
        assert str(one.facts.get("title") or one.facts.get("name"))[:12] in page


def without_point() -> str:
    """The key of a fact that the rule gives no point."""
    source = open_source(Address())
    items = proposal(source, MONDAY, 60)
    there = {one.key for item in items for one in item.changes}
    return next(one.key for one in facts(source) if one.key not in there)


def test_what_is_typed_after_another_sealed_is_not_stored_and_said(opened: Path, visit: Visit) -> None:
    at = visit("revue", item="debit")
    store_of(opened).seal(local_actor(), WEEK)
    at.text_area[0].set_value("Trop tard.").run()
    assert meeting(opened).items[1].said == ""
    assert "cette semaine vient d’être scellée" in said(at)


def test_a_review_is_held_on_the_latest_data(town: Path, visit: Visit) -> None:
    assert "Ouvrir la revue au 30 juin 2015" in said(visit("revue", as_of="2015-03-31"))


def test_projected_the_masthead_is_one_line(running: Path, visit: Visit) -> None:
    page = said(visit("revue", projection="1"))
    assert "Revue hebdomadaire de la DADI, lun. 6 juillet 2015" in page and "Quitter la projection" in page
    assert "lv-nav" not in shown(visit("revue", projection="1"))


def test_every_state_in_english(running: Path, visit: Visit) -> None:
    opened, late = to_do(running)
    page = said(visit("revue", item="debit", lang="en"))
    assert (
        "Item 2 of 3, 30 minutes" in page
        and f"{opened} open actions, {late} overdue" in page
        and "Close and seal" in page
    )
    assert "What will be frozen" in said(visit("revue", step="close", lang="en"))
