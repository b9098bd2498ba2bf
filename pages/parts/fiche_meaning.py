"""What a KPI means: its definition, its formula and period in words, and the very statement that computes it."""

from metrics import surveys, words
from metrics.compile import Question, compile_kpis
from metrics.definitions import Kpi
from pages.parts.markup import Html, div, esc, facts, heading, join, tag
from pages.parts.once import SHEETS, kept
from pages.parts.source import Source
from pages.texts import said, t


def meaning(source: Source, kpi: Kpi) -> Html:
    """Definition, formula and period in words; formula and statement in SQL behind a switch."""
    return _meaning(source, kpi.id)


@kept(maxsize=SHEETS)
def _meaning(source: Source, kpi_id: str) -> Html:
    kpi, kpis = source.catalogue.every[kpi_id], source.catalogue.every
    read = facts(
        (
            (t("Formule"), said(words.formula(kpi, kpis))),
            (t("Lignes comptées"), said(words.period(kpi))),
        )
    )
    note = tag("p", said(kpi.note))
    return div("lv-meaning", heading(2, t("En mots")), note, read, _statement(source, kpi))


def _statement(source: Source, kpi: Kpi) -> Html:
    """The entry's own SQL and the whole statement, behind a switch; only the source for values kept as they are."""
    if kpi.sql is None:
        return tag("p", t("Valeur reçue telle quelle : rien n’est recalculé."))
    formula = f"{kpi.sql}\n/ {kpi.denominator.sql}" if kpi.denominator else kpi.sql
    inside = _titled(t("Formule du catalogue"), formula)
    if source.as_of is not None:
        inside += _titled(t("Requête complète"), statement(source, kpi))
    return tag("details", tag("summary", t("La formule et la requête")), join(inside), class_="lv-more")


def _titled(name: str, text: str) -> list[Html]:
    return [heading(3, name), _code(text, name)]


def _code(text: str, name: str) -> Html:
    """Code as it is written, in a block that the keyboard can scroll.

    Not a ``pre``, which Streamlit turns into a widget of its own; line ends as entities, since raw ones end the markup.
    """
    lines = [esc(line) for line in text.splitlines() if line.strip()]
    return div("lv-sql", join(lines, "&#10;"), tabindex="0", role="group", aria_label=name)


def statement(source: Source, kpi: Kpi) -> str:
    """The SQL that gives the town's value at the source's date."""
    assert source.as_of is not None
    engine, catalogue = source.engine, source.catalogue
    if kpi.is_survey:  # the frozen lists; what weighed them is not SQL
        return surveys.lists_sql(catalogue, engine.relations)
    question = Question([source.as_of])
    return compile_kpis(catalogue.every, [kpi.id], engine.relations, catalogue.parameters, question).sql
