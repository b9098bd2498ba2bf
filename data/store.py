"""The store: one DuckDB file a town can trust. Every call names its actor and is checked here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from data import ballots, summary
from data.access import ALLOWED, Actor, require
from data.backup import Backup, backup
from data.door import door
from data.engine import Engine
from data.importing import store_rows
from data.order import Order, fingerprints
from data.places import places
from data.problems import StoreDamaged
from data.purge import Purged, purge_due, purgeable
from data.readers.batch import BoundCatalogue
from data.receive import named_apart, receive
from data.record import TYPED, all_typed, fingerprint
from data.report import Freshness, ImportRecord, Origin, Report, Verification
from data.restore import Restored, restore
from data.sealcheck import by_week
from data.sealing import seal
from data.seals import Seal, seals
from data.session import After, Settings, session
from data.signing import NOTES, own_only, signed
from data.stepping import Auditor, Writer, declare, step, step_back
from data.undo import undo
from data.verify import verify
from data.waves import Step, WaveState, lists, waves
from data.withdraw import withdraw
from schemas.fault import Fault
from schemas.scale_items import ScaleItem
from schemas.survey_waves import USUAL_K
from schemas.tables import TABLES
from schemas.text import Text


class Store:
    """The door to the data. Reading goes through published copies, writing through one lock.

    ``after`` recomputes the readings: called with a writing engine and the names of the touched tables, inside
    the writer's lock, before publication; a method's own ``after`` wins. It is also used at start, when a
    process was killed after its rows were stored and before its readings were. ``settings``, called with
    the bound catalogue, gives what cross-table rules need besides the tables: ``rebase_on`` (date) and
    ``directorate_groups`` (group -> directorates), and ``scales``, the items that survey answers may have besides.
    ``auditor``, called with a wave's answers and all that is known around them, gives the list of tables that may be
    published, or why none may.
    """

    def __init__(
        self,
        path: Path | str | None = None,
        *,
        after: After | None = None,
        settings: Settings | None = None,
        auditor: Auditor | None = None,
    ) -> None:
        self.places = places(path)
        self._after = after
        self._settings = settings
        self._auditor = auditor

    def import_files(
        self,
        actor: Actor,
        files: Sequence[tuple[str, bytes]],
        *,
        table: str | None = None,
        reader: str | None = None,
        dry_run: bool = False,
        after: After | None = None,
    ) -> Report:
        """Store all rows of all files in one import, or nothing and every fault. Action ``import``.

        ``files`` are (name, content). ``reader`` is a name of data.readers (default: the native one); ``table``
        forces the native reader's table. A dry run does it all and rolls back. Raises BadRequest, StoreBusy,
        StoreDamaged, NotStored.
        """
        require(actor, "import")
        given = named_apart(files)
        parsed = receive(given, reader, table, self._scales)
        order = Order(actor.name, fingerprints(given), reader or "levier", table, dry_run)
        with self._distrusting():
            return store_rows(self.places, order, parsed, after or self._after, self._settings)

    def record(self, actor: Actor, table: str, rows: Sequence[Mapping[str, Any]]) -> Report:
        """Store rows typed on a screen (``Table.is_typed``: decisions, sessions), or nothing and every fault.

        ``rows`` are column -> value; id, signature and date are filled in where they lack; a row with a known id corrects that
        row. The import can be undone like any other. Action ``record``. Raises BadRequest, StoreBusy, StoreDamaged, NotStored.
        """
        return self.record_all(actor, {table: rows})

    def record_all(self, actor: Actor, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Report:
        """Store rows typed on a screen into several tables in one import: all or nothing, undone together. As ``record``.

        Notes are signed here, whatever their rows say (data.signing).
        """
        require(actor, "record")
        if NOTES in tables:
            tables = {**tables, NOTES: signed(actor, self._signatures, tables[NOTES], self._engine().rows)}
        parsed = all_typed(actor, tables)
        order = Order(
            actor.name, fingerprint(parsed), TYPED, next(iter(tables)) if len(tables) == 1 else None
        )
        with self._distrusting():
            return store_rows(self.places, order, parsed, self._after, self._settings)

    def tokens(self, actor: Actor, wave: str, count: int) -> list[str]:
        """Return new one-time codes of a wave (draft or open), kept nowhere but as hashes. Action ``survey``; raises BadRequest."""
        require(actor, "survey")
        return ballots.tokens(self._desk, wave, count)

    def admits(self, actor: Actor, wave: str, token: str) -> bool:
        """Say whether a code may answer an open wave: as False for one that served as for an unknown one. Action ``answer``."""
        require(actor, "answer")
        return ballots.admits(self._desk, wave, token)

    def answer(self, actor: Actor, wave: str, token: str, answers: Mapping[str, Any]) -> None:
        """Put one answer to an open wave into its urn; it is stored later, with others. Action ``answer``; raises BadRequest, StoreBusy."""
        require(actor, "answer")
        ballots.answer(self._desk, wave, token, answers)

    def response(self, actor: Actor, wave: str) -> ballots.Participation:
        """Return how many codes were given out and, roughly, how many answers came. Action ``survey``."""
        require(actor, "survey")
        return ballots.participation(self._desk, wave)

    def word(self, actor: Actor, rows: Sequence[Mapping[str, Any]]) -> Report:
        """Store the town's words for items (``item``, ``words``), to be undone like any import. Action ``survey``; raises BadRequest."""
        require(actor, "survey")
        with self._distrusting():
            return ballots.word(self._desk, actor, rows)

    def withdraw(self, actor: Actor, table: str, keys: Sequence[str]) -> Report:
        """Take rows of a typed table out by their id, or nothing and every fault; undone like any import, they come back.

        Action ``record``. Raises BadRequest (a table that is not typed, an id that is not there), StoreBusy, StoreDamaged, NotStored.
        """
        require(actor, "record")
        if table == NOTES:
            own_only(actor, self._signatures, keys, self._engine().rows)
        with self._distrusting():
            return withdraw(self.places, actor.name, table, keys, self._after, self._settings)

    def history(self, actor: Actor) -> list[ImportRecord]:
        """Return all imports and undos, the first first. Action ``read``."""
        require(actor, "read")
        return summary.history(self._engine().rows)

    def warnings(self, actor: Actor, import_id: int) -> list[Fault]:
        """Return the warnings kept with an import, without row or value where they concern survey answers. Action ``read``."""
        require(actor, "read")
        return summary.warnings(self._engine().rows, import_id)

    def undo(self, actor: Actor, import_id: int, *, after: After | None = None) -> Report:
        """Take an import back; ``Report.import_id`` is the undo's own number. Action ``undo``; raises NotUndoable."""
        require(actor, "undo")
        with self._distrusting():
            return undo(self.places, actor.name, import_id, after or self._after, self._settings)

    def verify(self, actor: Actor) -> Verification:
        """Compare ledger, tables and published copy, and say what is wrong. Never raises for a damaged store."""
        require(actor, "verify")
        told = verify(self.places, self._after)
        if not told.ok:
            door(self.places).distrust()
        return told

    def refresh(self, actor: Actor, after: After | None = None) -> list[Fault]:
        """Recompute the readings of all tables and publish; a failure comes back as a warning. Action ``refresh``."""
        require(actor, "refresh")
        with self._distrusting(), session(self.places) as turn:
            return turn.settle(after or self._after, set(TABLES))

    def backup(self, actor: Actor, into: Path, own: Path | None = None) -> Backup:
        """Write a whole store into a new dated folder of ``into``; ``own``: the town's definitions. Action ``administer``.

        Raises BadRequest, StoreBusy, StoreDamaged, NotStored.
        """
        require(actor, "administer")
        with self._distrusting():
            return backup(self.places, into, actor.name, own)

    def restore(self, actor: Actor, given: Path, own: Path | None = None) -> Restored:
        """Put a backup back, all or nothing, what it replaces aside; purge at once what is past its date. Action ``administer``.

        Raises BadRequest, StoreBusy, StoreDamaged (nothing is replaced).
        """
        require(actor, "administer")
        with self._distrusting():
            return restore(self.places, given, actor.name, self._after, own)

    def purge_due(self, actor: Actor, *, dry_run: bool = False) -> Purged:
        """Purge the raw survey answers whose date has come, backups included; dry, only name the waves. Action ``administer``.

        A process does it by itself at its first check, after each writing, and once a day. Raises StoreBusy, StoreDamaged, NotStored.
        """
        require(actor, "administer")
        self._engine()
        if dry_run:
            return Purged(tuple(purgeable(self.places)))
        with self._distrusting():
            return purge_due(self.places, actor.name) or Purged(())

    def engine(self, actor: Actor) -> Engine:
        """Return an engine on the published copy (an empty store is made where there is none). Action ``read``.

        Cheap: one stat when nothing was published since. Ask for it at each request rather than keeping it.
        """
        require(actor, "read")
        return self._engine()

    def version(self, actor: Actor) -> str:
        """Return the name of the published copy: changes with every publication, so a cache key. Action ``read``."""
        return self.engine(actor).version

    def catalogue(self, actor: Actor) -> BoundCatalogue:
        """Return the catalogue that the last import which brought one uses; both parts empty if none did.

        Its YAML texts also lie in ``self.places.catalogue``. Action ``read``.
        """
        require(actor, "read")
        return self._engine().catalogue

    def as_of(self, actor: Actor) -> date | None:
        """Return the data date: the last event among all current rows; None for an empty store. Action ``read``."""
        require(actor, "read")
        return self._engine().as_of

    def freshness(self, actor: Actor) -> list[Freshness]:
        """Return rows, last event and last import of each table, in the tables' order. Action ``read``."""
        require(actor, "read")
        return summary.freshness(self._engine().rows)

    def provenance(self, actor: Actor, ids: Iterable[int]) -> list[Origin]:
        """Return file, sheet, row and import of the rows ``ids``, in that order; survey answers have none.

        Action ``read_rows``.
        """
        require(actor, "read_rows")
        return summary.provenance(self._engine().rows, ids)

    def waves(self, actor: Actor) -> list[WaveState]:
        """Return where each survey wave stands, the oldest first; answers are counted for who may survey. Action ``read``."""
        require(actor, "read")
        engine = self._engine()
        settings = self._settings(engine.catalogue) if self._settings else {}
        return waves(engine.rows, settings, counted="survey" in ALLOWED[actor.role])

    def published(self, actor: Actor) -> list[dict[str, Any]]:
        """Return the frozen lists of the published waves, the oldest first: all that a survey ever tells. Action ``read``."""
        require(actor, "read")
        return lists(self._engine().rows)

    def declare_wave(
        self,
        actor: Actor,
        wave: str,
        *,
        held_on: date,
        headcount: int | None = None,
        keep_until: date | None = None,
        k: int = USUAL_K,
    ) -> Report:
        """Declare a wave, as a draft; its answers are kept a year unless said otherwise. Action ``survey``."""
        require(actor, "survey")
        with self._distrusting():
            return declare(self._writer(actor), wave, held_on, headcount, keep_until, k)

    def step(self, actor: Actor, wave: str, to: str, *, tables: Sequence[Any] | None = None) -> Step:
        """Take a wave's next step; ``tables`` is the list to audit, {by, measure} each (None: the usual one).

        Action ``survey``. Raises BadRequest for a step out of order.
        """
        require(actor, "survey")
        with self._distrusting():
            return step(self._writer(actor), wave, to, tables)

    def step_back(self, actor: Actor, wave: str) -> Report:
        """Take a wave's last step back, until it is published. Action ``survey``; raises BadRequest, NotUndoable."""
        require(actor, "survey")
        with self._distrusting():
            return step_back(self._writer(actor), wave)

    def seal(self, actor: Actor, week: str) -> Seal:
        """Freeze what readers see now as the week of a review that was held, chained to the week sealed before it.

        It is not undone; rows may be corrected afterwards, the frozen copy keeps what was known. Action ``seal``. Raises
        BadRequest (see data.sealgate: no review, sealed already or past, a damaged chain; nothing to seal), StoreBusy, StoreDamaged, NotStored.
        """
        require(actor, "seal")
        with self._distrusting():
            return seal(self.places, actor, week, self._after, self._settings)

    def seals(self, actor: Actor) -> list[Seal]:
        """Return the sealed weeks, in the order in which they were sealed. Action ``read``."""
        require(actor, "read")
        return seals(self._engine().rows)

    def seal_problems(self, actor: Actor) -> dict[str, list[Text]]:
        """Return what is wrong with sealed weeks, week -> words; nothing where each copy and each link is as sealed. Action ``read``."""
        require(actor, "read")
        return by_week(self.places, seals(self._engine().rows))

    def sealed(self, actor: Actor, week: str) -> "Store":
        """Return a store that reads what was known when the week was sealed, and writes nothing. Action ``read``.

        Raises NoSuchWeek, SealAltered (its copy is gone, or no longer what was sealed).
        """
        require(actor, "read")
        from data.sealed import sealed_store  # it is a Store itself

        return sealed_store(self, seals(self._engine().rows), week)

    def _writer(self, actor: Actor) -> Writer:
        return Writer(self.places, actor, self._after, self._settings, self._auditor)

    def _scales(self) -> Sequence[ScaleItem]:
        """Return the items of the scales declared by the catalogue in force."""
        return self._settings(self._engine().catalogue).get("scales", ()) if self._settings else ()

    @property
    def _signatures(self) -> str:
        """Whether the town signs notes by ``role`` or by ``name``."""
        told = self._settings(self._engine().catalogue) if self._settings else {}
        return str(told.get("signatures") or "role")

    def _engine(self) -> Engine:
        return door(self.places).engine(self._after)

    @property
    def _desk(self) -> ballots.Desk:
        return ballots.Desk(self.places, self._engine, self._after, self._settings)

    @contextmanager
    def _distrusting(self) -> Iterator[None]:
        """Once a writer has found damage, this process serves nothing before it has compared again; else what is due is purged."""
        try:
            yield
        except StoreDamaged:
            door(self.places).distrust()
            raise
        door(self.places).tidy(again=True)
