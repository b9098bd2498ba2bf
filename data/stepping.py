"""A wave's steps, taken by the writer: each is one signed row of the register, stored and taken back like any import."""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from data import ballots, bound
from data.access import Actor
from data.answers import of_wave
from data.importing import store_in
from data.order import Order
from data.places import Places
from data.problems import BadRequest
from data.purge import UNREACHED, purge
from data.readers.batch import Batch, Parsed
from data.report import Report
from data.session import After, Session, Settings, session
from data.undo import undo_in
from data.waves import MONTHS_KEPT, Step, WaveState, brought, later, lists, may_step, the_wave, waves
from schemas.frames import conform
from schemas.survey_waves import FINAL, STATES
from schemas.text import Text

REGISTER = "survey_waves"
Auditor = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True)
class Writer:
    """What every step needs: the store's places, who asks, and what is handed in."""

    places: Places
    actor: Actor
    after: After | None
    settings: Settings | None
    auditor: Auditor | None


def declare(
    writer: Writer, wave: str, held_on: date, headcount: int | None, keep_until: date | None, k: int
) -> Report:
    """Write a new wave as a draft. Raises BadRequest where it exists already."""
    with session(writer.places) as turn:
        if wave in {known.wave for known in _known(turn, writer)}:
            raise BadRequest(EXISTS.format(wave=wave))
        kept = keep_until or later(date.today(), MONTHS_KEPT)
        return _write(turn, writer, WaveState(wave, "draft", held_on, headcount, kept, k), {})


def step(writer: Writer, wave: str, to: str, tables: Sequence[Any] | None) -> Step:
    """Take one step. An audit that finds something stores nothing. Raises BadRequest for a step out of order."""
    if to == "purged":
        return _purge(writer, wave)
    with session(writer.places) as turn:
        now = the_wave(_known(turn, writer), wave)
        may_step(now, to)
        if to == "audited":
            return _audit(turn, writer, now, tables)
        if to == "published":
            return _publish(turn, writer, now)
        told = Text("", "")
        if to == "closed":  # under the same lock: no answer comes in between
            told = ballots.told(wave, ballots.empty_in(turn, wave, writer.after, writer.settings))
        return Step(_write(turn, writer, replace(now, state=to), {}), told)


def _purge(writer: Writer, wave: str) -> Step:
    """Destroy a wave's raw answers before their date."""
    with session(writer.places) as turn:
        may_step(the_wave(_known(turn, writer), wave), "purged")
    done = purge(writer.places, [wave], writer.actor.name)
    left = ", ".join(done.unreached)
    return Step(Report(done.import_id), UNREACHED.format(folder=left) if left else Text("", ""))


def step_back(writer: Writer, wave: str) -> Report:
    """Take the last step back. Raises BadRequest for a wave that is published, or that no step has touched."""
    with session(writer.places) as turn:
        now = the_wave(_known(turn, writer), wave)
        if now.state in FINAL:
            raise BadRequest(IS_FINAL.format(wave=wave))
        if not now.is_declared:
            raise BadRequest(NOTHING_BACK.format(wave=wave))
        number = turn.connection.execute(
            f"SELECT _import FROM kept.{REGISTER} WHERE wave = ? AND _until IS NULL", [wave]
        ).fetchall()[0][0]
        return undo_in(turn, writer.actor.name, number, writer.after, writer.settings)


def _known(turn: Session, writer: Writer) -> list[WaveState]:
    def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return turn.connection.execute(sql, list(params)).fetchall()

    found = waves(rows, turn.told_by(writer.settings), counted=False)
    known = {wave.wave for wave in found}
    given = """SELECT a.wave, CAST(max(i.at) AS DATE) FROM kept.survey_answers a JOIN main.imports i ON i.import = a._import
               WHERE a._until IS NULL GROUP BY 1 ORDER BY 1"""
    settings = turn.told_by(writer.settings)
    return found + [brought(name, settings, day) for name, day in rows(given) if name not in known]


def _audit(turn: Session, writer: Writer, now: WaveState, tables: Sequence[Any] | None) -> Step:
    """Attack the list; store its fingerprint where it stands, nothing otherwise."""
    chosen = list(tables) if tables is not None else now.tables
    verdict = _verdict(turn, writer, now, chosen)
    told = Text(*verdict["told"])
    if verdict["results"] is None:
        return Step(Report(None), told, refused=True, drop=tuple(verdict["drop"]))
    facts = {"audit": _fingerprint(verdict["results"])}
    report = _write(turn, writer, replace(now, state="audited", tables=verdict["tables"]), facts)
    return Step(report, told, hidden=tuple(verdict["hidden"]))


def _publish(turn: Session, writer: Writer, now: WaveState) -> Step:
    """Freeze the audited list, exactly it. Raises BadRequest where the answers changed since its audit."""
    verdict = _verdict(turn, writer, now, now.tables)
    held = turn.connection.execute(f"SELECT audit FROM main.{REGISTER} WHERE wave = ?", [now.wave]).fetchall()
    results = verdict["results"]
    if results is None or _fingerprint(results) != held[0][0]:
        raise BadRequest(CHANGED.format(wave=now.wave))
    facts = {"audit": held[0][0], "results": _text(results)}
    return Step(_write(turn, writer, replace(now, state="published"), facts), Text(*verdict["told"]))


def _verdict(
    turn: Session, writer: Writer, now: WaveState, tables: Sequence[Any] | None
) -> Mapping[str, Any]:
    if writer.auditor is None:
        raise BadRequest(NO_AUDITOR)
    return writer.auditor(_material(turn, writer, now, tables))


def _material(turn: Session, writer: Writer, now: WaveState, tables: Sequence[Any] | None) -> dict[str, Any]:
    """Return all that an audit looks at: the answers come no further than the auditor."""
    connection = turn.connection

    def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return connection.execute(sql, list(params)).fetchall()

    settings, held = turn.told_by(writer.settings), bound.bound(connection)
    counted = (
        "COALESCE((SELECT max(as_of) FROM main.staff WHERE as_of <= ?), (SELECT min(as_of) FROM main.staff))"
    )
    staff = f"SELECT directorate, category, sex, headcount FROM main.staff WHERE as_of = {counted}"
    return {
        "wave": now.wave,
        "held_on": now.held_on,
        "headcount": now.headcount,
        "k": now.k,
        "tables": tables,
        "answers": of_wave(connection, now.wave),
        "staff": rows(staff, [now.held_on]),
        "groups": settings.get("directorate_groups") or {},
        "catalogue": (held.shipped, held.files or None),
        "earlier": [told for told in lists(rows) if told["wave"] != now.wave],
    }


def _write(turn: Session, writer: Writer, wave: WaveState, facts: Mapping[str, Any]) -> Report:
    """Store the wave's row as an import of its own, which the history names after the step."""
    told = {name: value for name, value in asdict(wave).items() if name not in ("answers", "is_declared")}
    row = told | {
        "tables": json.dumps(wave.tables) if wave.tables is not None else None,
        "decided_by": writer.actor.name,
        "decided_on": date.today(),
    }
    frame = conform(REGISTER, pd.DataFrame([row | dict(facts)], dtype="object"))
    name = f"enquête {wave.wave} : {STATES[wave.state].fr}"
    parsed = Parsed([Batch(REGISTER, frame, name, None, np.array([1]))])
    # A step taken again after it was taken back is another import: its fingerprint is its own.
    order = Order(
        writer.actor.name, {name: hashlib.sha256(secrets.token_bytes(32)).hexdigest()}, "enquête", REGISTER
    )
    return store_in(turn, order, parsed, writer.after, writer.settings)


def _fingerprint(results: Mapping[str, Any]) -> str:
    return hashlib.sha256(_text(results).encode()).hexdigest()


def _text(results: Mapping[str, Any]) -> str:
    return json.dumps(results, ensure_ascii=False, sort_keys=True)


EXISTS = Text(
    "La vague « {wave} » existe déjà. Que faire : donnez un autre nom.",
    "The wave “{wave}” exists already. What to do: give another name.",
)
IS_FINAL = Text(
    "La vague « {wave} » est publiée : ses tableaux sont figés. Que faire : rien, une publication ne se reprend pas.",
    "The wave “{wave}” is published: its tables are frozen. What to do: nothing, a publication is not taken back.",
)
NOTHING_BACK = Text(
    "La vague « {wave} » vient d'un fichier : aucune étape n'est à reprendre. Que faire : annulez son import.",
    "The wave “{wave}” came from a file: there is no step to take back. What to do: undo its import.",
)
CHANGED = Text(
    "Les réponses, l'effectif ou une vague publiée ont changé depuis l'audit de « {wave} ». Que faire : revenez d'une "
    "étape et refaites l'audit.",
    "The answers, the staff or a published wave changed since the audit of “{wave}”. What to do: go back one step and "
    "audit again.",
)
NO_AUDITOR = Text(
    "L'audit n'est pas disponible ici. Que faire : passez par l'écran « Enquêtes » ou la ligne de commande.",
    "The audit is not available here. What to do: use the screen “Surveys” or the command line.",
)
