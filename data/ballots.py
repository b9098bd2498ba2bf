"""The survey's part of the store: codes out, answers into the urn, batches of the urn into the tables, wordings."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from data import urn
from data.access import Actor
from data.door import door
from data.engine import Engine
from data.importing import store_in, store_rows
from data.incidents import incident
from data.order import Order
from data.places import Places
from data.problems import BadRequest, StoreDamaged
from data.readers.batch import Batch, Parsed
from data.record import TYPED
from data.report import Report
from data.rounding import rounded
from data.session import After, Session, Settings, session
from data.urnfile import Answer
from schemas.frames import conform
from schemas.scale_items import ScaleItem, is_answer
from schemas.tables import TABLES
from schemas.text import Text
from schemas.validate import validate

TABLE, WORDS, WAVES = "survey_answers", "survey_wordings", "survey_waves"
ABOUT = ("directorate_group", "category", "sex")  # what an answer says of whoever gives it
BY_US = ("wave", "answer_id")
OWN = frozenset(column.name for column in TABLES[TABLE].columns) - set(BY_US)
ITEMS = "survey_items"  # answers to the scales that the town declared
QUESTIONNAIRE = "questionnaire"  # who brings the batches in, in the history
TOO_MANY = "R18"  # the rule against more answers than staff


@dataclass(frozen=True)
class Desk:
    """Where ballots are handed in: the store's places, its published copy, what it recomputes and what its rules need."""

    places: Places
    engine: Callable[[], Engine]
    after: After | None
    settings: Settings | None


@dataclass(frozen=True)
class Participation:
    """How a wave is answered: codes given out; answers received, to the nearest 20, None under BATCH of them.

    ``is_held_back``: a batch could not be stored and waits to be tried again.
    """

    tokens: int
    answers: int | None
    is_held_back: bool = False


@dataclass(frozen=True)
class Emptied:
    """What came of the last answers of an urn: how many were stored; whether too few are left to be; whether they were refused."""

    stored: int
    is_short: bool
    is_refused: bool = False


def tokens(desk: Desk, wave: str, count: int) -> list[str]:
    """Return ``count`` new codes of a wave that is a draft or open. Raises BadRequest, StoreBusy."""
    if state(desk, wave) not in ("draft", "open"):
        raise BadRequest(NO_CODES.format(wave=wave))
    return urn.issue(desk.places, wave, count)


def admits(desk: Desk, wave: str, token: str) -> bool:
    """Say whether a code may answer now: the wave is open, the code is one of its own and has not served."""
    return state(desk, wave) == "open" and urn.admits(desk.places, wave, token)


def answer(desk: Desk, wave: str, token: str, answers: Mapping[str, Any]) -> None:
    """Put an answer into the urn, and a batch into the tables when one is due.

    Raises BadRequest (wave not open, bad code, an answer out of range) and StoreBusy: then the code has not served.
    What goes wrong later with the batch is not the respondent's affair: the answer is kept, the batch tried again.
    """

    def is_open() -> bool:
        return state(desk, wave) == "open"

    if not is_open():
        raise BadRequest(urn.NOT_OPEN.format(wave=wave))
    if urn.cast(desk.places, wave, token, checked(desk, wave, answers), is_open):
        _try(desk, wave)


def empty(desk: Desk, wave: str) -> Emptied:
    """Store what is left in the urn of a wave that is no longer open, in one batch of BATCH at least. Raises StoreBusy.

    May be called again.
    """
    with session(desk.places) as turn:
        return empty_in(turn, wave, desk.after, desk.settings)


def empty_in(turn: Session, wave: str, after: After | None, settings: Settings | None) -> Emptied:
    """Do the same in a writer's turn under way."""
    left = urn.close_in(turn.places, wave)
    count = deliver_in(turn, wave, after, settings)
    waiting = urn.remains(turn.places, wave).waiting
    return Emptied(count, 0 < waiting < urn.BATCH, bool(left) and not count)


def told(wave: str, left: Emptied) -> Text:
    """Return what whoever closes a wave is told of its last answers, "" where they are all stored.

    Raises BadRequest where the rules refused them: the wave must not close on answers that no table holds.
    """
    if left.is_refused:
        raise BadRequest(NOT_TAKEN.format(wave=wave))
    return TOO_FEW.format(k=urn.BATCH) if left.is_short else Text("", "")


def participation(desk: Desk, wave: str) -> Participation:
    """Return how many codes of a wave were given out and, roughly, how many served."""
    held = urn.remains(desk.places, wave)
    told = rounded(held.used)
    return Participation(held.tokens, told, held.is_held_back)


def state(desk: Desk, wave: str) -> str | None:
    """Return the state of a wave as readers see it, None for one that was never declared."""
    rows = desk.engine().rows(f"SELECT state FROM {WAVES} WHERE wave = ?", [wave])
    return str(rows[0][0]) if rows else None


def checked(desk: Desk, wave: str, answers: Mapping[str, Any]) -> Answer:
    """Return an answer's known cells, of the schema's kinds and ranges. Raises BadRequest for anything else, or nothing."""
    settings = desk.settings(desk.engine().catalogue) if desk.settings else {}
    items = _items(settings)
    given = {name: value for name, value in answers.items() if value not in (None, "")}
    for unknown in sorted(set(given) - OWN - set(items)):
        raise BadRequest(NO_ITEM.format(name=unknown))
    if not set(given) - set(ABOUT):
        raise BadRequest(NOTHING)
    groups = settings.get("directorate_groups") or {}
    if given.get("directorate_group") not in (None, *groups) and groups:
        raise BadRequest(NO_ITEM.format(name=given["directorate_group"]))
    _in_range({**{name: given[name] for name in OWN & set(given)}, "wave": wave, "answer_id": "x"})
    for name in set(given) & set(items):
        _on_scale(items[name], given[name])
    return given


def _items(settings: Mapping[str, Any]) -> dict[str, ScaleItem]:
    """Return the items of declared scales that the town says it may use."""
    return {item.code: item for item in settings.get("scales", ()) if item.right and item.code not in OWN}


def _on_scale(item: ScaleItem, value: object) -> None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not is_answer(float(value), item.low, item.high, item.step):  # type: ignore[arg-type]
        raise BadRequest(NOT_AN_ANSWER)


def _in_range(row: Answer) -> None:
    try:
        faults = validate(TABLE, conform(TABLE, pd.DataFrame([row], dtype="object")))
    except (TypeError, ValueError) as error:
        raise BadRequest(NOT_AN_ANSWER) from error
    for fault in faults:
        raise BadRequest(fault.message)


def _try(desk: Desk, wave: str) -> None:
    """Store a batch if it can be; whoever answered is not told otherwise."""
    try:
        with session(desk.places) as turn:
            deliver_in(turn, wave, desk.after, desk.settings)
    except StoreDamaged:
        door(desk.places).distrust()
    except Exception as error:
        incident(desk.places, error)


def deliver_in(turn: Session, wave: str, after: After | None, settings: Settings | None) -> int:
    """Store the answers that are leaving, under identifiers that may be there already; return how many, 0 when refused.

    Where a group would have more answers than staff (somebody ticked another one), the batch is stored without sexes.
    """
    batch = urn.leaving(turn.places, wave)
    if not batch:
        return 0
    done = _import(turn, wave, batch, after, settings)
    if done.errors and all(fault.rule == TOO_MANY for fault in done.errors):
        done = _import(turn, wave, [{**each, "sex": None} for each in batch], after, settings)
    if done.ok:
        urn.stored_in(turn.places, wave, {each["answer_id"] for each in batch})
    return len(batch) if done.ok else 0


def _import(
    turn: Session, wave: str, batch: Sequence[Answer], after: After | None, settings: Settings | None
) -> Report:
    batches = [_rows(TABLE, [{**each, "wave": wave} for each in batch])]
    scaled = [
        {"wave": wave, "answer_id": each["answer_id"], "item": name, "value": float(each[name])}
        for each in batch
        for name in sorted(set(each) - OWN - set(BY_US))
    ]
    batches += [_rows(ITEMS, scaled)] if scaled else []
    order = Order(QUESTIONNAIRE, {QUESTIONNAIRE: _drawn()}, QUESTIONNAIRE, TABLE)
    return store_in(turn, order, Parsed(batches), after, settings)


def _rows(table: str, rows: Sequence[Mapping[str, Any]]) -> Batch:
    frame = conform(table, pd.DataFrame(rows, dtype="object"))
    return Batch(table, frame, QUESTIONNAIRE, None, np.arange(1, len(frame) + 1))


def word(desk: Desk, actor: Actor, rows: Sequence[Mapping[str, Any]]) -> Report:
    """Store the town's words for items of the questionnaire, signed and dated; empty words take earlier ones back.

    ``rows`` have ``item`` and ``words``. Raises BadRequest for anything else.
    """
    if not rows or any(set(row) != {"item", "words"} for row in rows):
        raise BadRequest(NO_WORDS)
    signed = {"decided_by": actor.name, "decided_on": date.today()}
    made = [
        {"item": str(row["item"]).strip(), "words": str(row["words"] or "").strip() or None, **signed}
        for row in rows
    ]
    frame = conform(WORDS, pd.DataFrame(made, dtype="object"))
    parsed = Parsed([Batch(WORDS, frame, TYPED, None, np.arange(1, len(made) + 1))])
    order = Order(actor.name, {TYPED: _drawn()}, TYPED, WORDS)
    return store_rows(desk.places, order, parsed, desk.after, desk.settings)


def _drawn() -> str:
    """Return what stands for a file's fingerprint: that of answers would tell a guess from the truth, and words may come back."""
    return secrets.token_hex(32)


NO_CODES = Text(
    "La vague « {wave} » ne prend pas de codes : elle n'est ni en préparation ni ouverte. "
    "Que faire : déclarez-la, ou ouvrez-la de nouveau, sur l'écran « Enquêtes ».",
    "Wave “{wave}” takes no codes: it is neither a draft nor open. "
    "What to do: declare it, or open it again, on the screen “Surveys”.",
)
NOT_TAKEN = Text(
    "Des réponses de la vague « {wave} » attendent encore : elles seraient plus nombreuses que les agents. "
    "Que faire : importez l'effectif à jour, puis fermez la vague.",
    "Answers to wave “{wave}” still wait: there would be more of them than staff. "
    "What to do: import the present staff, then close the wave.",
)
TOO_FEW = Text(
    "Moins de {k} réponses attendaient : elles ne sont pas enregistrées, pour que personne ne soit reconnu.",
    "Fewer than {k} answers were waiting: they are not stored, so that nobody is recognised.",
)
NO_ITEM = Text(
    "« {name} » n'est pas dans le questionnaire. Que faire : rouvrez le questionnaire et recommencez.",
    "“{name}” is not in the questionnaire. What to do: open the questionnaire again and start over.",
)
NOTHING = Text(
    "Aucune question n'a de réponse. Que faire : répondez à une question au moins.",
    "No question has an answer. What to do: answer one question at least.",
)
NOT_AN_ANSWER = Text(
    "Une réponse n'est pas un nombre de son échelle. Que faire : rouvrez le questionnaire et recommencez.",
    "An answer is not a number of its scale. What to do: open the questionnaire again and start over.",
)
NO_WORDS = Text(
    "Aucun texte n'est donné. Que faire : collez le texte d'une question au moins.",
    "No wording is given. What to do: paste the words of one question at least.",
)
