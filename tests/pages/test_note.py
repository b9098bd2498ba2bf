"""The mayor's brief on its screen: chosen, previewed, reviewed for exactly what it says, sent; who may not only looks."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from data.access import Actor, Forbidden, local_actor
from data.store import Store
from metrics.briefs import LEAD, read_choices
from pages.exports import awaited
from pages.parts import brief_forms, brief_preview, brief_reads, brief_sending
from pages.parts.address import Address
from pages.parts.source import open_source
from tests.pages.conftest import Visit, shown
from tests.pages.exports.mailserver import Box, serving
from tests.pages.test_levier import said

AS_OF = date(2015, 6, 30)
LEVER, RAISED, FILES = "kpi:leverage_awarded", "kpi:cofinancing_raised", "kpi:active_files"


@pytest.fixture(autouse=True)
def no_mail(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEVIER_MAIL", str(tmp_path / "none.yml"))


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Box]:
    """A server, and the settings that name it."""
    box, file = Box(), tmp_path / "mail" / "mail.yml"
    file.parent.mkdir()
    with serving(box) as port:
        told = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "levier@ville.example"}
        told |= {"base_url": "https://levier.example"}  # type: ignore[dict-item]
        people = [
            {"name": "Cabinet", "address": "secret.cabinet@ville.example"},
            {"name": "Desk", "address": "secret.desk@ville.example", "lang": "en", "rules": ["cabinet"]},
        ]
        file.write_text(yaml.safe_dump(told | {"recipients": people}), "utf-8")
        monkeypatch.setenv("LEVIER_MAIL", str(file))
        yield box


def press(at: AppTest, name: str, key: str = "") -> AppTest:
    """Press a button of the screen, or of one line."""
    wanted = f"brief.{name}.{key}" if key else f"brief.{name}"
    return next(one for one in at.button if one.key == wanted).click().run()


def order(at: AppTest) -> list[str]:
    """The titles of the lines, from top to bottom."""
    return re.findall(r'class="lv-brief-line"><div class="lv-alert-head">.*?<a [^>]*>(.*?)</a>', shown(at))


def choices(path: Path):  # type: ignore[no-untyped-def]
    return read_choices(Store(path).engine(local_actor()), AS_OF)


def test_the_screen_has_the_lines_the_page_and_what_to_do(town: Path, visit: Visit) -> None:
    at = visit("note")
    page, words = shown(at), said(at)
    assert "À relire avant de partir" in words and "Note du 30 juin 2015" in words
    source = open_source(Address())
    lines = brief_reads.lines(source)
    assert [line.key for line in lines if line.group == "claims"][:2] == [RAISED, LEVER] or LEVER in {
        line.key for line in lines
    }
    going = brief_reads.going(source)
    claims = {f"kpi:{one.kpi}" for one in going.editions["fr"].claims}
    assert claims == {line.key for line in lines if line.group == "claims"}
    assert f'src="/fichiers/apercu-note.png?v={going.sha256[:16]}' in page
    alt = re.search(r'<img [^>]*alt="([^"]+)"', page)
    assert alt and "Note au maire du 30" in alt[1] and "6 affirmations" in alt[1]
    assert "Aucun envoi n’est réglé" in words


def test_lines_are_pinned_moved_hidden_and_taken_back(own_town: Path, visit: Visit) -> None:
    at = press(press(visit("note"), "pin", FILES), "pin", LEVER)
    assert choices(own_town).pinned == (FILES, LEVER)
    assert order(at)[:2] == ["File active", "Effet de levier notifié"]
    state = {one.key: one.disabled for one in at.button}
    assert (state[f"brief.up.{FILES}"], state[f"brief.down.{FILES}"]) == (True, False)
    assert (state[f"brief.up.{LEVER}"], state[f"brief.down.{LEVER}"]) == (False, True)
    at = press(at, "up", LEVER)
    assert choices(own_town).pinned == (LEVER, FILES)
    at = press(at, "down", LEVER)
    source = open_source(Address())
    assert next(one.kpi for one in brief_reads.going(source).editions["fr"].claims) == "active_files"
    assert f"brief.hide.{FILES}" not in {one.key for one in at.button}  # the title counts it
    line = next(one for one in brief_reads.lines(source) if one.group == "decisions").key
    at = press(at, "hide", line)
    assert choices(own_town).is_hidden(line) and "masquée" in said(at)
    kept = brief_reads.going(open_source(Address())).editions["fr"]
    assert line not in {one.key for one in kept.decisions}
    at = press(at, "show", line)
    assert not choices(own_town).is_hidden(line)
    next(one for one in at.button if one.label == "Annuler cette saisie").click().run()
    assert choices(own_town).is_hidden(line)


def test_an_overdue_action_is_a_line_and_the_count_is_the_page_s(own_town: Path, visit: Visit) -> None:
    lines = [one for one in brief_reads.lines(open_source(Address())) if one.group == "decisions"]
    late = [one.key for one in lines if one.key.startswith("action:")]
    at = visit("note")
    assert late and {f"brief.pin.{late[0]}", f"brief.hide.{late[0]}"} <= {one.key for one in at.button}
    made = brief_reads.going(open_source(Address())).editions["fr"]
    assert awaited.title(made) in shown(at)


def test_words_open_the_brief_and_comment_a_line(own_town: Path, visit: Visit) -> None:
    at = visit("note")
    at.text_area[0].set_value("Un bon mois.")
    at = next(one for one in at.button if one.label == "Enregistrer le mot d’ouverture").click().run()
    assert choices(own_town).words(LEAD) == "Un bon mois."
    area = next(one for one in at.text_area if one.label == "Commentaire, pour le maire")
    area.set_value("À redire au conseil.")
    at = next(one for one in at.button if one.label == "Enregistrer le commentaire").click().run()
    assert "Note : À redire au conseil." in said(at)
    made = brief_reads.going(open_source(Address())).editions["en"]
    assert made.lead == "Un bon mois." and "À redire au conseil." in {one.comment for one in made.claims}


def test_a_review_is_of_what_was_read_and_no_more(own_town: Path, visit: Visit) -> None:
    at = press(visit("note"), "reviewed")
    assert "prête à partir" in said(at) and "Relue le" in said(at)
    going = brief_reads.going(open_source(Address()))
    assert going.review is not None and going.review.edition == going.sha256
    at = press(at, "pin", LEVER)
    assert "Modifiée depuis la relecture : à relire" in said(at)
    at = press(at, "unpin", LEVER)
    assert "prête à partir" in said(at)  # as it was read
    at = press(at, "unreviewed")
    assert "À relire avant de partir" in said(at) and not choices(own_town).reviews


def test_it_goes_once_reviewed_and_once_a_day(own_town: Path, visit: Visit, mail: Box) -> None:
    at = visit("note")
    sender = next(one for one in at.button if one.key == "brief.send")
    assert sender.disabled and sender.label == "Envoyer à 2 destinataires"
    at = press(press(at, "reviewed"), "send")
    assert "Cabinet : envoyé." in said(at) and "Desk : envoyé." in said(at)
    assert sorted(mail.addresses) == ["secret.cabinet@ville.example", "secret.desk@ville.example"]
    french, english = mail.mails
    assert french.get_body(("plain",)) is not None and english["Content-Language"] == "en"
    assert [part.get_filename() for part in english.iter_attachments()] == ["mayors-brief-2015-06-30.pdf"]
    assert next(iter(french.iter_attachments())).get_content().startswith(b"%PDF")
    at = press(at, "send")
    assert (
        "Cabinet : pas envoyé. Un courriel est déjà parti aujourd’hui." in said(at)
        and len(mail.received) == 2
    )
    page = shown(at)
    assert "secret." not in page and "ville.example" not in page
    for file in own_town.parent.rglob("*"):
        if file.is_file() and file.name != "mail.yml":
            assert b"secret." not in file.read_bytes(), file.name


def test_a_failure_is_said_by_name(own_town: Path, visit: Visit, mail: Box) -> None:
    mail.refused = ("cabinet",)
    at = press(press(visit("note"), "reviewed"), "send")
    words = said(at)
    assert "Tout n’est pas parti" in words and "Cabinet : échec, à refaire." in words and "550" in words
    assert "secret." not in words and len(mail.received) == 1


def test_wrong_settings_are_said(
    town: Path, visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mail.yml"
    file.write_text("host: smtp.example\nsender: nobody\n", "utf-8")
    monkeypatch.setenv("LEVIER_MAIL", str(file))
    assert "« sender »" in said(visit("note"))


def test_a_viewer_looks_and_does_nothing(town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    viewer = Actor("visitor", "viewer")
    monkeypatch.setattr("pages.parts.source.local_actor", lambda: viewer)
    at = visit("note")
    assert "À relire" in said(at) and not [one for one in at.button if str(one.key).startswith("brief.")]
    assert not at.text_area
    source = open_source(Address(), viewer)
    assert "que votre rôle ne montre pas" in said(at) and "apercu-note" not in shown(at)
    assert brief_preview.answer({}).status_code == 403
    with pytest.raises(Forbidden):
        brief_sending.go(source, brief_reads.going(source), None)  # type: ignore[arg-type]


def test_the_picture_is_drawn_for_whoever_may_read(
    town: Path, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert brief_preview.answer({}).status_code == 404  # an empty store
    monkeypatch.setenv("LEVIER_STORE", str(town))
    found = brief_preview.answer({"lang": "en"})
    assert found.status_code == 200 and bytes(found.body).startswith(b"\x89PNG")
    assert brief_preview.answer({"scope": "DADI"}).status_code == 404


def test_a_directorate_and_an_empty_store_are_told_the_way(town: Path, visit: Visit) -> None:
    assert "celle de toute la ville" in said(visit("note", scope="DADI"))


def test_nothing_to_prepare_in_an_empty_store(empty: Path, visit: Visit) -> None:
    assert "La note se prépare dès le premier import" in said(visit("note"))


def test_in_english(town: Path, visit: Visit) -> None:
    words = said(visit("note", lang="en"))
    assert "To be reviewed before it goes" in words and "The page as it will go" in words


def test_places_are_dealt_anew_where_two_are_alike() -> None:
    from metrics.briefs import Choice, Choices

    lines = [brief_reads.Line(key, "claims", "unknown", key, "") for key in "ab"]
    alike = Choices({key: Choice(key, 4, is_pinned=True) for key in "ab"})
    assert [(one.change, one.position) for one in brief_forms.moved(lines, 1, 0, alike)] == [
        ("b", 1),
        ("a", 2),
    ]
