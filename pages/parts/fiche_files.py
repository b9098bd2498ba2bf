"""What a sheet and the leverage screen give as files: rows with their origin, readings, plans."""

from collections.abc import Callable

import streamlit as st

from pages.parts.fiche_columns import title
from pages.parts.fiche_csv import to_csv
from pages.parts.fiche_reads import behind
from pages.parts.fiche_rows import origins_of
from pages.parts.levier_reads import plans_of
from pages.parts.levier_words import verdict_word
from pages.parts.source import Source
from pages.texts import t, use


def offer(key: str, words: str, name: str, content: Callable[[], bytes]) -> None:
    """A button that makes its file when it is pressed, without a rerun."""
    st.download_button(words, content, file_name=name, mime="text/csv", on_click="ignore", key=key)


def rows(source: Source, kpi_id: str) -> bytes:
    """All rows behind a KPI with all their columns and their origin. The role is checked again on the way."""
    use(source.lang)  # the file is made outside the run that drew its button
    frame = behind(source, kpi_id)
    columns = [str(column) for column in frame.columns if column != "_id"]
    origins = origins_of(source, frame["_id"].tolist())
    head = [title(column) for column in columns]
    head += [t("Fichier"), t("Feuille"), t("Ligne"), t("Import"), t("Importé le")]
    lines = (
        [*record, *((o.file, o.sheet, o.row, o.import_id, o.imported_at) if o else (None,) * 5)]
        for record, o in zip(frame[columns].itertuples(index=False, name=None), origins, strict=True)
    )
    return to_csv(head, lines, source.lang)


def readings(source: Source, kpi_id: str) -> bytes:
    """All readings of a KPI in this scope, in the base unit, the oldest first."""
    use(source.lang)
    names = (
        "period",
        "as_of",
        "value",
        "unit",
        "numerator",
        "denominator",
        "n",
        "low",
        "high",
        "coverage",
        "score",
        "status",
        "reason",
        "version",
    )
    return to_csv(names, ([getattr(r, name) for name in names] for r in source.series(kpi_id)), source.lang)


def plans(source: Source) -> bytes:
    """The financing plans of this date and scope, amounts in euros, shares 0 to 1."""
    use(source.lang)
    found = plans_of(source)
    head = [
        t("Projet"),
        t("Intitulé"),
        t("Fonds propres"),
        t("Public"),
        t("Privé"),
        t("Part propre"),
        t("Minimum"),
        t("Effet de levier"),
        t("Verdict"),
    ]
    lines = (
        [
            p.project_id,
            p.title,
            p.own,
            p.public,
            p.private,
            p.own_share,
            p.min_own_share,
            p.leverage,
            verdict_word(p.verdict),
        ]
        for p in (found.plans if found else ())
    )
    return to_csv(head, lines, source.lang)
