"""What the commands print: short, French unless asked otherwise, one line a fault."""

from collections.abc import Mapping, Sequence

from data.purge import UNREACHED, Purged
from data.report import ImportRecord, Report, Verification
from data.restore import Restored
from data.rounding import FEW
from data.seals import Seal
from schemas.fault import Fault
from schemas.tables import TABLES
from schemas.text import Text

SHOWN = 30  # faults printed; --json gives them all


def report(told: Report, lang: str) -> list[str]:
    """Return the lines about an import."""
    lines = [line for fault in told.errors[:SHOWN] for line in [fault_line(fault, lang)]]
    lines += _more(len(told.errors), lang)
    if told.errors:
        return [*lines, REFUSED.get(lang).format(n=len(told.errors))]
    lines = [f"{WARNING.get(lang)} — {fault_line(fault, lang)}" for fault in told.warnings[:SHOWN]]
    lines += _more(len(told.warnings), lang)
    counts = [_counts(name, told, lang) for name in told.added]
    head = WOULD.get(lang) if told.dry_run else STORED.get(lang).format(number=told.import_id)
    return [*lines, head, *counts]


def undone(told: Report, lang: str) -> list[str]:
    """Return the lines about an undo."""
    head = TAKEN_BACK.get(lang).format(number=told.undone, own=told.import_id)
    return [head, *(f"  {title(name, lang)} : {_number(count, lang)}" for name, count in told.stored.items())]


def history(records: Sequence[ImportRecord], lang: str) -> list[str]:
    """Return a line per event."""
    return [_event(record, lang) for record in records] or [NO_EVENT.get(lang)]


def sealed(told: Seal, lang: str) -> list[str]:
    """Return the lines about a week that was just sealed."""
    return [SEALED.get(lang).format(week=told.week, as_of=told.as_of), f"sha256 {told.chain}"]


def seals(found: Sequence[Seal], wrong: Mapping[str, Sequence[Text]], lang: str) -> list[str]:
    """Return a line per sealed week, and under it what is wrong with it."""
    lines = []
    for each in found:
        state = ALTERED if wrong.get(each.week) else INTACT
        told = {"week": each.week, "as_of": each.as_of, "at": each.sealed_at[:16], "by": each.sealed_by}
        lines.append(f"{SEAL.get(lang).format(**told)} {state.get(lang)}")
        lines += [f"  {words.get(lang)}" for words in wrong.get(each.week, ())]
    return lines or [NO_SEAL.get(lang)]


def verification(told: Verification, lang: str) -> list[str]:
    """Return the verdict, then the problems."""
    verdict = (SOUND if told.ok else UNSOUND).get(lang)
    digest = [f"sha256 {told.content_sha256}"] if told.content_sha256 else []
    return [verdict, *(problem.get(lang) for problem in told.problems), *digest]


def restored(told: Restored, lang: str) -> list[str]:
    """Return what was put back, where the rest lies, and what was purged."""
    lines = [f"{WARNING.get(lang)} — {fault_line(fault, lang)}" for fault in told.warnings]
    lines.append(RESTORED.get(lang).format(folder=told.backup))
    lines += [ASIDE.get(lang).format(folder=told.aside)] if told.aside else []
    return lines + (purged(told.purged, lang) if told.purged else [])


def purged(told: Purged, lang: str, *, dry_run: bool = False) -> list[str]:
    """Return what a purge destroyed, or would, and what it could not reach."""
    if not told.waves:
        return [NOT_DUE.get(lang)]
    waves = ", ".join(told.waves)
    if dry_run:
        return [WOULD_PURGE.get(lang).format(waves=waves)]
    count = _number(told.answers, lang)
    lines = [PURGED.get(lang).format(waves=waves, answers=count, copies=len(told.copies))]
    return lines + [UNREACHED.get(lang).format(folder=folder) for folder in told.unreached]


def fault_line(fault: Fault, lang: str) -> str:
    """Return "file, sheet, row n, column « X » : message What to do: mend"; a column is named once."""
    words = PLACE[lang == "en"]
    row = f"{words[1]} {fault.row}" if fault.row else None
    column = f"{words[2]} « {column_title(fault.column, lang)} »" if fault.column else None
    sheet = f"{words[0]} « {fault.sheet} »" if fault.sheet else None
    place = ", ".join(part for part in (fault.file, sheet, row, column) if part)
    colon = ": " if lang == "en" else " : "
    said = f"{place}{colon if place else ''}{_without_title(fault, lang)}"
    ended = said if said.endswith((".", "?", "!", "…")) else f"{said}."
    return f"{ended} {words[3]}{colon}{fault.mend.get(lang)}"


def _without_title(fault: Fault, lang: str) -> str:
    """Return the message without the column's title before it, which the place has said already."""
    message = fault.message.get(lang)
    titles = {c.title.get(lang) for table in TABLES.values() for c in table.columns if c.name == fault.column}
    openings = (form.format(title=title) for title in titles for form in ("« {title} » : ", '"{title}": '))
    opening = next((words for words in openings if message.startswith(words)), "")
    return message.removeprefix(opening)


def column_title(name: str, lang: str) -> str:
    """Return a column's title where all tables that have it call it the same, else its identifier."""
    titles = {c.title.get(lang) for table in TABLES.values() for c in table.columns if c.name == name}
    return titles.pop() if len(titles) == 1 else name


def title(table: str, lang: str) -> str:
    """Return a table's title."""
    return TABLES[table].title.get(lang) if table in TABLES else table


def _counts(name: str, told: Report, lang: str) -> str:
    numbers = {"a": told.added[name], "c": told.changed[name], "u": told.unchanged[name]}
    return f"  {title(name, lang)} : " + COUNTS.get(lang).format(**numbers)


def _event(record: ImportRecord, lang: str) -> str:
    at = f"{record.at:%Y-%m-%d %H:%M} UTC" if lang == "en" else f"{record.at:%d/%m/%Y %H:%M} UTC"
    if record.undoes:
        return f"{record.import_id}  {at}  {record.actor}  " + UNDOES.get(lang).format(n=record.undoes)
    rows = _number(record.written, lang)
    ended = " — " + UNDONE_BY.get(lang).format(n=record.undone_by) if record.undone_by else ""
    what = WITHDRAWS if record.withdrawn else EVENT
    told = what.get(lang).format(
        files=", ".join(record.files), rows=record.withdrawn or rows, warnings=record.warnings
    )
    return f"{record.import_id}  {at}  {record.actor}  {told}{ended}"


def _number(count: int | None, lang: str) -> str:
    return FEW.get(lang) if count is None else str(count)


def _more(count: int, lang: str) -> list[str]:
    return [MORE.get(lang).format(n=count - SHOWN)] if count > SHOWN else []


PLACE = (
    ("feuille", "ligne", "colonne", "Que faire"),
    ("sheet", "row", "column", "What to do"),
)
REFUSED = Text("Refusé : {n} erreur(s), rien n'est enregistré.", "Refused: {n} error(s), nothing is stored.")
STORED = Text("Enregistré : import n° {number}.", "Stored: import no. {number}.")
WOULD = Text(
    "Essai à blanc : rien n'est enregistré. Il y aurait :", "Dry run: nothing is stored. There would be:"
)
WARNING = Text("Avertissement", "Warning")
COUNTS = Text("{a} ajoutées, {c} modifiées, {u} inchangées", "{a} added, {c} changed, {u} unchanged")
TAKEN_BACK = Text(
    "Import n° {number} annulé (événement n° {own}). Lignes retirées :",
    "Import no. {number} undone (event no. {own}). Rows taken back:",
)
SEALED = Text(
    "Semaine {week} scellée, données au {as_of}. Son maillon, à noter dans le compte rendu :",
    "Week {week} sealed, data as of {as_of}. Its link, to be noted in the minutes:",
)
SEAL = Text(
    "{week}  données au {as_of}  scellée le {at} UTC par {by} :",
    "{week}  data as of {as_of}  sealed {at} UTC by {by}:",
)
INTACT, ALTERED = Text("intacte", "intact"), Text("ALTÉRÉE", "ALTERED")
NO_SEAL = Text("Aucune semaine scellée.", "No sealed week yet.")
NO_EVENT = Text("Aucun import.", "No import yet.")
UNDOES = Text("annulation de l'import n° {n}", "undo of import no. {n}")
UNDONE_BY = Text("annulé (événement n° {n})", "undone (event no. {n})")
EVENT = Text(
    "{files} : {rows} lignes, {warnings} avertissements", "{files}: {rows} rows, {warnings} warnings"
)
WITHDRAWS = Text("{files} : {rows} ligne(s) retirée(s)", "{files}: {rows} row(s) withdrawn")
MORE = Text("… et {n} autres (toutes avec --json).", "… and {n} more (all of them with --json).")
RESTORED = Text("Remis en place : {folder}", "Put back: {folder}")
ASIDE = Text("Ce qui a été remplacé est mis de côté : {folder}", "What was replaced is kept aside: {folder}")
NOT_DUE = Text("Aucune réponse n'est à purger.", "No answer is to be purged.")
WOULD_PURGE = Text(
    "Seraient purgées les réponses de : {waves}", "The answers of these would be purged: {waves}"
)
PURGED = Text(
    "Réponses purgées : {waves} ({answers} réponses, {copies} sauvegarde(s) purgée(s)).",
    "Answers purged: {waves} ({answers} answers, {copies} backup(s) purged).",
)
SOUND = Text("Tout concorde.", "Everything agrees.")
UNSOUND = Text("Les données ne sont pas sûres.", "The data cannot be trusted.")
