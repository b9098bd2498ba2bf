"""Mail against a real server: what arrives, what does not and why, once a day at most, and no address anywhere else."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pages.exports import mail, maildays
from pages.exports.mail import Letter, Outcome, send
from pages.exports.mailsettings import Recipient, Settings
from tests.pages.exports.mailserver import ACCOUNT, Box, free_port, made_certificate, serving

TODAY = date(2026, 11, 23)
CABINET = Recipient("Cabinet du maire", "cabinet@ville.example")
DADI = Recipient("DADI", "dadi@ville.example", "en")
REVIEWED = "a" * 64


def settings(folder: Path, port: int, **more: object) -> Settings:
    base = Settings(
        "127.0.0.1",
        port,
        "none",
        "levier@ville.example",
        "Levier, Valombre",
        "https://levier.example",
        (CABINET, DADI),
        timeout=3,
        file=folder / "mail.yml",
    )
    return replace(base, **more)  # type: ignore[arg-type]


def letter(to: Recipient = CABINET, content: str = REVIEWED, subject: str = "Levier : 3 alertes") -> Letter:
    text = "L'épargne baisse.\n.\nFin."
    return Letter(to, subject, text, "<p>L&#x27;épargne baisse.</p>", content, (("note.pdf", b"%PDF-1.7 x"),))


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def port(box: Box) -> Iterator[int]:
    with serving(box) as found:
        yield found


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_certificate(tmp_path_factory.mktemp("certificate"))


def test_a_mail_arrives_whole(tmp_path: Path, box: Box, port: int) -> None:
    (done,) = send(settings(tmp_path, port), [letter()], TODAY)
    assert done == Outcome("Cabinet du maire", "sent") and box.addresses == ["cabinet@ville.example"]
    (found,) = box.mails
    assert found["To"] == "Cabinet du maire <cabinet@ville.example>" and found["Date"] and found["Message-ID"]
    assert found["From"] == '"Levier, Valombre" <levier@ville.example>'
    assert found["Subject"] == "Levier : 3 alertes" and found["Message-ID"].endswith("@ville.example>")
    words, html = found.get_body(("plain",)), found.get_body(("html",))
    assert words is not None and words.get_content().splitlines() == ["L'épargne baisse.", ".", "Fin."]
    assert html is not None and html.get_content().strip() == "<p>L&#x27;épargne baisse.</p>"
    (joined,) = found.iter_attachments()
    assert (joined.get_filename(), joined.get_content()) == ("note.pdf", b"%PDF-1.7 x")
    assert [part.get_content_type() for part in found.walk()][:2] == [
        "multipart/mixed",
        "multipart/alternative",
    ]


def test_at_most_one_a_day_whatever_the_content(tmp_path: Path, box: Box, port: int) -> None:
    given = settings(tmp_path, port)
    assert [one.result for one in send(given, [letter()], TODAY)] == ["sent"]
    assert [one.result for one in send(given, [letter(content="b" * 64)], TODAY)] == ["already"]
    assert [one.result for one in send(given, [letter()], TODAY + timedelta(1))] == ["same"]
    assert [one.result for one in send(given, [letter(content="b" * 64)], TODAY + timedelta(1))] == ["sent"]
    assert len(box.received) == 2


def test_two_runs_at_once_send_one(tmp_path: Path, box: Box, port: int) -> None:
    given, found = settings(tmp_path, port), []
    runs = [threading.Thread(target=lambda: found.extend(send(given, [letter()], TODAY))) for _ in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert sorted(one.result for one in found) == ["already"] * 3 + ["sent"] and len(box.received) == 1


def test_a_run_that_waits_in_vain_says_so(tmp_path: Path, box: Box, port: int) -> None:
    given = settings(tmp_path, port)
    with maildays.held(given.file):
        (done,) = send(given, [letter()], TODAY, patience=0.05)
    assert done.result == "failed" and "en cours" in done.words and not box.received


def test_a_refused_recipient_leaves_the_others_and_is_tried_again(
    tmp_path: Path, box: Box, port: int
) -> None:
    given, both = settings(tmp_path, port), [letter(), letter(DADI)]
    box.refused = ("cabinet@",)
    first, second = send(given, both, TODAY)
    assert (first.result, second.result) == ("failed", "sent") and "550" in first.words
    assert "cabinet@" not in first.words
    box.refused = ()
    assert [one.result for one in send(given, both, TODAY)] == ["sent", "already"]
    assert box.addresses == ["dadi@ville.example", "cabinet@ville.example"]


def test_a_refused_message_is_not_counted(tmp_path: Path, box: Box, port: int) -> None:
    given, box.answer = settings(tmp_path, port), "554 no cabinet@ville.example"
    (done,) = send(given, [letter()], TODAY)
    assert done.result == "failed" and "554" in done.words and "@" not in done.words
    box.answer = "250 OK"
    assert [one.result for one in send(given, [letter()], TODAY)] == ["sent"]


def test_a_server_that_is_down_is_said_and_tried_again(tmp_path: Path, box: Box) -> None:
    nobody = free_port()
    assert [one.result for one in send(settings(tmp_path, nobody), [letter(), letter(DADI)], TODAY)] == [
        "failed"
    ] * 2
    assert not maildays.beside(tmp_path / "mail.yml").exists()
    with serving(box) as port:
        assert [one.result for one in send(settings(tmp_path, port), [letter()], TODAY)] == ["sent"]


def test_a_server_that_is_mute_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        (done,) = send(settings(tmp_path, mute.getsockname()[1], timeout=0.2), [letter()], TODAY)
    assert done.result == "failed" and "ne répond pas" in done.words


def test_silence_after_the_last_line_is_not_sent_again_that_day(
    tmp_path: Path, box: Box, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, real = settings(tmp_path, port), mail.smtplib.SMTP.data

    def silent(self: object, content: bytes) -> tuple[int, bytes]:
        real(self, content)  # type: ignore[arg-type]
        raise TimeoutError

    monkeypatch.setattr(mail.smtplib.SMTP, "data", silent)
    assert [one.result for one in send(given, [letter()], TODAY)] == ["uncertain"]
    monkeypatch.undo()
    assert [one.result for one in send(given, [letter()], TODAY)] == ["already"] and len(box.received) == 1
    assert [one.result for one in send(given, [letter()], TODAY + timedelta(1))] == ["sent"]


def test_encrypted_by_starttls_with_an_account(
    tmp_path: Path, box: Box, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOWN_SMTP", ACCOUNT[1])
    with serving(box, certificate, login=True) as port:
        safe = settings(tmp_path, port, security="starttls", user=ACCOUNT[0], password_env="TOWN_SMTP")
        (done,) = send(safe, [letter()], TODAY)
        assert done.result == "failed" and "certificat" in done.words and not box.received
        trusting = replace(safe, ca_file=str(certificate))
        assert [one.result for one in send(trusting, [letter()], TODAY)] == ["sent"]
        plain = replace(trusting, security="none")
        assert [one.result for one in send(plain, [letter(DADI)], TODAY)] == ["failed"]


def test_encrypted_from_the_first_byte(tmp_path: Path, box: Box, certificate: Path) -> None:
    with serving(box, certificate, tls=True) as port:
        given = settings(tmp_path, port, security="tls", ca_file=str(certificate))
        assert [one.result for one in send(given, [letter()], TODAY)] == ["sent"]


def test_a_wrong_password_is_said_without_the_account(tmp_path: Path, box: Box, certificate: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("wrong\n", "utf-8")
    with serving(box, certificate, login=True) as port:
        given = settings(
            tmp_path,
            port,
            security="starttls",
            ca_file=str(certificate),
            user=ACCOUNT[0],
            password_file=str(secret),
        )
        (done,) = send(given, [letter()], TODAY)
        assert (
            done.result == "failed"
            and "535" in done.words
            and ACCOUNT[0] not in done.words.casefold().split()
        )
        secret.write_text(ACCOUNT[1] + "\n", "utf-8")
        assert [one.result for one in send(given, [letter()], TODAY)] == ["sent"]
        secret.unlink()
        (done,) = send(given, [letter(DADI)], TODAY)
        assert done.result == "failed" and "mot de passe" in done.words


def test_no_word_can_begin_a_header(tmp_path: Path, box: Box, port: int) -> None:
    nasty = "Bonjour\r\nBcc: other@ville.example\r\n\r\nCorps"
    given = settings(tmp_path, port, sender_name=nasty)
    to = replace(CABINET, name=nasty)
    assert [one.result for one in send(given, [letter(to, subject=nasty)], TODAY)] == ["sent"]
    (found,) = box.mails
    assert box.addresses == ["cabinet@ville.example"] and found["Bcc"] is None
    assert found["Subject"] == "Bonjour Bcc: other@ville.example Corps"


def test_what_is_kept_beside_the_settings_holds_no_address(tmp_path: Path, box: Box, port: int) -> None:
    send(settings(tmp_path, port), [letter(), letter(DADI)], TODAY)
    written = maildays.beside(tmp_path / "mail.yml").read_text("utf-8")
    assert "ville" not in written and "@" not in written
    document = json.loads(written)
    assert len(document["last"]) == 2 and len(document["salt"]) == 32
    assert {day["state"] for day in document["last"].values()} == {"sent"}


def test_a_damaged_file_of_days_sends_nothing(tmp_path: Path, box: Box, port: int) -> None:
    maildays.beside(tmp_path / "mail.yml").write_text("{", "utf-8")
    (done,) = send(settings(tmp_path, port), [letter()], TODAY)
    assert done.result == "failed" and "illisible" in done.words and not box.received
