"""Catalogue: what every KPI means, who owns it, which entries were refused and how to mend them."""

import streamlit as st

from pages.parts import definition_save, dictionary, page
from pages.parts.here import here, t
from pages.parts.markup import link, show, tag

source = here()
catalogue = source.catalogue
show(
    page.head(
        dictionary.title(catalogue),
        kicker=t("Catalogue"),
        lead=t("Un indicateur est une définition, pas un programme : la voici, mot à mot."),
    )
)
if definition_save.may_define(source) and definition_save.own(source) is not None:
    show(tag("p", link(source.link("indicateur"), t("Ajouter un indicateur"), class_="lv-button")))
with st.container(key="search"):
    words = st.text_input(
        t("Chercher un indicateur"),
        key="q",
        bind="query-params",
        placeholder=t("code, mot du libellé, responsable"),
    )
show(dictionary.body(source, words or ""))
