"""The search: what is found without accents, with a slip, in several words; what is shown is escaped; fast on many rows."""

import re
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from pages.parts.search_index import Entry, build, fold, search, spans
from pages.parts.search_page import marked
from tests.pages.conftest import Visit, shown
from tests.pages.test_levier import said

LITTLE = build(
    [
        Entry(
            "kpi",
            "leverage_awarded",
            "Effet de levier notifié",
            "Leverage on awarded funding",
            "F1.1",
            "F1.1",
        ),
        Entry("project", "P002", "Friche industrielle reconvertie", "", ""),
        Entry("project", "P003", "Cœur de ville, éclairage", "", ""),
        Entry("partner", "PUB-1", "Région Hautes-Combes", "", ""),
    ]
)


def ids(question: str) -> list[str]:
    return [e.id for items in search(LITTLE, question).groups.values() for e in items]


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("EFFET LEVIER", "leverage_awarded"),
        ("f1.1", "leverage_awarded"),
        ("notifie", "leverage_awarded"),
        ("p002", "P002"),
        ("reconvertie friche", "P002"),
        ("indutrielle", "P002"),  # a letter is missing
        ("firche", "P002"),  # two letters have changed places
        ("coeur", "P003"),
        ("region", "PUB-1"),
    ],
)
def test_it_is_found(question: str, id: str) -> None:
    assert ids(question)[0] == id


def test_all_the_words_must_be_there_and_nothing_is_found_for_nothing() -> None:
    assert ids("friche levier") == [] and ids("  ") == [] and ids("zzzzzz") == [] and ids("?%<") == []
    assert search(LITTLE, "friche zzzzzz").near[:1] == ("friche",)
    assert search(LITTLE, "indutrielle").mended == (("indutrielle", "industrielle"),)


def test_marks_follow_the_text_as_written_and_data_stay_harmless() -> None:
    assert [("Cœur d'été")[a:b] for a, b in spans("Cœur d'été", ["coeur", "ete"])] == ["Cœur", "été"]
    assert marked("<b>été</b>", ("ete",)) == "&lt;b&gt;<mark>été</mark>&lt;/b&gt;"
    assert fold("ÉTÉ Œuvre") == "ete oeuvre"


def test_ten_thousand_projects_take_less_than_a_frame_or_three() -> None:
    many = build(
        [
            Entry("project", f"P{n:05}", f"Rénovation de l'école n° {n}, rue {n * 7919 % 9973}", "")
            for n in range(10_000)
        ]
    )
    times = []
    for question in ("renovation ecole", "renovation", "renovtion ecole", "P09999", "rue 4242"):
        start = perf_counter()
        search(many, question)
        times.append(perf_counter() - start)
    assert median(times) < 0.05 and len(search(many, "renovation").groups["project"]) == 10_000


def test_every_screen_has_the_box(town: Path, visit: Visit) -> None:
    for path in ("", "carte", "levier", "catalogue"):
        page = shown(visit(path))
        assert 'role="search"' in page and 'id="lv-search"' in page and 'for="lv-search"' in page


def test_the_screen_groups_what_it_found(town: Path, visit: Visit) -> None:
    page = said(visit("recherche", q="friche"))
    assert re.search(r"\d+ résultats? pour « friche »", page) and "Friche industrielle reconvertie" in page
    links = shown(visit("recherche", q="region"))
    assert re.search(r'href="/partenaire\?id=PUB-REGION', links)
    assert re.search(r'href="/direction\?name=DADI', shown(visit("recherche", q="dadi")))
    assert "1 directorate" in said(visit("recherche", q="dadi", lang="en"))


def test_nothing_found_says_what_to_try(town: Path, visit: Visit) -> None:
    page = shown(visit("recherche", q="<script>xyzzyx"))
    assert "Rien trouvé" in page and "<script>" not in page and 'href="/catalogue?' in page


def test_an_empty_store_still_finds_its_kpis(empty: Path, visit: Visit) -> None:
    assert "Effet de levier" in said(visit("recherche", q="levier"))
    assert "Que cherchez-vous" in said(visit("recherche"))
