"""From files to parsed rows: which reader, and what it says."""

from collections.abc import Sequence

from data import readers
from data.problems import BadRequest
from data.readers.answers import Scales, no_scales
from data.readers.batch import Parsed
from data.readers.refused import Refused, shown_name
from schemas.tables import TABLES, find_table
from schemas.text import Text

NATIVE = "levier"


def named_apart(files: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Return the files under names without folders, no two alike. Raises BadRequest when there is no file."""
    if not files:
        raise BadRequest(NO_FILE)
    used: dict[str, int] = {}
    named = []
    for given, content in files:
        name = shown_name(given)
        used[name] = used.get(name, 0) + 1
        stem, dot, ending = name.rpartition(".")
        mark = f" ({used[name]})"
        apart = name if used[name] == 1 else f"{stem}{mark}.{ending}" if dot else f"{name}{mark}"
        named.append((apart, content))
    return named


def receive(
    files: Sequence[tuple[str, bytes]], reader: str | None, table: str | None, scales: Scales = no_scales
) -> Parsed:
    """Read the files; a file that is no spreadsheet gives its faults. Raises BadRequest for an unknown reader or table.

    ``scales`` gives the items of declared scales to the native reader.
    """
    name = reader or NATIVE
    if name not in readers.READERS:
        raise BadRequest(NO_READER.format(name=name, known=", ".join(readers.READERS)))
    if table is not None and (find_table(table) is None or name != NATIVE):
        raise BadRequest(NO_TABLE.format(name=table, known=", ".join(TABLES)))
    read = readers.READERS[name].read
    try:
        return read(files, table=table, scales=scales) if name == NATIVE else read(files)
    except Refused as refused:
        return Parsed(faults=list(refused.faults))


NO_FILE = Text("Aucun fichier n'est donné.", "No file is given.")
NO_READER = Text(
    "Le lecteur « {name} » n'existe pas. Lecteurs : {known}.",
    "There is no reader “{name}”. Readers: {known}.",
)
NO_TABLE = Text(
    "La table « {name} » n'existe pas, ou ce lecteur ne la choisit pas. Tables : {known}.",
    "There is no table “{name}”, or this reader does not choose it. Tables: {known}.",
)
