"""Any screen as of a sealed week: what was known then, in words, read only, by every link; clear where it cannot be opened."""

import csv
import gzip
import re
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from data import frozen
from data.access import Actor, Role
from data.places import places
from data.problems import BadRequest
from data.sealed import _OPEN
from metrics.refresh import catalogue_of
from pages.parts import files
from pages.parts.address import Address, parse
from pages.parts.screens import SCREENS, Screen
from pages.parts.source import Source, open_source
from tests.pages.conftest import Visit, shown
from tests.town import CSV, WEEKS, copy_of

FIRST, SECOND = WEEKS
ASKED = {"fiche": {"kpi": "leverage_awarded"}, "projet": {"id": "P001"}, "direction": {"name": "DADI"}}
ASKED |= {
    "preuve": {"kpi": "leverage_awarded"},
    "recherche": {"q": "gare"},
    "directions": {"kpi": "throughput"},
}
FORMS = ("file_uploader", "text_area", "date_input", "number_input", "radio")
STORING_NOTHING = {"etsi", "choix"}  # forms of questions
WRITING = {"seance", "indicateur", "questionnaire"}


def source(week: str = FIRST, **more: object) -> Source:
    return open_source(Address(week=week, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.path or "synthese")
def test_every_screen_opens_as_of_a_sealed_week_and_writes_nothing(
    sealed: Path, visit: Visit, screen: Screen
) -> None:
    at = visit(screen.path, week=FIRST, **ASKED.get(screen.path, {}))
    page = shown(at)
    assert "Semaine 28 de 2015, scellée le" in page and "telle qu’elle était connue" in page
    assert "incident" not in page and "ne peuvent pas être lues" not in page
    assert screen.path in STORING_NOTHING or not any(len(getattr(at, form)) for form in FORMS)
    assert ("Rien ne se saisit" in page) is (screen.path in WRITING)
    links = set(re.findall(r'href="(/[^"]*)"', page))
    away = {link for link in links if f"week={FIRST}" not in link and "week=" not in link}
    back = {link for link in away if re.match(rf"/{screen.path}(\?|$)", link)}
    assert back and all("as_of" not in link for link in away), away
    assert len(links) > 20 and away <= back | {link for link in away if link.startswith("/semaines")}


def test_review_brief_and_alerts_take_nothing_in_a_sealed_week_and_say_why(
    sealed: Path, visit: Visit
) -> None:
    review = shown(visit("revue", week=FIRST))
    assert "1 décision, 1 action prise" in review.replace(
        "\xa0", " "
    )  # its own review, whose minutes are read
    coming = shown(visit("revue", week=FIRST, meeting="new"))
    for page in (review, coming):
        assert "Demandez à l’administrateur" not in page and "Ouvrir la revue" not in page
    assert "rien ne se saisit" in coming and "Les revues connues au 30 juin 2015" in coming.replace(
        "\xa0", " "
    )
    note = visit("note", week=FIRST)
    page = shown(note)
    assert "rien ne se saisit" in page and "telle qu’elle se lisait au" in page and not note.button
    assert "À relire avant" not in page and "telle qu’elle partira" not in page
    assert "Préparer la note" not in shown(visit("alertes", week=FIRST))
    assert "Préparer la note" in shown(visit("alertes"))


def test_the_week_shows_what_was_known_and_today_what_is_known_now(sealed: Path, visit: Visit) -> None:
    then, now = source(), source("")
    assert (
        then.week == FIRST and then.as_of == date(2015, 6, 30) and then.seal is not None and now.seal is None
    )
    sql = "SELECT awarded_amount FROM financings WHERE financing_id = 'P001-F02'"
    assert [float(s.engine.rows(sql)[0][0]) for s in (then, source(SECOND), now)] == [
        800_000,
        880_000,
        880_000,
    ]
    old, new = (s.readings()["leverage_awarded"].value for s in (then, now))
    assert old == pytest.approx(5.0) and new is not None and new > 5.0
    assert "1 pour 5,00" in shown(visit("fiche", kpi="leverage_awarded", week=FIRST)).replace("\u202f", " ")
    assert then.today == then.seal.sealed_on and then.live.version(now.actor) == now.store.version(now.actor)


def test_a_sealed_week_is_read_with_the_definitions_of_its_day(
    sealed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LEVIER_CATALOGUE", str(tmp_path))
    own = "throughput:\n  label: {fr: Autre chose, en: Another thing}\n"
    (tmp_path / "mine.yml").write_text(own, "utf-8")
    then, now = source(), source("")
    assert now.catalogue.every["throughput"].label.fr == "Autre chose"
    assert then.catalogue.every["throughput"].label.fr != "Autre chose"
    assert catalogue_of(then.engine).every["throughput"].label == then.catalogue.every["throughput"].label
    told = then.readings()["throughput"]
    assert (
        told == source(SECOND).readings()["throughput"] and told.value is not None
    )  # kept ones, not computed anew


def test_links_searches_and_dates_stay_in_the_week(sealed: Path) -> None:
    then = source(scope="DADI", as_of=date(2015, 5, 31))
    told = {"lang": "fr", "as_of": "2015-05-31", "scope": "DADI", "week": FIRST}
    assert then.state == told and parse(told) == Address("fr", date(2015, 5, 31), "DADI", FIRST)
    assert f"week={FIRST}" in then.link("fiche", kpi="throughput") and "as_of=2015-05-31" in then.link(
        "fiche"
    )
    assert "week" not in then.link("fiche", week="") and "as_of" not in then.link("fiche", week="")
    assert f"week={SECOND}" in then.link("", week=SECOND) and "as_of" not in then.link("", week=SECOND)
    assert f"week={FIRST}" in then.to("", Address("en", None, ""))
    assert source(as_of=date(2016, 1, 31)).as_of == date(2015, 6, 30)  # not beyond what was known
    assert max(then.dates) <= date(2015, 6, 30)


def test_the_menu_of_dates_and_the_forms_keep_the_week(sealed: Path, visit: Visit) -> None:
    page = shown(visit("directions", week=FIRST, kpi="throughput"))
    forms = re.findall(r"<form.*?</form>", page, re.DOTALL)
    assert len(forms) >= 3 and all(f'name="week" value="{FIRST}"' in form for form in forms)
    assert 'max="2015-06-30"' in page


def test_who_reads_a_sealed_week_is_a_reader_and_the_data_layer_refuses(sealed: Path) -> None:
    assert source().actor.role == "reader" and source("").actor.role == "admin"
    assert open_source(Address(week=FIRST), Actor("x", "viewer")).actor.role == "viewer"
    then = source()
    roles: tuple[Role, ...] = ("reader", "admin")
    for role in roles:
        with pytest.raises(BadRequest, match="scellée"):
            then.store.record(Actor("x", role), "decisions", [{"words": "x"}])


@pytest.mark.parametrize(
    ("week", "lang", "words"), [("2015-W40", "fr", "Aucune semaine scellée"), ("<b>", "en", "No sealed week")]
)
def test_an_unknown_week_is_said_with_those_that_are(
    sealed: Path, visit: Visit, week: str, lang: str, words: str
) -> None:
    page = shown(visit("levier", week=week, lang=lang))
    assert words in page and "<b>»" not in page and "lv-mast" in page and "incident" not in page
    assert f"/levier?week={SECOND}" in page or f"/levier?lang={lang}&amp;scope=town&amp;week={SECOND}" in page


def test_an_altered_week_is_said_and_not_shown(
    sealed_path: Path, tmp_path: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = copy_of(sealed_path, tmp_path)
    monkeypatch.setenv("LEVIER_STORE", str(own))
    path = frozen.final(places(), FIRST)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    page = shown(visit("", week=FIRST))
    assert "La semaine 2015-W28 a été altérée" in page and "lv-sealed" not in page and "Trace" not in page
    assert files.answer("synthese-objectifs", "csv", {"week": FIRST}).status_code == 404


def test_files_of_a_sealed_week_say_so_and_hold_what_was_known(sealed: Path) -> None:
    answer = files.answer("fiche-serie", "csv", {"kpi": "leverage_awarded", "week": FIRST})
    assert answer.status_code == 200 and FIRST in answer.headers["Content-Disposition"]
    now = files.answer("fiche-serie", "csv", {"kpi": "leverage_awarded"})
    assert bytes(answer.body) != bytes(now.body)


def test_the_first_screen_of_a_sealed_week_comes_in_a_second(sealed: Path) -> None:
    source("").readings()
    _OPEN.clear()
    start = perf_counter()
    assert source().readings()
    assert perf_counter() - start < 5.0  # 0.3 s on a quiet machine


def test_a_sealed_week_of_the_town_holds_no_answer_of_anybody(sealed: Path) -> None:
    def ids(table: str, column: str) -> list[str]:
        with (CSV / f"{table}.csv").open(encoding="utf-8") as file:
            return [row[column] for row in csv.DictReader(file)]

    def found(given: bytes, wanted: list[str]) -> int:
        return sum(one.encode() in given for one in wanted)

    frozen_copy = gzip.decompress(frozen.final(places(), FIRST).read_bytes())
    everybody, partners = ids("survey_answers", "answer_id"), ids("partners", "partner_id")
    assert found(frozen_copy, everybody) == 0 and len(everybody) > 600
    # What is there is found so: the answers in the writer's own file, the partners in the copy.
    assert found(places().store.read_bytes(), everybody) == len(everybody)
    assert found(frozen_copy, partners) == len(partners)
