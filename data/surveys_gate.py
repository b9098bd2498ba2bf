"""What answers to a survey must meet before they are stored: a wave that takes them, groups large enough, identifiers that say nothing."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import duckdb
import pandas as pd

from data import answer_ids
from data.answers import ANSWERS, ITEMS
from data.gather import Gathered
from schemas.fault import Fault
from schemas.headers import plain
from schemas.personal import masked
from schemas.text import Text

WAVES = "survey_waves"
QUESTIONNAIRE = "questionnaire"  # brings the last answers of its urn once the wave is closed
TAKES = ("open",)
TAKES_ITS_LAST = ("open", "closed")


def faults(
    connection: duckdb.DuckDBPyConnection, gathered: Gathered, settings: Mapping[str, Any], reader: str
) -> list[Fault]:
    """Return the faults, errors and warnings, of the answers that an import brings; none of an import without answers."""
    found = [gathered.frames[name] for name in (ANSWERS, ITEMS) if name in gathered.frames]
    if not found:
        return []
    told = list(_of_waves(connection, gathered, pd.concat(found), reader))
    if ANSWERS in gathered.frames and reader != QUESTIONNAIRE:
        told += _of_groups(connection, gathered, settings)
        told += answer_ids.faults(connection, gathered, gathered.frames[ANSWERS])
    return told


def _of_waves(
    connection: duckdb.DuckDBPyConnection, gathered: Gathered, rows: pd.DataFrame, reader: str
) -> Iterator[Fault]:
    """Refuse each wave that takes no answers: those of one that is not declared are welcome."""
    known = connection.execute(f"SELECT wave, state FROM main.{WAVES}").fetchall()
    states = {plain(wave): (wave, state) for wave, state in known}
    takes = TAKES_ITS_LAST if reader == QUESTIONNAIRE else TAKES
    for wave, first in rows.groupby("wave", sort=True).head(1).set_index("wave").iterrows():
        name, state = states.get(plain(str(wave)), (wave, "open"))
        if name != wave:
            yield _fault(gathered, first, "wave", str(wave), "wave_state", *_other_name(str(wave), name))
        elif state not in takes:
            yield _fault(gathered, first, "wave", str(wave), "wave_state", *_not_taking(str(wave), state))


def _of_groups(
    connection: duckdb.DuckDBPyConnection, gathered: Gathered, settings: Mapping[str, Any]
) -> Iterator[Fault]:
    """Refuse each group that the scorecard does not have: a directorate or a unit could be few enough to be recognised.

    A scorecard none of whose groups holds a directorate of this staff is another town's: it says nothing of these groups,
    of which only one that a single answer bears is refused.
    """
    groups = settings.get("directorate_groups")
    if groups is None:
        return
    rows = gathered.frames[ANSWERS]
    given = rows["directorate_group"]
    strange = rows[given.notna() & ~given.isin(list(groups))]
    if groups and not _concerns(connection, gathered, groups):
        strange = strange[~strange.duplicated(["wave", "directorate_group"], keep=False)]
    for name, row in (
        strange.groupby("directorate_group", sort=True).head(1).set_index("directorate_group").iterrows()
    ):
        shown = masked(str(name))
        words = _no_group(shown, list(groups))
        yield _fault(gathered, row, "directorate_group", shown, "identifying", *words)


def _concerns(
    connection: duckdb.DuckDBPyConnection, gathered: Gathered, groups: Mapping[str, Collection[str]]
) -> bool:
    brought = gathered.frames["staff"]["directorate"].dropna() if "staff" in gathered.frames else ()
    held = connection.execute("SELECT DISTINCT directorate FROM main.staff").fetchall()
    own = {name for names in groups.values() for name in names}
    return bool(own & {*brought, *(name for (name,) in held)})


def _fault(
    gathered: Gathered, row: Any, column: str, value: str, rule: str, message: Text, mend: Text
) -> Fault:
    place = gathered.places[int(row["_place"])]
    at = None if column == "wave" else int(row["_row"])
    return Fault(place.file, place.sheet, at, column, value, rule, "error", message, mend)


def _other_name(given: str, known: str) -> tuple[Text, Text]:
    message = Text(
        f"La vague « {given} » ne diffère de « {known} » que par l'écriture.",
        f"Wave “{given}” differs from “{known}” by its spelling only.",
    )
    return message, Text(f"Écrivez « {known} ».", f"Write “{known}”.")


def _not_taking(wave: str, state: str) -> tuple[Text, Text]:
    what, mend = NOT_TAKING[state]
    message = Text(
        f"La vague « {wave} » {what.fr} : aucune réponse n'y entre et aucune n'y change.",
        f"Wave “{wave}” {what.en}: no answer enters it and none changes.",
    )
    return message, mend


def _no_group(shown: str, groups: list[str]) -> tuple[Text, Text]:
    message = Text(
        f"« Groupe de directions » : « {shown} » n'est pas un groupe du tableau de bord ; un groupe plus fin pourrait désigner.",
        f"“Directorate group”: “{shown}” is not a group of the scorecard; a finer group could single people out.",
    )
    if not groups:
        return message, Text(
            "Videz la colonne, ou déclarez directorate_groups dans scorecard.yml.",
            "Empty the column, or declare directorate_groups in scorecard.yml.",
        )
    listed = ", ".join(groups)
    return message, Text(
        f"Écrivez un de ces groupes, ou videz la cellule : {listed}.",
        f"Write one of these groups, or empty the cell: {listed}.",
    )


STEP_BACK = Text(
    "Revenez d'une étape ou plus sur l'écran « Enquêtes » jusqu'à la rouvrir, puis importez de nouveau.",
    "Step back on the screen “Surveys” until it is open again, then import again.",
)
NEW_WAVE = Text(
    "Ce qui est publié ne change plus : donnez un autre nom à une autre vague, ou retirez ces lignes du fichier.",
    "What is published no longer changes: give another wave another name, or take these rows out of the file.",
)
NOT_TAKING: dict[str, tuple[Text, Text]] = {
    "draft": (
        Text("n'est pas encore ouverte", "is not open yet"),
        Text("Ouvrez-la sur l'écran « Enquêtes ».", "Open it on the screen “Surveys”."),
    ),
    "closed": (Text("est close", "is closed"), STEP_BACK),
    "audited": (Text("est auditée", "is audited"), STEP_BACK),
    "published": (Text("est publiée", "is published"), NEW_WAVE),
    "purged": (Text("est purgée", "is purged"), NEW_WAVE),
}
