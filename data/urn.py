"""The urn of a survey's wave: who holds a code answers once, and nothing says which answer is whose.

Answers wait in it, in no order, until there are enough to leave by batches: a batch of at least ``BATCH`` drawn at random
from at least twice as many, so that as many still wait and the last batch, at the close, is never smaller. What leaves is
marked before it is stored and taken away after: a process stopped between the two stores the same answers again, under
the same identifiers, which changes nothing.
"""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass

from data import urnfile
from data.places import Places
from data.problems import BadRequest
from data.session import locked
from data.tokens import hashed, new_token
from data.urnfile import Answer, Urn
from schemas.text import Text

BATCH = 11  # answers that leave together, at least; k may be set lower for a wave, a batch never is
MOST_TOKENS = 5000  # of one request


@dataclass(frozen=True)
class Remains:
    """What an urn holds, counted: codes given out, codes that served, answers not yet in the store.

    ``is_held_back``: some of them left and are not known to have arrived.
    """

    tokens: int
    used: int
    waiting: int
    is_held_back: bool = False


def issue(places: Places, wave: str, count: int) -> list[str]:
    """Add ``count`` new codes to a wave and return them: they are kept nowhere. Raises BadRequest, StoreBusy."""
    if not 0 < count <= MOST_TOKENS:
        raise BadRequest(HOW_MANY.format(most=MOST_TOKENS))
    with locked(places, None):
        urn = urnfile.read(places, wave)
        made = [new_token() for _ in range(count)]
        urn.tokens |= {hashed(wave, token) for token in made}
        urnfile.write(places, urn)
    return made


def admits(places: Places, wave: str, token: str) -> bool:
    """Say whether a code may still answer: False for one that is unknown as for one that served."""
    return _is_good(urnfile.read(places, wave), token)


def cast(
    places: Places, wave: str, token: str, answer: Answer, is_open: Callable[[], bool] = lambda: True
) -> list[Answer] | None:
    """Use a code up and put its answer in; return the batch that must be stored now (``leaving``), None where none is due.

    ``answer`` is column -> value, already validated. ``is_open`` is asked under the lock, so that nothing comes in
    after the last batch left. Raises BadRequest for a bad code or a closed wave, StoreBusy.
    """
    with locked(places, None):
        if not is_open():
            raise BadRequest(NOT_OPEN.format(wave=wave))
        urn = urnfile.read(places, wave)
        if not _is_good(urn, token):
            raise BadRequest(BAD_TOKEN)
        urn.used.add(hashed(wave, token))
        urn.waiting = urnfile.shuffled([*urn.waiting, {**answer, "answer_id": secrets.token_hex(8)}])
        is_due = not urn.leaving and len(urn.waiting) >= 2 * BATCH
        if is_due:
            urn.leaving, urn.waiting = urn.waiting[:BATCH], urn.waiting[BATCH:]
        urnfile.write(places, urn)
    # A batch that did not arrive is tried again once per BATCH answers: a trace at each answer would date it.
    is_late = bool(urn.leaving) and len(urn.waiting) % BATCH == 0
    return urn.leaving if is_due or is_late else None


def close(places: Places, wave: str) -> list[Answer]:
    """Mark all that waits as leaving and return what leaves; fewer than BATCH stay where they are. Raises StoreBusy.

    Only call it once the wave is no longer open: no answer comes in after. May be called again.
    """
    with locked(places, None):
        return close_in(places, wave)


def close_in(places: Places, wave: str) -> list[Answer]:
    """Do the same in a writer's turn under way."""
    urn = urnfile.read(places, wave)
    if len(urn.waiting) >= BATCH:
        urn.leaving, urn.waiting = [*urn.leaving, *urn.waiting], []
        urnfile.write(places, urn)
    return urnfile.shuffled(urn.leaving)


def leaving(places: Places, wave: str) -> list[Answer]:
    """Return the answers that left and are not known to have arrived."""
    return urnfile.read(places, wave).leaving


def stored_in(places: Places, wave: str, answer_ids: Collection[str]) -> None:
    """Take away the leaving answers that are in the store now, in a writer's turn under way."""
    urn = urnfile.read(places, wave)
    kept = [answer for answer in urn.leaving if answer["answer_id"] not in answer_ids]
    if len(kept) < len(urn.leaving):
        urn.leaving = kept
        urnfile.write(places, urn)


def remains(places: Places, wave: str) -> Remains:
    """Return what the urn of a wave holds, counted; all 0 where there is none."""
    urn = urnfile.read(places, wave)
    waiting = len(urn.waiting) + len(urn.leaving)
    return Remains(len(urn.tokens), len(urn.used), waiting, bool(urn.leaving))


def discard(places: Places, wave: str) -> bool:
    """Take a wave's urn away for good, codes and answers; say whether there was one. Raises StoreBusy."""
    with locked(places, None):
        return discard_in(places, wave)


def discard_in(places: Places, wave: str) -> bool:
    """Do the same in a writer's turn under way."""
    return urnfile.remove(places, wave)


def _is_good(urn: Urn, token: str) -> bool:
    known = hashed(urn.wave, token)
    return known in urn.tokens and known not in urn.used


HOW_MANY = Text(
    "Le nombre de codes n'est pas possible. Que faire : demandez-en de 1 à {most} à la fois.",
    "That number of codes is not possible. What to do: ask for 1 to {most} at a time.",
)
# The same words for a code that nobody holds and for one that served: nobody learns who has answered.
BAD_TOKEN = Text(
    "Ce code n'est pas valable, ou a déjà servi. Que faire : vérifiez chaque caractère ; "
    "un code sert une seule fois, et seulement pour la vague inscrite à côté de lui.",
    "This code is not valid, or has already served. What to do: check each character; "
    "a code serves once only, and only for the wave that is written beside it.",
)
NOT_OPEN = Text(
    "L'enquête « {wave} » n'est pas ouverte : aucune réponse n'est prise. "
    "Que faire : demandez ses dates au service qui l'organise.",
    "The survey “{wave}” is not open: no answer is taken. What to do: ask the service that runs it for its dates.",
)
