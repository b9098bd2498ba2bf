"""Données: bring files in, see every fault before anything is stored, take an import back."""

import streamlit as st

from pages.parts import archive, intake, page
from pages.parts.here import here, t
from pages.parts.markup import section, show

source = here()
fresh, records = archive.books(source)

show(
    page.head(
        archive.title(source, fresh),
        kicker=t("Imports"),
        lead=t(
            "Tout fichier est vérifié en entier avant d’être enregistré ; un import entre en bloc ou pas du tout, et s’annule."
        ),
    )
)
left, right = st.columns([3, 2], gap="large")
with left:
    show(section(t("Importer"), note=t("Classeurs Excel ou OpenDocument, fichiers CSV.")))
    about = intake.bring(source)
with right:
    show(section(t("Catalogue et contrôle"), archive.catalogue(source)))
    intake.check(source)
intake.last(source, about)
show(section(t("Historique"), archive.history(source)))
intake.take_back(source, records)
show(section(t("Fraîcheur des tables"), archive.freshness(source)))
