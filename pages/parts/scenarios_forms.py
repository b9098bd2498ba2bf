"""What is done with scenarios: take one more in, save one under a name, rename it, delete it; each can be undone.

A pop-up's key says what it holds, and after which saving: the browser would else leave open whichever stands where one was.
"""

from collections.abc import Mapping
from hashlib import blake2s
from urllib.parse import parse_qs, urlparse

import streamlit as st

from metrics import saved
from metrics.abreast import KEYS
from metrics.saved import Saved
from pages.parts import scenarios_reads, whatif_reads
from pages.parts.guard import notice
from pages.parts.intake import attempt
from pages.parts.markup import show, tag
from pages.parts.scenarios_reads import Slot
from pages.parts.signal_forms import just_done, last_import, may_write, record, settle
from pages.parts.source import Source
from pages.texts import numbers, t
from schemas.fields import LONGEST_NOTE

ABOUT = "scenarios"
TABLE = "scenarios"
LONGEST_NAME = 120
TO_DELETE = "scenarios.to_delete"  # the saved scenario whose deletion is asked again, and after which saving


def draw(source: Source, filled: list[Slot]) -> None:
    """The forms under what is compared."""
    just_done(source, ABOUT)
    with st.container(key="lv-scenarios-forms", horizontal=True):
        if len(filled) < len(KEYS):
            _add(source, filled)
        if may_write(source) and not source.week:
            for one in filled:
                if one.side is not None and one.saved is None and not source.scope:
                    _save(source, one)
            if scenarios_reads.saved_ones(source):
                _keep(source, scenarios_reads.saved_ones(source))


def _add(source: Source, filled: list[Slot]) -> None:
    """One more: saved before, or the address of another screen that bears one."""
    known = {one.scenario_id: label(one) for one in scenarios_reads.saved_ones(source)}
    with (
        st.popover(t("Ajouter un scénario"), key=_popup("add", *(one.text for one in filled))),
        st.form("scenarios.add", border=False),
    ):
        chosen = ""
        if known:
            options = ["", *known]
            chosen = st.selectbox(
                t("Scénario enregistré"), options, format_func=lambda id: known.get(id, t("aucun"))
            )
        pasted = st.text_input(
            t("ou l’adresse d’un écran « Et si… ? »"),
            help=t("Copiée du navigateur, avec ses hypothèses."),
            key="scenarios.pasted",
        )
        if st.form_submit_button(t("Comparer"), type="primary"):
            _added(scenarios_reads.texts(filled), borne(pasted) or chosen)


def _added(said: Mapping[str, str], text: str) -> None:
    more = scenarios_reads.with_added(said, text) if text else None
    if more is None:
        show(tag("p", t("Choisissez un scénario, ou collez une adresse."), role="alert"))
        return
    st.query_params.update(more)
    st.rerun()


def borne(pasted: str) -> str:
    """The scenario that an address bears, else the words themselves."""
    found = parse_qs(urlparse(pasted.strip()).query)
    return next(iter(found.get(whatif_reads.PARAM, [])), "") or pasted.strip()


def label(one: Saved) -> str:
    """A saved scenario in a list: its name and the date of its data."""
    return t("{name} (données au {day})", name=one.name, day=numbers.short_day(one.as_of))


def _save(source: Source, one: Slot) -> None:
    letter = one.key.upper()
    with (
        st.popover(t("Enregistrer {letter}", letter=letter), key=_popup("save", letter, one.text)),
        st.form(f"scenarios.save.{letter}", border=False),
    ):
        name = st.text_input(t("Nom du scénario"), max_chars=LONGEST_NAME, key=f"scenarios.name.{letter}")
        words = st.text_area(t("Commentaire"), max_chars=LONGEST_NOTE, height=80)
        if st.form_submit_button(t("Enregistrer"), type="primary"):
            if not _is_named(name):
                return
            assert one.side is not None
            told = t("Le scénario « {name} » est enregistré.", name=name.strip())
            record(source, TABLE, saved.row_of(one.side.found, name, words), ABOUT, told)


def _keep(source: Source, known: tuple[Saved, ...]) -> None:
    """Rename or delete one of those saved."""
    by_id, after = {one.scenario_id: one for one in known}, last_import()
    with st.popover(t("Renommer ou supprimer"), key=_popup("keep")):
        id = st.selectbox(
            t("Scénario enregistré"),
            list(by_id),
            format_func=lambda id: label(by_id[id]),
            key=f"scenarios.keep.{after}",
        )
        one = by_id[id]
        with st.form(f"scenarios.rename.{id}", border=False):
            name = st.text_input(
                t("Nouveau nom"), one.name, max_chars=LONGEST_NAME, key=f"scenarios.renamed.{id}.{after}"
            )
            if st.form_submit_button(t("Renommer"), type="primary") and _is_named(name):
                told = t("Le scénario s’appelle maintenant « {name} ».", name=name.strip())
                record(source, TABLE, saved.renamed(one, name), ABOUT, told)
        _delete(source, one)


def _delete(source: Source, one: Saved) -> None:
    """Delete one: asked once more, then done."""
    asked = (one.scenario_id, last_import())
    held = st.empty()
    if st.session_state.get(TO_DELETE) != asked:
        words = t("Supprimer « {name} »", name=one.name)
        if not held.button(words, key=f"scenarios.delete.{one.scenario_id}"):
            return
        st.session_state[TO_DELETE] = asked
    with held.container():
        show(tag("p", t("Supprimer le scénario « {name} » ?", name=one.name), role="alert"))
        if st.button(t("Oui, supprimer"), type="primary", key=f"scenarios.deleted.{one.scenario_id}"):
            del st.session_state[TO_DELETE]
            done = attempt(lambda: source.store.withdraw(source.actor, TABLE, [one.scenario_id]))
            settle(done, ABOUT, t("Le scénario « {name} » est supprimé.", name=one.name))


def _popup(*held: str) -> str:
    """A pop-up's key: what it holds, and the last saving, after which it is another one, closed."""
    said = blake2s("\0".join(held).encode(), digest_size=6).hexdigest()
    return f"scenarios-popup-{held[0]}-{said}-{last_import()}"


def _is_named(name: str) -> bool:
    if name.strip():
        return True
    show(notice(t("Il manque un nom."), t("Donnez au scénario le nom sous lequel vous le retrouverez.")))
    return False
