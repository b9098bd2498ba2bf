"""What the form of a session reads, of the store as it is now whatever the address's date. Requires ``read_rows``."""

from dataclasses import replace
from datetime import date, datetime

from data.access import require
from data.record import TYPED
from metrics.ecosystem import Practice
from pages.parts import archive, eco_reads
from pages.parts.session_checks import Context
from pages.parts.session_entry import COLUMNS, Session, of_row
from pages.parts.source import Source

LAST = 10  # sessions listed
SELECT = f"SELECT _id, {', '.join(COLUMNS)} FROM practice_sessions"


def now(source: Source) -> Source:
    """The same visit at the data's own date, for the whole town."""
    return replace(source, asked=None, scope="")


def practices(source: Source) -> tuple[Practice, ...]:
    """The practices there are, by name."""
    found = eco_reads.practices_of(now(source))
    return tuple(sorted(found.practices, key=lambda one: one.name.lower())) if found else ()


def last(source: Source) -> list[tuple[int, Session]]:
    """The sessions recorded last, the last first, each with its row's number."""
    return _listed(source, f"{SELECT} ORDER BY _id DESC LIMIT {LAST}")


def one(source: Source, session_id: str) -> tuple[int, Session] | None:
    """A session by its id; None when there is none, or no longer."""
    found = _listed(source, f"{SELECT} WHERE session_id = ?", session_id)
    return found[0] if found else None


def origins(source: Source, ids: list[int]) -> dict[int, tuple[str, str, int, datetime]]:
    """By row: who brought it, in which file ("saisie" when typed), by which import, when."""
    who = {record.import_id: record.actor for record in archive.books(source)[1]}
    return {
        o.id: (who.get(o.import_id, ""), o.file or "", o.import_id, o.imported_at)
        for o in source.store.provenance(source.actor, ids)
    }


def last_own(source: Source) -> Session | None:
    """The last session that this visitor typed, among those recorded last."""
    found = last(source)
    by = origins(source, [id for id, _ in found])
    own = (s for id, s in found if id in by and by[id][:2] == (source.actor.name, TYPED))
    return next(own, None)


def context(source: Source, session: Session, before: Session | None, today: date) -> Context:
    """What a session is checked against, itself left out."""
    return Context(
        today=today,
        latest=source.latest,
        trialled={p.practice: p.trialled_on for p in practices(source)},
        twins=_twins(source, session),
        strangers=_strangers(source, session.session_id),
        before=before,
    )


def first_day(source: Source) -> date | None:
    """The first day on which a practice was tried or a session held."""
    sql = (
        "SELECT least((SELECT min(trialled_on) FROM practices), (SELECT min(held_on) FROM practice_sessions))"
    )
    return source.engine.rows(sql)[0][0]


def directorates(source: Source) -> list[str]:
    """The directorates of the last staff count, by name."""
    sql = "SELECT DISTINCT directorate FROM staff WHERE as_of = (SELECT max(as_of) FROM staff) ORDER BY 1"
    return [name for (name,) in source.engine.rows(sql)]


def _twins(source: Source, session: Session) -> int:
    sql = """SELECT count(*) FROM practice_sessions WHERE kind = ? AND held_on = ? AND practice IS NOT DISTINCT FROM ?
             AND directorate IS NOT DISTINCT FROM ? AND session_id <> ?"""
    asked = [session.kind, session.held_on, session.practice, session.directorate, session.session_id]
    return int(source.engine.rows(sql, asked)[0][0])


def _strangers(source: Source, but: str) -> int | None:
    """How many of the staff are not yet among the newcomers of any session; None without a staff count."""
    sql = """SELECT (SELECT sum(headcount) FROM staff WHERE as_of = (SELECT max(as_of) FROM staff))
                    - (SELECT coalesce(sum(newcomers), 0) FROM practice_sessions WHERE session_id <> ?)"""
    found = source.engine.rows(sql, [but])[0][0]
    return None if found is None else max(int(found), 0)


def _listed(source: Source, sql: str, *params: object) -> list[tuple[int, Session]]:
    require(source.actor, "read_rows")
    rows = source.engine.rows(sql, list(params))
    return [(int(row[0]), of_row(dict(zip(COLUMNS, row[1:], strict=True)))) for row in rows]
