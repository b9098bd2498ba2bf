"""``python -m metrics disclosure WAVE``: a published wave's closed list; with --publish, the steps that lead there."""

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from metrics.disclosure.tables import Published
from metrics.disclosure.words import NOT_GIVEN, table_name
from schemas.text import Text

STEPS = ("open", "closed", "audited", "published")


def parser(commands: Any) -> argparse.ArgumentParser:
    """Add the command's arguments."""
    found: argparse.ArgumentParser = commands.add_parser(
        "disclosure", help="La liste close des tableaux publiés d'une vague d'enquête."
    )
    found.add_argument("wave", metavar="VAGUE", help="nom de la vague")
    found.add_argument(
        "--publish", action="store_true", help="clore, auditer et publier la vague : sans retour possible"
    )
    found.add_argument(
        "--drop",
        action="store_true",
        help="avec --publish : retirer les tableaux que l'audit refuse, et le dire",
    )
    return found


def document(wave: str, lists: Sequence[Mapping[str, Any]], k: int) -> dict[str, Any]:
    """Return the JSON document: the frozen list as it is; without tables for a wave that is not published."""
    found = next((told for told in lists if told["wave"] == wave), None)
    return dict(found) if found else {"wave": wave, "k": k, "tables": []}


def lines(published: Published, lang: str) -> list[str]:
    """Return the list for people: a table a paragraph, a group a line."""
    told = [HEAD.get(lang).format(wave=published.wave, k=published.k)]
    for table in published.tables:
        told.append(table_name(table.key)[lang == "en"])
        for cell in table.cells:
            group = ", ".join(value or NOT_GIVEN[lang == "en"] for _, value in cell.group) or TOWN.get(lang)
            hidden = FEW.get(lang).format(k=published.k)
            shown = hidden if cell.suppressed else f"{_number(cell.mean, lang)} (n = {cell.n})"
            told.append(f"  {group}{': ' if lang == 'en' else ' : '}{shown}")
    return told


def _number(value: float | None, lang: str) -> str:
    return "–" if value is None else f"{value:.1f}" if lang == "en" else f"{value:.1f}".replace(".", ",")


HEAD = Text("Vague {wave} : groupes d'au moins {k} réponses.", "Wave {wave}: groups of at least {k} answers.")
TOWN = Text("toute la ville", "the whole town")
FEW = Text("moins de {k}", "fewer than {k}")
UNPUBLISHED = Text("La vague {wave} n'est pas publiée.", "The wave {wave} is not published.")
PUBLISH_IT = Text(
    "Publiez-la sur l'écran « Enquêtes », ou avec --publish.",
    "Publish it on the screen “Surveys”, or with --publish.",
)
DROP_THEM = Text(
    "Pour retirer ces tableaux et publier les autres : ajoutez --drop.",
    "To drop these tables and publish the others: add --drop.",
)
UNKNOWN_WAVE = Text("Vague inconnue : {wave}.", "Unknown wave: {wave}.")
