"""The address is the state."""

from datetime import date

from pages.parts.address import Address, link, parse


def test_what_cannot_be_read_is_not_said() -> None:
    assert parse({"lang": "xx", "as_of": "hier", "scope": "town"}) == Address("fr", None, "")
    assert parse({"lang": "en", "as_of": "2015-06-30", "scope": "DADI"}) == Address(
        "en", date(2015, 6, 30), "DADI"
    )


def test_a_link_carries_everything_and_parses_back() -> None:
    where = link("fiche", "en", date(2015, 6, 30), "Culture & co", kpi="active_files")
    assert where == "/fiche?kpi=active_files&lang=en&as_of=2015-06-30&scope=Culture+%26+co"
    assert link("", "fr", None, "") == "/?lang=fr&scope=town"
