"""What is said of a sheet of survey answers that could tell who answered, or that has items nobody may use."""

from collections.abc import Sequence

from data.readers.refused import fault, shown_value
from data.readers.sheet import Cell, Sheet
from schemas import identifying as kinds
from schemas.columns import Column
from schemas.fault import Fault
from schemas.personal import masked, personal_data
from schemas.scale_items import ScaleItem
from schemas.tables import TABLES
from schemas.text import Text
from schemas.wording import say

DELETE = Text(
    "Supprimez cette colonne du fichier, et de l'export dont il vient.",
    "Delete this column from the file, and from the export it comes from.",
)
MENDS: dict[Text, Text] = {
    kinds.PLACE: Text(
        "Supprimez cette colonne : seul « Groupe de directions », un grand groupe du tableau de bord, situe une réponse.",
        "Delete this column: only “Directorate group”, a large group of the scorecard, places an answer.",
    ),
    kinds.BIRTH: Text(
        "Supprimez cette colonne : groupe de directions, catégorie et sexe suffisent, l'âge désigne.",
        "Delete this column: directorate group, category and sex suffice, an age singles people out.",
    ),
    kinds.SENIORITY: Text(
        "Supprimez cette colonne : groupe de directions, catégorie et sexe suffisent, l'ancienneté désigne.",
        "Delete this column: directorate group, category and sex suffice, seniority singles people out.",
    ),
    kinds.WORDS: Text(
        "Supprimez cette colonne : ce que les agents écrivent ne s'importe pas.",
        "Delete this column: what people write is not imported.",
    ),
    kinds.NUMBER: Text(
        "Supprimez cette colonne : « Identifiant réponse » suffit, tiré au hasard et sans liste de correspondance.",
        "Delete this column: “Answer identifier” suffices, drawn at random and with no list behind it.",
    ),
}
TITLES = {column.name: column.title for column in TABLES["survey_answers"].columns}
NO_NUMBER = Text("n'est pas un nombre", "is not a number")


def identifying_column(sheet: Sheet, title: str, what: Text) -> Fault:
    """Say that a column announces who, when or where somebody answered."""
    message = Text(
        f"La colonne « {title} » annonce {what.fr} : une réponse anonyme ne le dit pas, rien n'est importé.",
        f"The column “{title}” announces {what.en}: an anonymous answer does not tell, nothing is imported.",
    )
    return _header(sheet, "identifying", title, message, MENDS.get(what, DELETE))


def undeclared_column(sheet: Sheet, title: str, near: Column | None) -> Fault:
    """Say that a column is neither one of the answers' nor an item of a declared scale."""
    message = Text(
        f"La colonne « {title} » n'est ni une colonne des réponses ni un item d'une échelle déclarée : "
        "elle pourrait désigner quelqu'un, rien n'est importé.",
        f"The column “{title}” is neither a column of the answers nor an item of a declared scale: "
        "it could single somebody out, nothing is imported.",
    )
    mend = Text(
        "Supprimez-la ; si c'est un item d'une échelle, déclarez l'échelle dans le dossier scales du catalogue.",
        "Delete it; if it is an item of a scale, declare the scale in the folder scales of the catalogue.",
    )
    if near:
        mend = Text(
            f"Vouliez-vous dire « {near.title.fr} » ? {mend.fr}", f"Did you mean “{near.title.en}”? {mend.en}"
        )
    return _header(sheet, "unknown_column", title, message, mend)


def no_right(sheet: Sheet, title: str, item: ScaleItem) -> Fault:
    """Say that a scale's file does not state the town's right to use it, in the words of its licence."""
    name, licence = item.scale_label, item.licence or Text("non renseignée", "not stated")
    message = Text(
        f"« {title} » est un item de l'échelle « {name.fr} », dont rien ne dit que la collectivité peut l'utiliser. "
        f"Licence : {licence.fr}",
        f"“{title}” is an item of the scale “{name.en}”, and nothing says that the town may use it. "
        f"Licence: {licence.en}",
    )
    mend = Text(
        f"Si elle en a le droit, écrivez-le dans le YAML de l'échelle {item.scale} (right: {{fr: …, en: …}}) ; "
        "sinon supprimez ses colonnes.",
        f"If it may, write why in the YAML of the scale {item.scale} (right: {{fr: …, en: …}}); else delete its columns.",
    )
    return _header(sheet, "licence", title, message, mend)


def of_several(sheet: Sheet, title: str, items: Sequence[ScaleItem]) -> Fault:
    """Say that a column's title is that of different items."""
    names = ", ".join(f"{item.scale}.{item.code}" for item in items)
    message = Text(
        f"« {title} » est un item de plusieurs échelles ({names}) qui n'ont pas les mêmes réponses.",
        f"“{title}” is an item of several scales ({names}) that do not take the same answers.",
    )
    mend = Text(
        "Donnez à leurs items des codes différents, et à la colonne l'un d'eux.",
        "Give their items different codes, and the column one of them.",
    )
    return _header(sheet, "ambiguous", title, message, mend)


def telling_cell(sheet: Sheet, row: int, column: str, cell: str, what: Text) -> Fault:
    """Say that a cell holds what could tell who answered; only its beginning is repeated."""
    title = TITLES.get(column, Text(column, column))
    message = Text(
        f"« {title.fr} » : la cellule contient {what.fr} ; une réponse anonyme ne doit désigner personne.",
        f"“{title.en}”: the cell holds {what.en}; an anonymous answer must single out nobody.",
    )
    mend = Text(
        "Retirez-le de la cellule ; si toute la colonne est ainsi, remplacez-la."
        if column != "wave"
        else "Nommez la vague par son année ou par un mot (2015, 2013-audit), le même pour toutes ses réponses.",
        "Take it out of the cell; if the whole column is so, replace it."
        if column != "wave"
        else "Name the wave by its year or a word (2015, 2013-audit), the same for all its answers.",
    )
    if column == "answer_id":
        mend = RANDOM
    rule = "R20" if personal_data(cell) else "identifying"
    return fault(
        rule, message, mend, file=sheet.file, sheet=sheet.sheet, row=row, column=column, value=masked(cell)
    )


def no_number(sheet: Sheet, row: int, item: ScaleItem, cell: Cell) -> Fault:
    """Say that a cell of an item is not a number."""
    message = Text(
        f"« {item.code} » ({item.scale_label.fr}) : « {shown_value(cell)} » n'est pas un nombre.",
        f"“{item.code}” ({item.scale_label.en}): “{shown_value(cell)}” is not a number.",
    )
    return _item("not_a_number", sheet, row, item, cell, message)


def out_of_scale(sheet: Sheet, row: int, item: ScaleItem, cell: Cell) -> Fault:
    """Say that a number is no answer of the scale."""
    message = Text(
        f"« {item.code} » : {shown_value(cell)} n'est pas une réponse de l'échelle « {item.scale_label.fr} » ({_range(item).fr}).",
        f"“{item.code}”: {shown_value(cell)} is not an answer of the scale “{item.scale_label.en}” ({_range(item).en}).",
    )
    return _item("range", sheet, row, item, cell, message)


def _range(item: ScaleItem) -> Text:
    fr, en = f"{say(item.low)} à {say(item.high)}", f"{say(item.low, 'en')} to {say(item.high, 'en')}"
    if item.step == 1:
        return Text(fr, en)
    return Text(f"{fr}, de {say(item.step)} en {say(item.step)}", f"{en} by {say(item.step, 'en')}")


def _item(rule: str, sheet: Sheet, row: int, item: ScaleItem, cell: Cell, message: Text) -> Fault:
    mend = Text(
        f"Écrivez une réponse ({_range(item).fr}), ou laissez la cellule vide ; "
        "un code qui veut dire « sans réponse » se déclare dans missing_codes.",
        f"Write an answer ({_range(item).en}), or leave the cell empty; a code that means no answer is declared in missing_codes.",
    )
    return fault(
        rule, message, mend, file=sheet.file, sheet=sheet.sheet, row=row, column=item.code, value=cell
    )


def _header(sheet: Sheet, rule: str, title: str, message: Text, mend: Text) -> Fault:
    return fault(
        rule,
        message,
        mend,
        file=sheet.file,
        sheet=sheet.sheet,
        row=sheet.header_row,
        column=title,
        value=title,
    )


RANDOM = Text(
    "Donnez à chaque réponse un identifiant tiré au hasard, lettres et chiffres mêlés (dans un tableur : "
    '="R"&DECHEX(ALEA.ENTRE.BORNES(268435456;4294967295)), collé en valeurs), et triez le fichier par cet identifiant.',
    "Give each answer an identifier drawn at random, letters and digits mixed (in a spreadsheet: "
    '="R"&DEC2HEX(RANDBETWEEN(268435456,4294967295)), pasted as values), and sort the file by it.',
)
