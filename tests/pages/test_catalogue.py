"""The catalogue screen: every definition, every refusal with its mend, a search."""

from pathlib import Path

import pytest

from metrics.definitions import load
from metrics.folders import SHIPPED
from pages.parts import dictionary
from tests.pages.conftest import Visit, shown

BAD = """
<b>evil:
  code: Z9
  label: {fr: x, en: x}
  objective: F1
  from: projects
  sql: medain(total_cost_amount)
"""


def test_every_kpi_with_its_definition(town: Path, visit: Visit) -> None:
    page = shown(visit("catalogue"))
    for kpi in load([SHIPPED]).kpis.values():
        assert f'id="kpi-{kpi.id}"' in page and f">{kpi.code}<" in page
    for words in ("Formule", "Période", "Unité", "Cible", "Responsable", "Version", "cumulé", "chaque mois"):
        assert words in page
    assert "/fiche?kpi=leverage_awarded&amp;lang=fr" in page


def test_objectives_without_kpi_and_links(
    town: Path, visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(visit("catalogue"))
    assert "Objectifs sans indicateur" not in page and page.count("mois</td>") == 14
    moved = "".join(f"{id}: {{objective: A2}}\n" for id in ("mooc_completion", "staff_reached"))
    (tmp_path / "mine.yml").write_text(moved, "utf-8")
    monkeypatch.setenv("LEVIER_CATALOGUE", str(tmp_path))
    page = shown(visit("catalogue"))
    assert "Objectifs sans indicateur" in page and "Acculturer" in page


def test_refused_entries_say_file_reason_and_mend_escaped(
    town: Path, visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.yml").write_text(BAD, "utf-8")
    monkeypatch.setenv("LEVIER_CATALOGUE", str(tmp_path))
    page = shown(visit("catalogue"))
    assert "Entrées refusées" in page and "mine.yml" in page and "1 entrée refusée" in page
    assert "<b>evil" not in page and "&lt;b&gt;evil" in page
    assert 'id="kpi-leverage_awarded"' in page  # the others do not suffer


def test_search_ignores_case_and_accents(town: Path, visit: Visit) -> None:
    page = shown(visit("catalogue", q="DELAI"))
    assert 'id="kpi-appraisal_median_days"' in page and 'id="kpi-partners_joined"' not in page


def test_a_search_without_result_says_so(town: Path, visit: Visit) -> None:
    page = shown(visit("catalogue", q="<i>zzz"))
    assert "Rien ne répond" in page and "&lt;i&gt;zzz" in page and "<i>zzz" not in page


def test_matching_wants_every_word() -> None:
    catalogue = load([SHIPPED])
    found = [kpi.id for kpi in dictionary.matching(catalogue, "levier dadi")]
    assert "leverage_awarded" in found and "partners_joined" not in found
    assert len(dictionary.matching(catalogue, "  ")) == len(catalogue.kpis)
