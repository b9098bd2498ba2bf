"""What a scenario is assumed to do to well-being, and what the law changes in each plan, in words on the screen."""

from pathlib import Path

from pages.parts import whatif_effects, whatif_reads
from pages.parts.address import Address
from pages.parts.source import open_source


def told(text: str) -> str:
    source = open_source(Address())
    found = whatif_reads.asked(source, text).found
    assert found is not None
    return str(whatif_effects.panel(source, found)).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_effect_on_well_being_is_said_with_its_spread(town: Path) -> None:
    words = told("staff,fte=7,times=stay")
    assert "effet supposé +3,6 points" in words and "de −1,0 à +8,1" in words and "Aucune donnée" in words


def test_the_law_s_clip_is_told_plan_by_plan(town: Path) -> None:
    words = told("min_own_share,share=0.3,clip=lower_grant")
    assert words.count("<li>") == 9 and "P001" in words and "argent public des partenaires" in words
    assert told("awards_cut,share=0.2") == ""
