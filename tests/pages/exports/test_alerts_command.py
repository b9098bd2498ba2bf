"""``python -m pages.exports alerts``: digests for each group, mails of what was reviewed, and words for whatever stops it."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from data.access import local_actor
from data.store import Store
from metrics.briefs import read_choices
from metrics.refresh import after_import, rule_settings
from pages.exports.__main__ import main
from tests.pages.exports.mailserver import Box, serving


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings' file, named by the environment; it is not there yet."""
    file = tmp_path / "settings" / "mail.yml"
    file.parent.mkdir()
    monkeypatch.setenv("LEVIER_MAIL", str(file))
    return file


def settings(file: Path, port: int, **more: object) -> None:
    told = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "levier@ville.example"}
    people = [{"name": "Cabinet", "address": "secret@ville.example", "lang": "en", "rules": ["cabinet"]}]
    whole = told | {"base_url": "https://levier.example", "recipients": people} | more
    file.write_text(yaml.safe_dump(whole), "utf-8")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["alerts", *arguments])
    told = capsys.readouterr()
    return code, *(words.replace("\u00a0", " ").replace("\u202f", " ") for words in told)  # type: ignore[return-value]


def test_the_digests_of_each_group(
    town: Path, mail: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    code, told, wrong = run(capsys, str(out))
    assert (
        code == 0
        and "alertes n’ont pas de lien : ajoutez --base-url" in wrong
        and "alertes au 30 juin 2015" in told
        and "8 fichiers dans out" in told
    )
    found = sorted(path.relative_to(out).as_posix() for path in out.rglob("*"))
    assert [name for name in found if "." in name] == sorted(
        f"{group}digest.{form}" for group in ("", "cabinet/", "dadi/", "donnees/") for form in ("html", "txt")
    )
    assert "https://" not in (out / "digest.txt").read_text("utf-8")


def test_links_lead_where_the_command_says(
    town: Path, mail: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, served = tmp_path / "out", "https://tableau.ville.example"
    code, _, wrong = run(capsys, str(out), "--base-url", f"{served}/")
    assert (code, wrong) == (0, "") and f'href="{served}/' in (out / "digest.html").read_text("utf-8")
    settings(mail, 25)  # what is typed goes before what is set
    run(capsys, str(out), "--base-url", served)
    text = (out / "cabinet" / "digest.txt").read_text("utf-8")
    assert f"{served}/" in text and "https://levier.example" not in text
    with pytest.raises(SystemExit) as refused:
        run(capsys, str(out), "--base-url", "javascript:alert(1)")
    assert refused.value.code == 2


def test_another_date_another_start_another_language(
    town: Path, mail: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(mail, 25)
    code, told, _ = run(
        capsys, str(tmp_path / "out"), "--as-of", "2015-03-31", "--since", "2014-12-31", "--lang", "en"
    )
    text = (tmp_path / "out" / "digest.txt").read_text("utf-8")
    assert code == 0 and "at 31 March 2015" in told and "compared with 31 December 2014" in text
    assert "https://levier.example/" in text and "lang=en&as_of=2015-03-31" in text


def test_sending_waits_for_the_review_and_goes_once(
    own_town: Path, mail: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, box = str(tmp_path / "out"), Box()
    code, _, wrong = run(capsys, out, "--send")
    assert code == 1 and "Aucun envoi n’est réglé." in wrong
    with serving(box) as port:
        settings(mail, port)
        code, _, wrong = run(capsys, out, "--send")
        assert code == 1 and "Rien ne part sans relecture" in wrong and not box.received
        _review(own_town)
        code, told, wrong = run(capsys, out, "--send")
        assert (code, wrong) == (0, "") and "Cabinet : envoyé." in told
        code, told, _ = run(capsys, out, "--send")
        assert code == 0 and "Cabinet : pas envoyé. Un courriel est déjà parti" in told
    (found,) = box.mails
    assert [part.get_filename() for part in found.iter_attachments()] == ["mayors-brief-2015-06-30.pdf"]
    assert "secret" not in told + wrong and "@" not in told + wrong


def _review(town: Path) -> None:
    """Record the review of exactly what goes, as the screen does."""
    from dataclasses import replace

    from metrics import alertrules, moment
    from metrics.definitions import load
    from metrics.folders import SHIPPED
    from metrics.states import State
    from pages.exports.outgoing import outgoing

    store = Store(town, after=after_import, settings=rule_settings)
    engine, as_of = store.engine(local_actor()), date(2015, 6, 30)
    state = State(engine, load([SHIPPED]), as_of, today=date.today())
    before = moment.before(engine, as_of)
    assert before is not None
    rules = alertrules.in_force([SHIPPED], state.catalogue)
    choices = read_choices(engine, as_of)
    going = outgoing(state, rules, since=replace(state, as_of=before), choices=choices)
    row = {"as_of": as_of, "edition": going.sha256}
    assert store.record(local_actor(), "brief_reviews", [row]).ok


def test_what_stops_it_is_said(
    town: Path,
    mail: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    assert run(capsys, str(tmp_path / "file"))[0] == 2
    assert run(capsys, str(tmp_path / "no" / "out"))[0] == 2
    settings(mail, 25, host="two words")
    code, _, wrong = run(capsys, str(tmp_path / "out"))
    assert code == 0 and "« host »" in wrong
    own = tmp_path / "own"
    own.mkdir()
    (own / "alerts.yml").write_text("plan:\n  when: never\n", "utf-8")
    monkeypatch.setenv("LEVIER_CATALOGUE", str(own))
    code, _, wrong = run(capsys, str(tmp_path / "out"))
    assert code == 0 and "alerts.yml : la règle « plan » est refusée." in wrong


def test_an_empty_store_has_no_alert(
    empty: Path, mail: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, wrong = run(capsys, str(tmp_path / "out"))
    assert code == 1 and "importez-les d’abord" in wrong and not (tmp_path / "out").exists()
