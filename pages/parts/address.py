"""The state of a screen is its address: language, date, scope. Links carry it on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

import streamlit as st

from pages.texts import LANGUAGES

STATE = ("lang", "as_of", "scope", "week")  # the parameters that every screen has
TOWN = "town"  # the address's word for no particular scope


@dataclass(frozen=True)
class Address:
    """What an address says; ``as_of`` None means the data's own date, ``scope`` "" the whole town.

    ``week`` names a sealed week ("2015-W28"): the screen shows what was known then; "" is what is known now.
    """

    lang: str = "fr"
    as_of: date | None = None
    scope: str = ""
    week: str = ""


def parse(params: Mapping[str, str]) -> Address:
    """Read an address's parameters; what cannot be read counts as not said."""
    lang = params.get("lang", "fr")
    scope = params.get("scope", "")
    return Address(
        lang if lang in LANGUAGES else "fr",
        day(params.get("as_of", "")),
        "" if scope == TOWN else scope,
        params.get("week", ""),
    )


def current() -> Address:
    """The address of the running visit."""
    return parse(st.query_params)


def others() -> dict[str, str]:
    """The running visit's parameters that belong to its screen (``kpi``, ``stage``…); a survey's code is nobody's else's."""
    kept = st.query_params.to_dict()
    return {name: value for name, value in kept.items() if name not in (*STATE, "token")}


def state_of(lang: str, as_of: date | None, scope: str, week: str = "") -> dict[str, str]:
    """The parameters of a state, those that say something."""
    told = {"lang": lang, "as_of": as_of.isoformat() if as_of else "", "scope": scope or TOWN, "week": week}
    return {name: value for name, value in told.items() if value}


def link(path: str, lang: str, as_of: date | None, scope: str, week: str = "", **params: str) -> str:
    """An address on this server: ``link("fiche", …, kpi="active_files")`` -> ``/fiche?kpi=…&lang=…``.

    ``path`` "" is the first screen. The whole state is written out, so that the address alone gives the same screen.
    """
    state = state_of(lang, as_of, scope, week)
    return f"/{path}?{'&'.join(_pair(name, value) for name, value in (params | state).items() if value)}"


@lru_cache(maxsize=4096)
def _pair(name: str, value: str) -> str:
    return urlencode({name: value})


def day(text: str) -> date | None:
    """A date as addresses write it; None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
