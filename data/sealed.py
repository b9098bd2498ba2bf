"""A sealed week as a store: every reading answers from its frozen copy, every writing is refused in words."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from data.access import Actor
from data.engine import Engine
from data.frozen import thaw
from data.places import Places
from data.problems import BadRequest, NoSuchWeek, SealAltered
from data.report import Verification
from data.seals import Seal
from data.store import Store
from schemas.text import Text

KEPT = 4  # frozen copies that a process holds open
_OPEN: OrderedDict[tuple[Path, str], Engine] = OrderedDict()
_GUARD = threading.Lock()


def sealed_store(live: Store, known: Sequence[Seal], week: str) -> "SealedStore":
    """Return the store of one of the ``known`` weeks. Raises NoSuchWeek, SealAltered."""
    found = next((each for each in known if each.week == week), None)
    if found is None:
        raise NoSuchWeek(UNKNOWN.format(week=week))
    if found.link != found.chain:
        raise SealAltered(ALTERED.format(week=week))
    store = SealedStore(live, found)
    opened(live.places, found)
    return store


def opened(places: Places, seal: Seal) -> Engine:
    """Return the engine on a week's frozen copy; the last few stay open."""
    key = (places.store, seal.content_sha256)
    with _GUARD:
        engine = _OPEN.pop(key, None) or thaw(places, seal.week, seal.content_sha256)
        _OPEN[key] = engine
        while len(_OPEN) > KEPT:
            _OPEN.popitem(last=False)  # closed once its last reader has let go of it
    return engine


def _refused(self: "SealedStore", *_: Any, **__: Any) -> NoReturn:
    raise BadRequest(READ_ONLY.format(week=self.seal_of.week))


class SealedStore(Store):
    """What was known when a week was sealed. ``seal_of`` is its seal, ``live`` the store it belongs to."""

    def __init__(self, live: Store, seal: Seal) -> None:
        super().__init__(live.places.store, settings=live._settings)
        self.live, self.seal_of = live, seal

    def _engine(self) -> Engine:
        return opened(self.places, self.seal_of)

    def sealed(self, actor: Actor, week: str) -> Store:
        """Return another sealed week of the same store."""
        return self.live.sealed(actor, week)

    def verify(self, actor: Actor) -> Verification:
        """Verify the store that the week belongs to, its sealed weeks included."""
        return self.live.verify(actor)

    def seal_problems(self, actor: Actor) -> dict[str, list[Text]]:
        """Return what is wrong with the sealed weeks as they lie today."""
        return self.live.seal_problems(actor)


# Each is refused as it is called: a test holds that every method of Store either reads or stands here.
WRITING = [
    "import_files",
    "record",
    "record_all",
    "tokens",
    "admits",
    "answer",
    "response",
    "word",
    "withdraw",
    "undo",
    "refresh",
    "backup",
    "restore",
    "purge_due",
    "declare_wave",
    "step",
    "step_back",
    "seal",
]
for _name in WRITING:
    setattr(SealedStore, _name, _refused)


UNKNOWN = Text(
    "Aucune semaine scellée ne s'appelle « {week} ». Que faire : choisissez-la dans la liste des semaines scellées.",
    "No sealed week is called “{week}”. What to do: choose it in the list of sealed weeks.",
)
ALTERED = Text(
    "La semaine {week} a été altérée dans le registre : elle n'est pas montrée. "
    "Que faire : lancez « python -m data verify ».",
    "Week {week} was altered in the register: it is not shown. What to do: run “python -m data verify”.",
)
READ_ONLY = Text(
    "La semaine {week} est scellée : rien ne s'y écrit. Que faire : revenez aux données d'aujourd'hui.",
    "Week {week} is sealed: nothing is written to it. What to do: go back to today's data.",
)
