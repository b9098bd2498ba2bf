"""What goes, to whom, and only once it was reviewed: digests, letters, the review's sha256, and no address in any file."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from data.access import local_actor
from data.engine import Engine
from data.store import Store
from metrics import alertrules, moment
from metrics.alertrules import Rule, Rules
from metrics.alerts import Alert
from metrics.briefs import LEAD, NONE, Choice, Choices, read_choices, row_of
from metrics.change import Change
from metrics.changing import State, changes
from metrics.definitions import Catalogue, load
from metrics.folders import SHIPPED
from metrics.meetings import Action, read_actions
from metrics.refresh import after_import, rule_settings
from pages.exports import despatch, digest, digesthtml, maildays
from pages.exports.digest import Digest
from pages.exports.edition import Edition
from pages.exports.mailsettings import Recipient, Settings
from pages.exports.outgoing import Outgoing, outgoing
from pages.texts import language, use
from schemas.text import Text
from tests.pages.exports.mailserver import Box, serving

AS_OF, TODAY = date(2015, 6, 30), date(2015, 7, 6)
BASE = "https://levier.example"
NASTY = "<script>alert(1)</script>\n\"'&<b>"
CABINET = Recipient("Cabinet du maire", "secret.cabinet@ville.example", "fr", ("cabinet",))
DATA = Recipient("Data desk", "secret.donnees@ville.example", "en", ("data_late",), brief=False)


def going(engine: Engine, catalogue: Catalogue, choices: Choices = NONE, today: date = TODAY) -> Outgoing:
    state = State(engine, catalogue, AS_OF, today=today)
    before = moment.before(engine, AS_OF)
    since = replace(state, as_of=before) if before else None
    return outgoing(state, alertrules.in_force([SHIPPED], catalogue), since=since, choices=choices)


@pytest.fixture(scope="module")
def whole(engine: Engine, catalogue: Catalogue) -> Outgoing:
    use("fr")
    return going(engine, catalogue)


def pdf(edition: Edition) -> bytes:
    return f"%PDF-1.7 {edition.lang}".encode()


class Tags(HTMLParser):
    """Collects the tags, the addresses and the words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.hrefs: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.hrefs += [value or "" for name, value in attrs if name == "href"]
        assert not any(name.startswith("on") or name in ("src", "class") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


def made(*alerts: Alert, **more: Any) -> Digest:
    given: dict[str, Any] = {"as_of": AS_OF, "since": date(2015, 5, 31), "on": TODAY} | more
    return digest.digest(alerts, load([SHIPPED]), **given)


def test_the_digest_tells_each_alert_once_with_its_screen(whole: Outgoing) -> None:
    use("fr")
    found = whole.digest((), BASE)
    keys = [item.key for chapter in found.chapters for item in chapter.items]
    assert sorted(keys) == sorted({alert.key for alert in whole.alerts}) and keys
    assert f"{found.count} alertes au 30 juin 2015" in found.subject.replace("\u00a0", " ")
    page, text = Tags(digesthtml.html(found)), digest.text(found)
    links = [item.href for chapter in found.chapters for item in chapter.items]
    assert page.hrefs == [*links, found.href] and all(link.startswith(f"{BASE}/") for link in page.hrefs)
    assert all(link in text for link in page.hrefs)
    for chapter in found.chapters:
        for item in chapter.items:
            assert item.sentence in text and item.sentence in page.words and item.title in page.words


def test_the_page_is_fit_for_mail_clients(whole: Outgoing) -> None:
    page = digesthtml.html(whole.digest((), BASE))
    tags = set(Tags(page).tags)
    assert not tags & {"script", "style", "link", "img", "form", "iframe", "svg"} and "table" in tags
    assert 'lang="fr"' in page and "max-width:640px" in page and "width=device-width" in page
    assert not re.search(r"url\(|@import|http-equiv", page)


def test_alerts_agree_with_changes(whole: Outgoing) -> None:
    """What goes is nothing but Changes: the same keys and the same sentences as whoever asks ``changes``."""
    assert whole.since is not None
    known = {one.key: one for one in changes(whole.since, whole.state)}
    of_changes = [alert for alert in whole.alerts if alert.change]
    assert of_changes and all(
        known[alert.key].facts == alert.change.facts for alert in of_changes if alert.change
    )
    owed = {f"action:{one.action_id}" for one in read_actions(whole.state.engine) if one.is_overdue(whole.on)}
    assert {alert.key for alert in whole.alerts if not alert.change} == owed


def test_an_audience_is_told_what_its_rules_see(whole: Outgoing) -> None:
    use("en")
    cabinet, data = whole.digest(("cabinet",)), whole.digest(("donnees",))
    assert cabinet.count and all("cabinet" in _rule(whole, c.rule).audience for c in cabinet.chapters)
    assert data.count == 0 and "No rule has anything to tell." in digest.text(data)
    assert "No rule has anything to tell." in digesthtml.html(data) and data.subject.startswith("Ville")


def _rule(found: Outgoing, id: str) -> Rule:
    return next(rule for rule in found.rules.rules if rule.id == id)


def test_every_datum_is_escaped() -> None:
    rule = Rule("r", Text(NASTY, NASTY), "action_overdue")
    told = dict.fromkeys(("meeting_id", "item_id", "kpi", "project", "partner", "outcome", "decided_by"), "")
    action = Action(
        **told,  # type: ignore[arg-type]
        action_id="1",
        words=NASTY,
        owner=NASTY,
        due_on=date(2015, 7, 1),
        state="open",
        closed_on=None,
        decided_on=None,
    )
    choices = Choices({"action:1": Choice("action:1", words=NASTY), LEAD: Choice(LEAD, words=NASTY)})
    found = made(Alert(rule, action=action), choices=choices, base_url=BASE)
    page = Tags(digesthtml.html(found))
    assert not {"script", "b"} & set(page.tags)
    assert page.words.count("alert(1)") == 5  # rule, action, owner, comment, lead
    assert "en retard de 5 jours" in page.words.replace("\u00a0", " ")


def test_a_thing_that_two_rules_see_is_told_once_under_the_first() -> None:
    change = Change(
        "data:payments",
        "data",
        "bad",
        1.0,
        True,
        table="payments",
        facts={"last_on": AS_OF, "days": 60, "limit": 45, "kpis": ()},
    )
    rules = [Rule(id, Text(id, id), "data_late") for id in "ab"]
    found = made(*(Alert(rule, change=change) for rule in rules))
    assert [(c.rule, len(c.items)) for c in found.chapters] == [("a", 1)]
    assert found.href == "" and found.chapters[0].items[0].href == ""


def test_the_sha256_changes_with_what_is_said_and_with_nothing_else(
    whole: Outgoing, engine: Engine, catalogue: Catalogue
) -> None:
    use("en")
    again = going(engine, catalogue)
    assert again.sha256 == whole.sha256 and language() == "en"
    said = Choices({LEAD: Choice(LEAD, words="Un bon mois.")})
    assert going(engine, catalogue, said).sha256 != whole.sha256
    assert going(engine, catalogue, said).editions["fr"].lead == "Un bon mois."
    assert {lang: one.lang for lang, one in whole.editions.items()} == {"fr": "fr", "en": "en"}


def test_a_letter_is_in_its_reader_s_language_with_the_brief(whole: Outgoing) -> None:
    use("fr")
    letter = whole.letter(replace(CABINET, lang="en"), BASE, pdf)
    assert letter is not None and letter.content == whole.sha256
    assert letter.files == (("mayors-brief-2015-06-30.pdf", b"%PDF-1.7 en"),)
    assert "alerts at 30 June 2015" in letter.subject and 'lang="en"' in letter.html
    assert language() == "fr"
    assert whole.letter(DATA, BASE, pdf) is None  # nothing to tell, and no brief wanted
    bare = whole.letter(replace(DATA, brief=True), BASE, pdf)
    assert bare is not None and "No rule has anything" in bare.text


def test_files_for_each_group(whole: Outgoing, tmp_path: Path) -> None:
    use("fr")
    written = [
        path.relative_to(tmp_path).as_posix() for path in despatch.write(tmp_path / "out", whole, BASE)
    ]
    names = ["", "cabinet/", "dadi/", "donnees/"]
    assert written == [f"out/{name}digest.{form}" for name in names for form in ("html", "txt")]
    assert (tmp_path / "out/cabinet/digest.txt").read_text("utf-8") == digest.text(
        whole.digest(("cabinet",), BASE)
    )


@pytest.fixture
def store(town_path: Path, tmp_path: Path) -> Store:
    from tests.town import copy_of

    return Store(copy_of(town_path, tmp_path), after=after_import, settings=rule_settings)


@pytest.fixture
def box() -> Iterator[tuple[Box, int]]:
    found = Box()
    with serving(found) as port:
        yield found, port


def settings(folder: Path, port: int) -> Settings:
    return Settings(
        "127.0.0.1",
        port,
        "none",
        "levier@ville.example",
        "Levier",
        BASE,
        (CABINET, DATA),
        timeout=5,
        file=folder / "mail.yml",
    )


def now(store: Store, catalogue: Catalogue, today: date = TODAY) -> Outgoing:
    engine = store.engine(local_actor())
    return going(engine, catalogue, read_choices(engine, AS_OF), today)


def test_nothing_goes_unreviewed_and_what_was_reviewed_goes(
    store: Store, catalogue: Catalogue, tmp_path: Path, box: tuple[Box, int]
) -> None:
    """The whole way: refused, reviewed, sent once; a comment added asks for another review; no address is kept anywhere."""
    received, port = box
    given, actor = settings(tmp_path / "own", port), local_actor()
    (tmp_path / "own").mkdir()
    first = now(store, catalogue)
    with pytest.raises(despatch.NotReviewed, match="pas été relue"):
        despatch.despatch(first, given, pdf, TODAY)
    review = {"as_of": AS_OF, "edition": first.sha256, "decided_on": TODAY}
    assert store.record(actor, "brief_reviews", [review]).ok
    second = now(store, catalogue)
    assert second.sha256 == first.sha256 and second.review is not None
    assert [one.result for one in despatch.despatch(second, given, pdf, TODAY)] == ["sent"]
    assert received.addresses == ["secret.cabinet@ville.example"]
    chosen = row_of(AS_OF, Choice(LEAD, words="À dire d'abord."))
    assert store.record(actor, "brief_items", [chosen]).ok
    with pytest.raises(despatch.NotReviewed, match="changé depuis"):
        despatch.despatch(now(store, catalogue), given, pdf, TODAY + timedelta(1))
    assert len(received.received) == 1
    assert maildays.beside(given.file).is_file()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"secret." not in content and b"ville.example" not in content, path.name


def test_a_day_later_what_was_reviewed_still_goes_as_it_was(store: Store, catalogue: Catalogue) -> None:
    """Dues are counted in days: the words of the day of the review go, not words that nobody read."""
    actor = local_actor()
    action = {
        "meeting_id": "2015-W27",
        "words": "Relancer la Région",
        "owner": "DADI",
        "due_on": date(2015, 7, 1),
        "state": "open",
    }
    assert store.record(actor, "actions", [action]).ok
    first = now(store, catalogue)
    assert "action_overdue" in {alert.rule.id for alert in first.alerts}
    review = {"as_of": AS_OF, "edition": first.sha256, "decided_on": TODAY}
    assert store.record(actor, "brief_reviews", [review]).ok
    later = now(store, catalogue, TODAY + timedelta(2))
    assert later.sha256 != first.sha256 and later.review is None
    assert despatch.reviewed(later).sha256 == first.sha256
    use("fr")
    assert "en retard de 5 jours" in digest.text(despatch.reviewed(later).digest()).replace("\u00a0", " ")


def test_rules_without_anything_and_an_empty_past(engine: Engine, catalogue: Catalogue) -> None:
    state = State(engine, catalogue, AS_OF, today=TODAY)
    found = outgoing(state, Rules(), since=None, choices=NONE)
    assert found.alerts == () and found.digest().since is None
    assert found.digest().period.startswith("Données au 30")
