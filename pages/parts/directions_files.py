"""The tables of directorates as files: their KPIs side by side, one KPI compared, the additive check, the files of one."""

from metrics import cascade
from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.parts import status, tables, units
from pages.parts.directions_reads import checks, comparison, files, of, parts, structure
from pages.parts.fiche_columns import label as code_label
from pages.parts.fiche_finding import label
from pages.parts.kpi_table import versions
from pages.parts.reads import DIMENSION
from pages.parts.source import Source
from pages.parts.tables import Asked, Column, Table
from pages.texts import t


@tables.offered("directions-indicateurs")
def board_table(source: Source, asked: Asked) -> Table | None:
    """Every identical KPI of every directorate: one line each, so that a spreadsheet can turn it as it likes."""
    if source.as_of is None:
        return None
    kpis, known = cascade.identical(source.catalogue), set(structure(source))
    found = [
        (kpi, one)
        for kpi in kpis
        for one in parts(source).get(kpi.id, ())
        if one.scope.get(DIMENSION) in known
    ]
    columns = (
        *(Column(words) for words in (t("Direction"), t("Code"), t("Indicateur"))),
        *(Column(words, "number") for words in (t("Valeur"), t("Borne basse"), t("Borne haute"))),
        Column(t("Unité")),
        *(Column(words, "number") for words in (t("Numérateur"), t("Dénominateur"), t("n"))),
        Column(t("Statut")),
        Column(t("Score"), "number"),
        Column(t("Raison")),
    )
    rows = [_line(kpi, one) for kpi, one in found]
    title = t("Indicateurs identiques, direction par direction")
    version = versions((kpi, None) for kpi in kpis)
    return tables.table(source.whole_town(), title, columns, rows, version=version)


def _line(kpi: Kpi, one: Reading) -> list[object]:
    values = [one.value, one.low, one.high, units.unit_name(kpi.unit), one.numerator, one.denominator, one.n]
    judged = [status.word_of(one), one.score, status.reason(one.reason) or None]
    return [one.scope.get(DIMENSION), kpi.code, label(kpi), *values, *judged]


@tables.offered("directions-comparaison")
def compared_table(source: Source, asked: Asked) -> Table | None:
    """The directorates for the KPI ``asked``, with their intervals and the limits of noise."""
    kpi = source.catalogue.kpis.get(asked.get("kpi", ""))
    found = comparison(source, kpi.id) if kpi and source.as_of else None
    if kpi is None or found is None:
        return None
    members = {one.name: one for one in found.members}
    columns = (
        Column(t("Direction")),
        *(Column(words, "number", kpi.unit) for words in (t("Valeur"), t("Borne basse"), t("Borne haute"))),
        Column(t("Limite basse du bruit"), "number", kpi.unit),
        Column(t("Limite haute du bruit"), "number", kpi.unit),
        Column(t("n"), "number", "n"),
        Column(t("Raison")),
    )
    rows = [
        [
            name,
            r.value,
            r.low,
            r.high,
            members[name].lower,
            members[name].upper,
            r.n,
            status.reason(r.reason) or None,
        ]
        for r in of(source, kpi.id)
        for name in [str(r.scope[DIMENSION])]
    ]
    title = t("{label} par {dimension}", label=label(kpi), dimension=t("direction"))
    return tables.table(source.whole_town(), title, columns, rows, version=kpi.version, about=kpi.id)


@tables.offered("directions-controle")
def checked_table(source: Source, asked: Asked) -> Table | None:
    """The additive check, KPI by KPI and part by part."""
    if source.as_of is None:
        return None
    columns = (
        *(Column(words) for words in (t("Code"), t("Indicateur"), t("Partie de la formule"))),
        *(Column(words, "number") for words in (t("Somme des directions"), t("Ville"))),
        Column(t("Exact"), "boolean"),
    )
    rows = [
        [kpi.code, label(kpi), one.part, one.directorates, one.town, one.is_exact]
        for kpi, many in checks(source)
        for one in many
    ]
    return tables.table(source.whole_town(), t("Somme des directions et Ville"), columns, rows)


@tables.offered("direction-dossiers")
def led_table(source: Source, asked: Asked) -> Table | None:
    """The open files that the directorate ``name`` leads, the oldest first."""
    name = asked.get("name", "")
    if source.as_of is None or name not in structure(source):
        return None
    columns = (
        *(Column(words) for words in (t("Identifiant"), t("Dossier"), t("Thème"), t("Étape"))),
        Column(t("Ouvert le"), "date"),
        Column(t("Ouvert depuis"), "number", "days"),
        Column(t("Coût HT"), "number", "eur"),
    )
    rows = [
        [
            one.project_id,
            one.title,
            one.theme,
            code_label("stage", one.stage) if one.stage else None,
            one.opened_on,
            (source.as_of - one.opened_on).days,
            one.total_cost_amount,
        ]
        for one in files(source, name)
    ]
    title = t("Dossiers ouverts pilotés par {name}", name=name)
    return tables.table(source.whole_town(), title, columns, rows, about=name)
