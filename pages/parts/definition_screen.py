"""Adding or changing a KPI: the form and its preview side by side, saving, going back, YAML brought as it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from metrics import editing, yamlfile
from metrics.refusing import BadEntry
from pages.parts import definition_form, definition_preview, definition_save, page
from pages.parts.guard import notice
from pages.parts.intake import attempt
from pages.parts.markup import Html, div, join, link, section, show, tag
from pages.parts.source import Source
from pages.texts import said, t

ID = re.compile(r"[a-z][a-z0-9_]{0,60}")
DONE = "definition.done"  # the id of the entry that this visit last saved


def draw(source: Source, id: str) -> None:
    """The whole screen for one entry, or ("") a new one."""
    was = editing.mendable(definition_save.raw(source, id)) if id else {}
    known = source.kpi(id)
    title = t("Modifier « {label} »", label=said(known.label)) if known else t("Ajouter un indicateur")
    lead = t("Un indicateur est une entrée de catalogue : le formulaire écrit le même YAML qu’un analyste.")
    show(page.head(title, kicker=link(source.link("catalogue"), t("Catalogue")), lead=lead))
    if id and known is None and not was:
        words = t("Aucun indicateur ne porte cet identifiant : le formulaire en ajoute un.")
        show(notice(t("Indicateur « {id} » inconnu", id=id[:60]), words, "info"))
    if definition_save.own(source) is None:
        show(
            notice(
                t("Ce tableau de bord n’est pas celui de la ville."),
                t("Ses définitions sont venues avec lui : elles se changent là où il est fait."),
                "info",
            )
        )
    elif not definition_save.may_define(source):
        show(
            notice(
                t("Votre rôle ne permet pas cela."),
                t("Demandez à l’administrateur de Levier de vous l’ouvrir."),
                "info",
            )
        )
    else:
        _saved(source)
        left, right = st.columns([3, 2], gap="large")
        with left:
            found = _typed(source, id, was)
        with right:
            if isinstance(found, Left):
                definition_form.to_write(found.names)
            elif found:
                _try(source, *found)
        _back(source, id)
        _bring(source)


@dataclass(frozen=True)
class Left:
    """The fields that are still to be written, by name."""

    names: list[str]


def _typed(source: Source, id: str, was: Mapping[str, Any]) -> tuple[str, str, str] | Left | None:
    """The fields; the id, the file and the text that they give, None when they cannot be taken."""
    try:
        new, given = definition_form.fields(source, id, was)
        if left := definition_form.missing(new, given):
            return Left(left)
        _check_id(source, new, id)
        entry = definition_save.whole(source, new, editing.versioned({**was, **given}, was))
        name, text = definition_save.edited(source, new, entry)
        show(definition_form.said_as(editing.entry_text(new, entry)))
        return new, name, text
    except BadEntry as error:
        definition_form.refused(error)
        return None


def _check_id(source: Source, new: str, id: str) -> None:
    from schemas.text import Text

    if not ID.fullmatch(new):
        raise BadEntry(
            Text("L'identifiant est à écrire.", "The id is to be written."),
            Text(
                "En minuscules, sans accent ni espace : rendez_vous_tenus.",
                "Lower case, no accent or space: meetings_held.",
            ),
        )
    if not id and new in source.catalogue.every:
        raise BadEntry(
            Text(f"« {new} » existe déjà.", f"“{new}” already exists."),
            Text(
                "Donnez un autre identifiant, ou modifiez l'indicateur depuis sa fiche.",
                "Give another id, or change the KPI from its sheet.",
            ),
        )


def _try(source: Source, id: str, name: str, text: str) -> None:
    found = definition_preview.tried(source, name, text, (id,))
    if found.refused or found.kpi is None:
        show(definition_preview.refusals(found))
        return
    seen = definition_preview.preview(source, name, text, id)
    show(seen.html)
    if seen.failed:
        show(
            notice(
                t("L’entrée ne se calcule pas : elle ne s’enregistre pas non plus."),
                t("Corrigez l’expression ; l’aperçu se refait à chaque changement."),
            )
        )
        return
    words = t("Enregistrer la version {n}", n=found.kpi.version)
    if st.button(words, type="primary", key="def.save"):
        _save(source, [id], name, text)


def _save(source: Source, ids: Sequence[str], name: str, text: str) -> None:
    def act() -> bool:
        definition_save.save(source, ids, name, text)
        return True

    with st.spinner(t("Enregistrement et calcul…")):
        done = attempt(act)
    if done:
        st.session_state[DONE] = list(ids)
        st.rerun()


def _saved(source: Source) -> None:
    ids = [id for id in st.session_state.get(DONE, []) if source.kpi(id)]
    if DONE in st.session_state:
        links = [tag("p", link(source.link("fiche", kpi=id), t("Ouvrir la fiche"))) for id in ids]
        show(
            notice(
                t("Le catalogue est enregistré."),
                t("Les mesures sont recalculées avec cette version."),
                "good",
            ),
            *links,
        )


def _back(source: Source, id: str) -> None:
    """Take an own entry out, or return a shipped one to what was shipped."""
    if not id or not definition_save.is_own(source, id):
        return
    shipped = definition_save.is_shipped(source, id)
    words = t("Revenir à la définition livrée") if shipped else t("Supprimer cet indicateur")
    with st.expander(words):
        sure = st.checkbox(t("L’ancienne définition reste dans l’historique."), key="def.sure")
        if st.button(words, disabled=not sure, key="def.back"):
            try:
                _save(source, [id], *definition_save.edited(source, id, None))
            except BadEntry as error:
                definition_form.refused(error)


def _bring(source: Source) -> None:
    """YAML brought as a file or pasted, under the same checks."""
    with st.expander(t("Apporter du YAML")):
        file = st.file_uploader(t("Fichier .yml"), type=["yml", "yaml"], key="def.file")
        pasted = st.text_area(t("ou coller une ou plusieurs entrées"), key="def.paste", height=200)
        brought = file.getvalue().decode("utf-8", "replace") if file else pasted
        if brought.strip():
            _brought(source, brought)


def _brought(source: Source, brought: str) -> None:
    """Check entries together; save them when all of them stand."""
    try:
        ids, name, text = merged(source, brought)
    except BadEntry as error:
        definition_form.refused(error)
        return
    found = definition_preview.tried(source, name, text, tuple(ids))
    show(definition_preview.refusals(found))
    if not found.refused:
        show(tag("p", t("Entrées acceptées : {ids}", ids=", ".join(ids))))
        if st.button(t("Enregistrer ces entrées"), key="def.bring"):
            _save(source, ids, name, text)


def merged(source: Source, brought: str) -> tuple[list[str], str, str]:
    """The ids of brought entries, the file they go in, and its text with them. Raises BadEntry."""
    from schemas.text import Text

    entries = dict(yamlfile.entries(brought))
    name, text = editing.FORM, ""
    for place, (id, given) in enumerate(entries.items()):
        if isinstance(given, BadEntry):
            raise given
        if not ID.fullmatch(id) or not isinstance(given, Mapping):
            raise BadEntry(
                Text(f"« {id} » n'est pas une entrée.", f"“{id}” is not an entry."),
                Text(
                    "Chaque entrée commence par « identifiant: », ses clés en retrait.",
                    "Each entry starts with “id:”, its keys indented.",
                ),
            )
        was = definition_save.raw(source, id)
        brought_whole = dict(given) if editing.is_whole(given) else {**was, **given}
        entry = definition_save.whole(source, id, editing.versioned(brought_whole, was))
        if place == 0:
            name, text = definition_save.edited(source, id, entry)
        else:
            text = editing.with_entry(text, id, entry)
    if not entries:
        raise BadEntry(
            Text("Aucune entrée.", "No entry."), Text("Commencez par « identifiant: ».", "Start with “id:”.")
        )
    return list(entries), name, text


def versions(source: Source, id: str) -> Html:
    """The sheet's list of former definitions, each with its YAML; "" for an entry that never changed here."""
    edit = (
        tag("p", link(source.link("indicateur", kpi=id), t("Modifier la définition")))
        if definition_save.may_define(source)
        else ""
    )
    found = definition_save.former(source, id)
    kpi = source.kpi(id)
    if not found or kpi is None:
        return div("lv-versions", edit) if edit and definition_save.own(source) is not None else Html("")
    items = (
        tag(
            "details",
            tag("summary", t("Version {n}", n=number)),
            tag("pre", tag("code", text)),
            class_="lv-more",
        )
        for number, text in found
    )
    now = tag("p", t("En vigueur : version {n}, fichier {file}.", n=kpi.version, file=kpi.file))
    return section(t("Définitions et versions"), now, join(items), edit, class_="lv-versions")
