"""The proof of a claim, in the order in which somebody who doubts would ask: what is said, what the data say, how, since when,
from which rows, how fresh, how checked, and who changed what."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from data.access import ALLOWED
from data.sealed import SealedStore
from metrics.definitions import Kpi
from metrics.reading import Reading
from metrics.sides import Side
from pages.parts import (
    archive,
    fiche_facts,
    fiche_rows,
    intake,
    page,
    projection,
    proof_reads,
    proof_tables,
    proof_words,
    tables,
)
from pages.parts.fiche_meaning import meaning
from pages.parts.markup import Html, div, join, link, section, show, span, tag
from pages.parts.once import SHEETS, kept
from pages.parts.source import Source
from pages.texts import numbers, t, tn, units

PREVIEW, PAGE = 10, 100
VERIFIED = "proof.verified"  # the store's version and what its keeper found in this visit


def draw(source: Source, kpi: Kpi, opened: str = "") -> None:
    """The whole proof of a KPI; ``opened`` names the side whose rows are open."""
    is_projected = projection.asked()
    show(projection.marker(is_projected), body(source, kpi.id, opened, is_projected))
    # A sealed week is compared with its chain each time it is opened: there is no ledger of its own to verify.
    if "verify" in ALLOWED.get(source.actor.role, frozenset()) and not isinstance(source.store, SealedStore):
        _verify(source)


@kept(maxsize=SHEETS)
def body(source: Source, kpi_id: str, opened: str, is_projected: bool = False) -> Html:
    """The proof as markup, kept by role, store version, language, date, scope and KPI."""
    kpi = source.catalogue.every[kpi_id]
    reading = source.readings().get(kpi_id)
    return join(
        (
            _head(source, kpi, reading, is_projected),
            _standing(source, kpi, reading),
            section(t("Ce qui est mesuré, en mots et en requête"), meaning(source, kpi)),
            _baseline(source, kpi),
            _rows(source, kpi, reading, opened, projection.kept(is_projected)),
            _freshness(source, kpi),
            _checks(source, kpi),
            _changes(source, kpi),
        )
    )


def _head(source: Source, kpi: Kpi, reading: Reading | None, is_projected: bool) -> Html:
    kicker = join((t("Preuve"), " · ", fiche_facts.kicker(source, kpi)))
    back = div(
        "lv-proof-links",
        link(source.link("", **projection.kept(is_projected)), t("Synthèse")),
        link(source.link("fiche", kpi=kpi.id), t("Fiche complète")),
        projection.switch(source, is_projected, "preuve", kpi=kpi.id),
    )
    lead = proof_words.verdict(source, kpi, reading)
    return page.head(proof_words.title(source, kpi, reading), kicker=kicker, lead=lead, aside=back)


def _standing(source: Source, kpi: Kpi, reading: Reading | None) -> Html:
    claim = proof_words.claim_of(source, kpi)
    quoted = tag("blockquote", t("« {claim} »", claim=claim), class_="lv-quote") if claim else ""
    figures = fiche_facts.figures(kpi, reading, fiche_facts.companions(source, kpi))
    standing = fiche_facts.standing(source, kpi, reading)
    return section(
        t("Ce qui est dit, et ce que les données disent") if claim else t("Ce que les données disent"),
        div("lv-proof-top", tag("div", quoted, standing), figures),
    )


def _baseline(source: Source, kpi: Kpi) -> Html:
    found = proof_reads.baseline(source, kpi.id)
    words = proof_words.against(found) if found else t("Aucune valeur antérieure : rien à quoi comparer.")
    return section(t("Référence"), tag("p", words))


def _rows(source: Source, kpi: Kpi, reading: Reading | None, opened: str, more: Mapping[str, str]) -> Html:
    title = t("Les lignes derrière le chiffre")
    if kpi.is_survey:
        words = t("Les réponses à une enquête ne sont jamais montrées une à une.")
        return section(title, note=words)
    if not fiche_rows.may_see(source):
        return section(title, note=t("Votre rôle ne permet pas de voir les lignes."))
    sides = [_side(source, kpi, reading, side, opened, more) for side in proof_reads.parts(source, kpi)]
    return join((tag("span", id=fiche_rows.ANCHOR), section(title, *sides)))


def _side(
    source: Source, kpi: Kpi, reading: Reading | None, side: Side, opened: str, more: Mapping[str, str]
) -> Html:
    """One side: its name and amount, its rows with the cell each came from, its files."""
    is_open = opened == side.role
    frame, total = proof_reads.side_rows(source, kpi, side.role, PAGE if is_open else PREVIEW)
    count = tn("{n} ligne", "{n} lignes", total, n=numbers.decimal(total))
    amount = proof_reads.amount(side, reading) if reading else None
    much = (
        units.text(amount, kpi.unit)
        if side.role == "whole"
        else fiche_facts.amount(amount, kpi, reading)
        if reading
        else ""
    )
    when = t("au {day}", day=numbers.day(side.at)) if side.at else ""
    words = " · ".join(part for part in (proof_words.role(side), much, count, when) if part)
    shown = (
        fiche_rows.drawn(source, _of_side(frame, side), side.kpi)
        if total
        else tag("p", t("Aucune ligne à cette date."))
    )
    files = tables.links(source, proof_tables.ROWS, words, kpi=kpi.id, side=side.role) if total else ""
    return div(
        "lv-proof-side",
        tag("div", words, role="heading", aria_level=3, class_="lv-h3"),
        shown,
        _more(source, kpi, side, total, is_open, more),
        files,
    )


def _of_side(frame: pd.DataFrame, side: Side) -> pd.DataFrame:
    """The rows without what the formula adds up on the other side: there it is zero on every row."""
    others = (
        fiche_rows.added_up(side.kpi) - set(side.counted) if side.counted and side.role != "whole" else ()
    )
    return frame.drop(
        columns=[name for name in others if name in frame and not frame[name].astype(bool).any()]
    )


def _more(source: Source, kpi: Kpi, side: Side, total: int, is_open: bool, more: Mapping[str, str]) -> Html:
    if total <= PREVIEW:
        return Html("")
    if is_open:
        rest = total - PAGE
        words = t("et {n} autres, dans le fichier", n=numbers.decimal(rest)) if rest > 0 else ""
        fold = link(f"{source.link('preuve', kpi=kpi.id, **more)}#{fiche_rows.ANCHOR}", t("Replier"))
        return tag("p", span("lv-grey", words), " " if words else "", fold)
    words = (
        t("Ouvrir les {n} lignes", n=numbers.decimal(total))
        if total <= PAGE
        else t("Ouvrir les cent premières lignes")
    )
    href = source.link("preuve", kpi=kpi.id, rows=side.role, **more)
    return tag("p", link(f"{href}#{fiche_rows.ANCHOR}", words, class_="lv-button"))


def _freshness(source: Source, kpi: Kpi) -> Html:
    drawn = tables.drawn(source, proof_tables.FRESH, class_="lv-labels", kpi=kpi.id)
    return section(t("Fraîcheur"), drawn, note=proof_words.age(source, kpi))


def _checks(source: Source, kpi: Kpi) -> Html:
    note = t(
        "Rejoués sur les lignes servies à l’ouverture de cette page ; les mêmes règles passent à chaque import."
    )
    drawn = tables.drawn(source, proof_tables.CHECKS, class_="lv-labels", kpi=kpi.id)
    return section(t("Contrôles"), drawn, note=note)


def _changes(source: Source, kpi: Kpi) -> Html:
    drawn = tables.drawn(source, proof_tables.CHANGES, class_="lv-labels", kpi=kpi.id)
    note = t(
        "Cibles, bases, notes, définitions, et imports des tables dont ce chiffre est fait ; le plus récent d’abord."
    )
    return section(t("Qui a modifié quoi"), drawn, note=note)


def _verify(source: Source) -> None:
    """Compare ledger and tables now, when asked; the answer stands as long as the store does not change."""
    version = source.store.version(source.actor)
    if st.button(t("Vérifier le registre maintenant"), key="proof.verify"):
        found = intake.attempt(lambda: source.store.verify(source.actor))
        st.session_state[VERIFIED] = (version, found)
    known, found = st.session_state.get(VERIFIED, ("", None))
    if found is not None and known == version:
        show(archive.verification(found))
