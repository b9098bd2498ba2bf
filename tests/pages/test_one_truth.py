"""Agenda, alerts, week comparison, brief and Synthèse say the same: every one of them shows Changes of the one list, by key."""

from datetime import date
from pathlib import Path

import pytest

from metrics.agenda import exceptions
from metrics.alertrules import in_force
from metrics.change import Change
from metrics.changing import changes
from pages.exports import outgoing
from pages.parts import changes as panel
from pages.parts import review_reads, since, weeks_reads
from pages.parts.address import Address
from pages.parts.source import Source, open_source
from pages.texts.sentences import sentence
from pages.texts.sentences_groups import grouped, leading
from tests.pages.conftest import Visit, shown

MAY = "2015-05-31"


@pytest.fixture
def source(town: Path) -> Source:
    """The demo town at its own date."""
    return open_source(Address())


@pytest.fixture
def truth(source: Source) -> tuple[Change, ...]:
    """What changed in June 2015, as metrics says it."""
    moment = since.of_word(source, MAY)
    assert moment is not None
    return changes(since.state(source, moment), since.state(source))


def keys(found: tuple[Change, ...]) -> set[str]:
    return {one.key for one in found}


def test_synthese_tells_the_first_of_the_list(
    source: Source, truth: tuple[Change, ...], town: Path, visit: Visit
) -> None:
    moment = since.of_word(source, MAY)
    assert moment is not None and panel.changes(source, moment) == truth
    page = shown(visit(since=MAY))
    groups = leading(grouped(one for one in truth if one.is_news and not one.is_noise), panel.SHOWN)
    assert any(one.key == "signal:secured_share" for group in groups for one in group)
    for group in groups:
        if len(group) == 1:
            assert sentence(group[0], source.catalogue).replace("'", "&#x27;") in page
    noise = [one for one in truth if one.is_noise]
    assert noise and not [one for one in noise if sentence(one, source.catalogue) in page]


def test_the_agenda_s_exceptions_are_of_the_list(source: Source) -> None:
    whole = changes(review_reads.since(source), review_reads.until(source))
    assert review_reads.facts(source) == whole
    points = exceptions(review_reads.facts(source))
    assert points and keys(tuple(points)) <= keys(whole)
    by_key = {one.key: one for one in whole}
    assert all(by_key[one.key] is one for one in points) and not [one for one in points if one.tone == "good"]


def test_the_alerts_are_of_the_list(source: Source, truth: tuple[Change, ...]) -> None:
    rules = in_force(source.reads.folders, source.catalogue)
    seen = outgoing.seen(since.state(source), since.state(source, since.of_word(source, MAY)), rules)
    told = {one.change.key: one.change for one in seen if one.change}
    assert told and set(told) <= keys(truth)
    assert all(told[one.key] == one for one in truth if one.key in told)


def test_the_comparison_of_moments_is_the_list(source: Source) -> None:
    then = open_source(Address(as_of=date.fromisoformat(MAY)))
    found = weeks_reads.between(then, source)
    assert found is not None
    wanted = changes(weeks_reads.state(then), weeks_reads.state(source))
    assert found == wanted
    assert {one.key for one in wanted if one.kpi} == {one.key for one in found if one.kpi}
