"""Directorates compared without ranks, the table, the additive check, and a directorate's own page."""

import html
import re
from pathlib import Path

import pytest

from metrics import cascade
from metrics.cascade import rests_on
from metrics.reading import Reading
from pages.parts import directions_compare, directions_reads, svg
from pages.parts.address import Address
from pages.parts.compare_dots import Row, compared
from pages.parts.levier_bars import Line
from pages.parts.source import open_source
from tests.pages.conftest import Visit, shown
from tests.pages.test_why import said


def test_the_screen_compares_checks_and_tells_what_the_town_keeps(town: Path, visit: Visit) -> None:
    at = visit("directions")
    page = said(at)
    for words in (
        "Comparer sans classer",
        "Délai médian d’instruction",
        "indicateurs identiques, direction par direction",
        "15,0 M€ = 15,0 M€ Égal",
        "100 = 100 Égal",
        "Le budget est voté pour toute la Ville",
        "Part conventionnée des montants notifiés",
    ):
        assert words in page, words
    assert shown(at).count('class="lv-cell-code"') == 12 * len(
        cascade.identical(open_source(Address()).catalogue)
    )


def test_every_cell_has_a_shape_and_a_word(town: Path, visit: Visit) -> None:
    page = shown(visit("directions"))
    table = page.split("lv-matrix")[1].split("</table>")[0]
    cells = re.findall(r"<td>(.*?)</td>", table)
    assert len(cells) >= 100 and all("<svg" in cell and "lv-hidden" in cell for cell in cells)
    assert any("Atteint" in cell for cell in cells) and any("Sans cible" in cell for cell in cells)


def test_an_amount_is_not_compared(town: Path, visit: Visit) -> None:
    page = said(visit("directions", kpi="active_files"))
    assert "File active : 100 pour la Ville, une part par direction" in page
    assert "il ne se compare pas, il s’additionne" in page


def test_the_order_is_the_town_s_unless_the_values_are_asked_for(town: Path) -> None:
    source = open_source(Address())
    names = list(directions_reads.structure(source))
    assert names[0] == "Direction générale des services" and len(names) == 12
    plain, ordered = (
        str(directions_compare.panel(source, "active_files", order)) for order in ("structure", "value")
    )

    def labels(page: str) -> list[str]:
        return [html.unescape(one) for one in re.findall(r'lv-bar-label"><a[^>]*>([^<]+)<', page)]

    assert [name for name in names if name in labels(plain)] == labels(plain) != []
    assert labels(ordered) != labels(plain) and sorted(labels(ordered)) == sorted(labels(plain))


def test_no_rank_is_ever_given(town: Path, visit: Visit) -> None:
    page = said(visit("directions", order="value"))
    assert not re.search(r"\b(1re|1er|2e|rang|classement|meilleure direction)\b", page)


def test_the_last_directorate_of_an_unknown_date_is_the_empty_screen(empty: Path, visit: Visit) -> None:
    for screen in ("directions", "direction"):
        assert "Aucune donnée pour l’instant" in said(visit(screen))


def test_small_ones_are_greyed_and_the_town_is_a_line() -> None:
    rows = [
        Row("A", 0.5, "50 %", "n = 40", 0.4, 0.6, 0.3, 0.7),
        Row("B", 1.0, "100 %", "n = 1", is_small=True),
        Row("C", None, "aucune donnée"),
    ]
    page = str(compared(rows, Line(0.5, "Ville : 50 %")))
    assert (
        page.count("lv-few") == 1 and page.count("lv-noise") == 1 and page.count("lv-dot") == 2 + 1
    )  # the class of the plot
    assert "aucune donnée" in page and "Ville : 50 %" in page
    assert compared([], None) == ""


def test_a_directorate_has_its_people_its_kpis_in_three_groups_and_its_files(
    town: Path, visit: Visit
) -> None:
    at = visit("direction", name="Finances")
    page = said(at)
    for words in (
        "24 agents, 21,9 ETP au 30 juin 2015",
        "indicateurs identiques à ceux de la Ville",
        "Contributifs : ils nourrissent un indicateur de la Ville",
        "Part conventionnée des montants notifiés",
        "Nourrit Cofinancements levés",
        "Propres à la direction Aucun au catalogue.",
        "2 dossiers ouverts pilotés",
        "Refonte du système d'information de la paie Numérique montage financier 85 j",
    ):
        assert words in page, words
    assert re.search(r"Finances : .* cibles? atteintes? sur \d+|Finances : aucune des", page)
    assert "scope=Finances" in shown(at)


def test_its_own_kpi_is_the_directorate_s_alone(town: Path, visit: Visit) -> None:
    own = said(visit("direction", name="Ressources humaines"))
    assert "Femmes parmi les cadres A" in own and "54,7 %" in own
    assert "Femmes parmi les cadres A" not in said(visit("direction", name="Finances"))


def test_the_scope_opens_its_page_without_a_name(town: Path, visit: Visit) -> None:
    assert "Culture et patrimoine :" in said(visit("direction", scope="Culture et patrimoine"))


def test_an_unknown_name_lists_those_there_are(town: Path, visit: Visit) -> None:
    at = visit("direction", name="<b>Nulle part</b>")
    assert "Aucune direction ne s’appelle « <b>Nulle part</b> »" in html.unescape(shown(at)).replace(
        "\u00a0", " "
    )
    assert "<b>Nulle part" not in shown(at)
    assert all(f"/direction?name={name}&amp;" in shown(at) for name in ("DADI", "Finances"))
    assert "De quelle direction voulez-vous la fiche" in said(visit("direction"))


def test_at_a_date_without_kept_readings_they_are_computed(town: Path, visit: Visit) -> None:
    assert "15,0 M€" not in said(visit("directions", as_of="2014-10-15"))
    assert "Dossiers pilotés" in said(visit("direction", name="DADI", as_of="2014-10-15"))


@pytest.mark.parametrize("screen", ["directions", "direction"])
def test_in_english(screen: str, town: Path, visit: Visit) -> None:
    page = said(visit(screen, lang="en", name="DADI"))
    assert "identical" in page and "None" not in page


def test_files_are_counted_as_the_town_counts_them(town: Path) -> None:
    source = open_source(Address())
    whole: dict[str, Reading] = {
        str(one.scope["lead_directorate"]): one for one in directions_reads.of(source, "active_files")
    }
    for name in directions_reads.structure(source):
        found = directions_reads.files(source, name)
        assert len(found) == (whole[name].value if name in whole else 0)
        assert [one.opened_on for one in found] == sorted(one.opened_on for one in found)
        assert all(one.stage for one in found)


def test_the_arrow_says_better_or_worse_not_more_or_less(town: Path, visit: Visit) -> None:
    better, worse = svg.arrow("up"), svg.arrow("down")
    moved = re.findall(
        r'<span class="num">(<svg class="lv-arrow".*?</svg>) (.*?)</span></span>',
        shown(visit("direction", name="DADI")),
    )
    assert moved
    for arrow, words in moved:
        assert arrow == (worse if "mauvais sens" in words else better) or "sans sens" in words
    assert any("−" in words and "bon sens" in words for _, words in moved)  # fewer days are the better


def test_few_rows_are_shown_and_not_judged(town: Path, visit: Visit) -> None:
    source = open_source(Address(scope="Finances"))
    readings = source.readings()
    kpis = source.catalogue.every
    for id, one in readings.items():
        base = rests_on(kpis[id], one)
        few = base is not None and base < 5 and kpis[id].unit not in ("n", "eur") and one.value is not None
        assert (one.reason == "few") == few, id
        assert not few or (one.status, one.score, one.assurance) == ("unknown", None, None)
    assert sum(one.reason == "few" for one in readings.values()) >= 3
    table = said(visit("directions")).split("Direction générale des services")[-1]
    assert "47 j n = 3 Trop peu (n = 3)" in table
    page = said(visit("direction", name="Finances"))
    judged = sum(one.score is not None for one in readings.values())
    assert "Trop peu (n = 3)" in page and not re.search(r"cibles? atteintes? sur 16", page) and judged < 16


def test_a_leverage_has_the_same_decimals_in_every_cell(town: Path, visit: Visit) -> None:
    table = said(visit("directions")).split("direction par direction")[-1]
    assert "1 pour 5,40" in table and "1 pour 8,46" in table


def test_a_kpi_of_the_whole_town_says_so_on_a_directorate_s_page(town: Path, visit: Visit) -> None:
    assert "Périmètre : Ville · Nourrit Effet de levier notifié" in said(visit("direction", name="DADI"))


def test_equalities_are_folded_under_what_differs(town: Path, visit: Visit) -> None:
    page = shown(visit("directions"))
    before, _, after = page.partition("contrôles, ligne à ligne")
    first = before[before.index("ne font pas la somme") :] if "ne font pas la somme" in before else ""
    assert first.count("≠") == 1 and "Égal" not in first
    assert before.rstrip().endswith("<summary>Les 35") or "<summary>" in before[-40:]
    assert after.count("Égal") > 30
