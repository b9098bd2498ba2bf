"""The mail settings: read whole, refused in words that name the key and never the address or the password."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from metrics.alertrules import Rule, Rules
from pages.exports.mailfields import BadSettings, is_address
from pages.exports.mailsettings import (
    KEYS,
    OF_A_RECIPIENT,
    Recipient,
    check_rules,
    place,
    read_settings,
    settings_of,
)
from schemas.text import Text

WHOLE: dict[str, Any] = {
    "host": "smtp.ville.example",
    "sender": "Levier <levier@ville.example>",
    "base_url": "https://levier.ville.example/",
    "recipients": [
        {"name": "Cabinet", "address": "secret.person@ville.example", "lang": "en", "rules": ["cabinet"]},
        {"name": "DADI", "address": "other@ville.example", "brief": False},
    ],
}
FIRST = WHOLE["recipients"][0]


def test_what_is_left_unsaid() -> None:
    found = settings_of(WHOLE)
    assert (found.port, found.security, found.timeout, found.user) == (587, "starttls", 20.0, "")
    assert (found.sender_name, found.sender) == ("Levier", "levier@ville.example")
    assert found.base_url == "https://levier.ville.example"
    first, second = found.recipients
    assert (first.lang, first.rules, first.brief) == ("en", ("cabinet",), True)
    assert (second.lang, second.rules, second.brief) == ("fr", (), False)
    assert settings_of(WHOLE | {"security": "tls"}).port == 465


def test_no_address_shows_where_settings_are_printed() -> None:
    assert "ville.example" not in repr(settings_of(WHOLE).recipients)
    assert "levier@" not in repr(settings_of(WHOLE))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"host": None}, "« host »"),
        ({"host": "smtp ville"}, "« host »"),
        ({"port": "25"}, "« port »"),
        ({"port": 70000}, "1 à 65535"),
        ({"security": "ssl"}, "« security »"),
        ({"hots": "x"}, "« host »"),
        ({"password": "hunter2"}, "password_env"),
        ({"sender": "nobody"}, "« sender »"),
        ({"sender": "A <a@b.example>\nBcc: x@y.example"}, "« sender »"),
        ({"base_url": "levier.example"}, "« base_url »"),
        ({"base_url": "https://u:p@levier.example"}, "« base_url »"),
        ({"base_url": "https://levier.example/?x=1"}, "« base_url »"),
        ({"timeout": 0}, "« timeout »"),
        ({"user": "levier"}, "password_env"),
        ({"password_env": "X"}, "« user »"),
        ({"user": "x", "password_env": "X", "password_file": "y"}, "l’un des deux"),
        ({"user": "x", "password_env": "X", "security": "none"}, "en clair"),
        ({"recipients": []}, "« recipients »"),
        ({"recipients": "secret.person@ville.example"}, "« recipients »"),
        ({"recipients": ["secret.person@ville.example"]}, "recipients[1]"),
        ({"recipients": [FIRST | {"adress": "x"}]}, "« address »"),
        ({"recipients": [FIRST | {"secret.person@ville.example": 1}]}, "clé inconnue"),
        ({"recipients": [FIRST | {"address": "secret.person"}]}, "recipients[1].address"),
        ({"recipients": [FIRST | {"address": ["secret.person@ville.example"]}]}, "recipients[1].address"),
        ({"recipients": [FIRST | {"name": "secret.person@ville.example"}]}, "recipients[1].name"),
        ({"recipients": [FIRST | {"name": "A\nBcc: x"}]}, "recipients[1].name"),
        ({"recipients": [FIRST | {"lang": "de"}]}, "« lang »"),
        ({"recipients": [FIRST | {"rules": "secret.person@ville.example"}]}, "recipients[1].rules"),
        ({"recipients": [FIRST, FIRST | {"address": "Secret.Person@ville.example"}]}, "adresse en double"),
    ],
)
def test_what_is_wrong_is_said_without_any_address(
    tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    file = tmp_path / "mail.yml"
    file.write_text(yaml.safe_dump(WHOLE | change, allow_unicode=True), "utf-8")
    with pytest.raises(BadSettings) as raised:
        read_settings(file)
    told = f"{raised.value.what} {raised.value.mend}".replace("\xa0", " ")
    assert words in told and "ville.example" not in told.replace("levier.ville.example", "")
    assert "hunter2" not in told and "secret" not in told.casefold()


def test_a_file_that_is_not_there_and_one_that_is_no_yaml(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.yml") is None
    (tmp_path / "mail.yml").write_text("host: [", "utf-8")
    with pytest.raises(BadSettings, match="YAML"):
        read_settings(tmp_path / "mail.yml")
    (tmp_path / "mail.yml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadSettings, match="UTF-8"):
        read_settings(tmp_path / "mail.yml")


def test_the_environment_names_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LEVIER_MAIL", raising=False)
    assert place() == Path("var") / "mail.yml"
    monkeypatch.setenv("LEVIER_MAIL", str(tmp_path / "x.yml"))
    assert place() == tmp_path / "x.yml"


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("a@b.example", True),
        ("a.b+c@b.example", True),
        ("a@localhost", True),
        ("a@b@c", False),
        ("a b@c.example", False),
        ("é@c.example", False),
        ("a@é.example", False),
        ("a..b@c.example", False),
        (".a@c.example", False),
        ("a@c.example\nBcc: x@y", False),
        ("a@c.example,d@e.example", False),
        ("<a@c.example>", False),
        ("@c.example", False),
        ("a@", False),
        ("a@-c.example", False),
    ],
)
def test_one_plain_address_and_nothing_else(text: str, good: bool) -> None:
    assert is_address(text) is good


def test_a_recipient_s_rules_must_be_there() -> None:
    rules = Rules((Rule("plan", Text("P", "P"), "plan", ("cabinet",)),))
    check_rules(settings_of(WHOLE), rules)
    wrong = settings_of(WHOLE | {"recipients": [FIRST | {"rules": ["cabnet"]}]})
    with pytest.raises(BadSettings, match="cabinet\xa0»") as raised:
        check_rules(wrong, rules)
    assert "Cabinet" in str(raised.value)


def test_every_key_is_documented_and_the_example_stands() -> None:
    told = (Path(__file__).resolve().parents[3] / "docs" / "formats.md").read_text("utf-8")
    part = told.split("### mail.yml\n")[1].split("\n## ")[0]
    assert all(f"`{key}`" in part for key in (*KEYS, *OF_A_RECIPIENT))
    found = settings_of(yaml.safe_load(part.split("```yaml\n")[1].split("```")[0]))
    assert [one.brief for one in found.recipients] == [True, False] and found.port == 587


def test_a_recipient_is_compared_by_all_that_it_is() -> None:
    assert Recipient("A", "a@b.example") != Recipient("A", "c@b.example")
