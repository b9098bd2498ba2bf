"""Codes on paper: a sheet of slips to cut out and hand round. Shown once, for the codes are kept nowhere."""

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

import streamlit as st

from pages.parts.guard import notice
from pages.parts.markup import Html, div, join, span, tag
from pages.texts import t, tn


def slips(wave: str, tokens: Sequence[str]) -> Html:
    """A slip a code, with the address to type it at and what it promises; how to hand them out, which is not printed."""
    title = tn(
        "Un code, montré une seule fois : imprimez-le maintenant.",
        "{n} codes, montrés une seule fois : imprimez-les maintenant.",
        len(tokens),
    )
    words = t(
        "Découpez les coupons, mélangez-les et laissez chacun en prendre un. Ne notez pas qui prend lequel : "
        "Levier ne connaît pas les codes, seulement leur empreinte, et ne relie aucun code à une réponse."
    )
    where = address(wave)
    sheet = div("lv-slips", *(_slip(wave, token, where) for token in tokens))
    button = tag("button", t("Imprimer les coupons"), type="button", data_do="print")
    return join((div("lv-screen-only", notice(title, words, "good"), tag("p", button)), sheet))


def address(wave: str) -> str:
    """Where a code is typed, as it stands on a slip: without the code, which no log of addresses must know."""
    here = urlsplit(st.context.url or "")
    host = f"{here.netloc}" if here.netloc else ""
    return f"{host}/questionnaire?wave={quote(wave)}"


def _slip(wave: str, token: str, where: str) -> Html:
    promise = t("Une réponse, une seule fois. Rien ne relie ce code à ce que vous répondrez.")
    return div(
        "lv-slip",
        tag("p", t("Enquête {wave}", wave=wave), class_="lv-slip-title"),
        tag("p", span("lv-grey", t("À l’adresse")), " ", tag("b", where)),
        tag("p", span("lv-grey", t("tapez le code")), " ", span("lv-code-typed", token)),
        tag("p", promise, class_="lv-note"),
    )
