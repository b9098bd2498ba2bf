"""Directions: directorates compared with their intervals, all identical KPIs in one table, and the check that parts make the town."""

import streamlit as st

from pages.parts import directions_board, directions_compare, overview, page
from pages.parts.here import here, t
from pages.parts.markup import join, show

source = here()
kpi = directions_compare.chosen(source, st.query_params.get("kpi", ""))
order = "value" if st.query_params.get("order") == "value" else "structure"
if source.as_of is None or kpi is None:
    show(overview.empty(source, t("Directions")))
else:
    show(
        page.head(
            directions_board.title(source),
            kicker=t("Directions"),
            lead=t(
                "Comparer sans classer : un écart ne compte que s’il dépasse ce que le hasard produit. Entre directions égales, une comparaison sur vingt dirait encore le contraire."
            ),
        )
    )
    show(directions_compare.pick(source, kpi, order), directions_compare.panel(source, kpi.id, order))
    show(
        join(
            (
                directions_board.board(source),
                directions_board.additive(source),
                directions_board.others(source),
            )
        )
    )
