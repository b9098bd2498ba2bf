"""Sealed weeks as the register tells them: what was known at a moment, each chained to the week sealed before it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from data.summary import Rows


@dataclass(frozen=True)
class Seal:
    """One sealed week: when its review was held, the date of the data, who sealed it when, and its link in the chain.

    ``content_sha256`` is of the bytes of its frozen copy; ``previous`` is the link of the week sealed before it, "" for the
    first; ``chain`` its own. ``sealed_at`` is an ISO moment in UTC.
    """

    week: str
    held_on: date
    as_of: date
    sealed_at: str
    sealed_by: str
    version: str
    content_sha256: str
    previous: str
    chain: str

    @property
    def link(self) -> str:
        """The link that these facts give: ``chain`` unless somebody changed one of them."""
        return link(self.previous, asdict(self))

    @property
    def sealed_on(self) -> date:
        """The day of its sealing."""
        return datetime.fromisoformat(self.sealed_at).date()

    def as_json(self) -> dict[str, str]:
        """Return the JSON object of one line of ``data seals``."""
        return {name: str(value) for name, value in asdict(self).items()}


LINKED = ("week", "held_on", "as_of", "sealed_at", "sealed_by", "version", "content_sha256")


def link(previous: str, facts: Mapping[str, Any]) -> str:
    """Return the sha256 of the link before and a seal's facts, as a JSON list of texts: ["previous","2015-W28",…]."""
    listed = [previous, *(str(facts[name]) for name in LINKED)]
    return hashlib.sha256(json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def seals(rows: Rows, register: str = "main.seals") -> list[Seal]:
    """Return the sealed weeks in the order in which they were sealed, as the register tells."""
    listed = ", ".join((*LINKED, "previous", "chain"))
    return [_seal(*row) for row in rows(f"SELECT {listed} FROM {register} ORDER BY _id")]


def _seal(*values: Any) -> Seal:
    told = dict(zip((*LINKED, "previous", "chain"), values, strict=True))
    return Seal(**told | {"previous": told["previous"] or ""})


def source_name(week: str) -> str:
    """Return what stands for the file of a sealing in history and in the ledger."""
    return f"semaine {week} : scellée"
