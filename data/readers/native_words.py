"""What the native reader says of sheets and headers, in both languages."""

from data.readers.refused import fault
from data.readers.sheet import Cell, Sheet
from schemas.columns import Column
from schemas.fault import Fault, Severity
from schemas.faults import missing_column
from schemas.tables import FILLED, TABLES, Table
from schemas.text import Text


def unknown_table(name: str) -> Fault:
    """Say that the table asked for does not exist."""
    message = Text(f"Table inconnue : « {name} ».", f"Unknown table: “{name}”.")
    return fault("table", message, _tables(), file=None, value=name)


def no_table(sheet: Sheet, severity: Severity) -> Fault:
    """Say that a sheet is none of the tables: ignored if another sheet is one, else an error."""
    shown = ", ".join(f"« {title} »" for title in sheet.header[:6] if title)
    message = Text(
        f"Feuille ignorée : ses colonnes ({shown}) ne sont celles d'aucune table."
        if severity == "warning"
        else f"Ses colonnes ({shown}) ne sont celles d'aucune table : en-tête introuvable.",
        f"Sheet ignored: its columns ({shown}) are those of no table."
        if severity == "warning"
        else f"Its columns ({shown}) are those of no table: no header found.",
    )
    return fault("table", message, _tables(), file=sheet.file, sheet=sheet.sheet, severity=severity)


def kept_by_levier(sheet: Sheet, table: Table) -> Fault:
    """Say that a table is written by the product's own steps and never by a file."""
    message = Text(
        f"« {table.title.fr} » est tenue par Levier lui-même : un fichier ne peut pas la remplir.",
        f"“{table.title.en}” is kept by Levier itself: a file cannot fill it.",
    )
    screen = (
        Text("Semaines scellées", "Sealed weeks") if table.name == "seals" else Text("Enquêtes", "Surveys")
    )
    mend = Text(f"Passez par l'écran « {screen.fr} ».", f"Use the screen “{screen.en}”.")
    if not table.is_journal:
        mend = Text(
            "Donnez une feuille « Réponses à l'enquête » : une ligne par réponse, une colonne par item de l'échelle.",
            "Give a sheet “Survey answers”: a row an answer, a column an item of the scale.",
        )
    return fault("register", message, mend, file=sheet.file, sheet=sheet.sheet)


def hidden_sheet(sheet: Sheet) -> Fault:
    """Say that a hidden sheet was not read."""
    message = Text("Feuille masquée : elle n'est pas importée.", "Hidden sheet: it is not imported.")
    mend = Text("Affichez-la dans le tableur si elle doit l'être.", "Unhide it if it should be.")
    return fault("hidden", message, mend, file=sheet.file, sheet=sheet.sheet, severity="warning")


def hidden_rows(sheet: Sheet) -> Fault:
    """Say that hidden rows were read like the others."""
    count = sheet.hidden_rows
    message = Text(
        f"{count} ligne(s) masquée(s) lue(s) comme les autres.",
        f"{count} hidden row(s) read like the others.",
    )
    mend = Text(
        "Supprimez-les si elles ne doivent pas être importées.", "Delete them if they should not be imported."
    )
    return fault("hidden", message, mend, file=sheet.file, sheet=sheet.sheet, severity="warning")


def no_row(file: str) -> Fault:
    """Say that a file has a header and nothing below."""
    message = Text(
        "Le fichier ne contient aucune ligne sous l'en-tête.", "The file holds no row below the header."
    )
    mend = Text(
        "Ajoutez au moins une ligne ; rien n'a été importé ni effacé.",
        "Add at least one row; nothing was imported or erased.",
    )
    return fault("empty", message, mend, file=file)


def beyond_header(sheet: Sheet, row: int, value: Cell) -> Fault:
    """Say that a row holds more cells than the header."""
    width = len(sheet.header)
    message = Text(
        f"Ligne {row} : plus de {width} champs pour {width} colonnes ; une virgule décimale décale peut-être la ligne.",
        f"Line {row}: more than {width} fields for {width} columns; a decimal comma may have shifted the row.",
    )
    mend = Text(
        "Mettez le texte ou le nombre entre guillemets, enregistrez avec « ; » comme séparateur, ou donnez un titre à la colonne.",
        "Quote the text or number, save with “;” as separator, or give the column a title.",
    )
    return fault("fields", message, mend, file=sheet.file, sheet=sheet.sheet, row=row, value=value)


def twice(sheet: Sheet, title: str) -> Fault:
    """Say that two columns bear the same title."""
    message = Text(f"La colonne « {title} » est en double.", f"The column “{title}” stands twice.")
    mend = Text("Gardez-en une seule.", "Keep only one of them.")
    return _header(sheet, "duplicate_column", title, message, mend)


def missing(sheet: Sheet, column: Column) -> Fault:
    """Say that a required column is absent."""
    return _header(sheet, "required", column.name, *missing_column(column), value=None)


def unknown_column(sheet: Sheet, table: Table, title: str, near: Column | None) -> Fault:
    """Say that a column is not one of the table's, and which it may be meant to be."""
    if not title:
        message = Text(
            "Une colonne sans titre contient des valeurs.", "A column without a title holds values."
        )
        return _header(
            sheet,
            "unknown_column",
            title,
            message,
            Text("Donnez-lui un titre, ou videz-la.", "Title it, or empty it."),
        )
    message = Text(
        f"Colonne inconnue dans « {table.title.fr} » : « {title} ».",
        f"Unknown column in “{table.title.en}”: “{title}”.",
    )
    mend = Text("Retirez-la, ou corrigez son titre.", "Remove it, or correct its title.")
    if near:
        mend = Text(f"Vouliez-vous dire « {near.title.fr} » ?", f"Did you mean “{near.title.en}”?")
    return _header(sheet, "unknown_column", title, message, mend)


def personal_column(sheet: Sheet, title: str) -> Fault:
    """Say that a column announces personal data."""
    message = Text(
        f"La colonne « {title} » annonce des données personnelles : elles n'entrent pas dans Levier.",
        f"The column “{title}” announces personal data: they do not enter Levier.",
    )
    return _header(sheet, "R20", title, message, Text("Supprimez cette colonne.", "Delete this column."))


def _header(sheet: Sheet, rule: str, column: str, message: Text, mend: Text, value: str | None = "") -> Fault:
    shown = column if value == "" else value
    return fault(
        rule,
        message,
        mend,
        file=sheet.file,
        sheet=sheet.sheet,
        row=sheet.header_row,
        column=column or None,
        value=shown or None,
    )


def _tables() -> Text:
    french = ", ".join(TABLES[name].title.fr for name in FILLED)
    english = ", ".join(TABLES[name].title.en for name in FILLED)
    return Text(
        f"Nommez la feuille ou le fichier comme une des tables : {french}.",
        f"Name the sheet or the file after one of the tables: {english}.",
    )
