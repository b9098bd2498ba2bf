"""Why a KPI moved, as a file: every effect with its two ends, and their sum beside the change."""

from pages.parts import fiche_why, tables, why_words
from pages.parts.fiche_columns import dimension
from pages.parts.fiche_finding import label
from pages.parts.source import Source
from pages.parts.tables import Asked, Column, Table
from pages.texts import t


@tables.offered(fiche_why.FILES)
def effects_table(source: Source, asked: Asked) -> Table | None:
    """The effects on the KPI ``asked`` between its two dates, split as the panel is, the largest first."""
    kpi = source.kpi(asked.get("kpi", ""))
    wanted = fiche_why.asked(source, kpi, asked) if kpi else None
    if kpi is None or wanted is None:
        return None
    found = fiche_why.moved(source, kpi.id, wanted)
    names = why_words.names(source, kpi, found)
    columns = (
        Column(dimension(found.by).capitalize() if found.by else t("Partie")),
        Column(t("Partie de la formule")),
        *(Column(words, "number") for words in (t("Au départ"), t("À l’arrivée"), t("Effet sur la valeur"))),
        Column(t("Unité")),
        Column(t("Du"), "date"),
        Column(t("Au"), "date"),
    )
    rows = [
        [
            why_words.name(names, effect),
            why_words.part_name(names, effect.part),
            *fiche_why.ends(found, effect),
            float(effect.amount),
            kpi.unit,
            found.start,
            found.end,
        ]
        for effect in sorted(found.effects, key=lambda effect: -abs(effect.amount))
    ]
    title = t("{label} : pourquoi ça a bougé", label=label(kpi))
    return tables.table(source, title, columns, rows, version=kpi.version, about=kpi.id)
