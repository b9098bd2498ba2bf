"""A wave's steps, taken by the writer: each is one signed row of the register, stored and taken back like any import."""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from data import ballots
from data.access import Actor
from data.importing import store_in
from data.material import fingerprint, material, sha256, text_of
from data.order import Order
from data.places import Places
from data.problems import BadRequest
from data.purge import UNREACHED, purge
from data.readers.batch import Batch, Parsed
from data.report import Report
from data.session import After, Session, Settings, session
from data.undo import undo_in
from data.waves import MONTHS_KEPT, Step, WaveState, brought, later, may_step, the_wave, waves
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
    if to == "audited":
        return _audit(writer, wave, tables)
    with session(writer.places) as turn:
        now = _ready(turn, writer, wave, to)
        if to == "published":
            return _publish(turn, writer, now)
        told = Text("", "")
        if to == "closed":  # under the same lock: no answer comes in between
            told = ballots.told(wave, ballots.empty_in(turn, wave, writer.after, writer.settings))
        return Step(_write(turn, writer, replace(now, state=to), {}), told)


def _purge(writer: Writer, wave: str) -> Step:
    """Destroy a wave's raw answers before their date."""
    with session(writer.places) as turn:
        _ready(turn, writer, wave, "purged")
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


def _ready(turn: Session, writer: Writer, wave: str, to: str) -> WaveState:
    """Return a wave that may take this step; raises BadRequest for any other."""
    now = the_wave(_known(turn, writer), wave)
    may_step(now, to)
    return now


def _audit(writer: Writer, wave: str, tables: Sequence[Any] | None) -> Step:
    """Attack the list and keep it where it stands, nothing otherwise. Nobody waits for the attack: the lock is let go."""
    if writer.auditor is None:
        raise BadRequest(NO_AUDITOR)
    with session(writer.places) as turn:
        now = _ready(turn, writer, wave, "audited")
        chosen = list(tables) if tables is not None else now.tables
        given = material(turn, writer.settings, now)
    verdict = writer.auditor({**given, "tables": chosen})
    told = Text(*verdict["told"])
    if verdict["results"] is None:
        return Step(
            Report(None), told, refused=True, drop=tuple(verdict["drop"]), tables=tuple(verdict["tables"])
        )
    with session(writer.places) as turn:
        if _ready(turn, writer, wave, "audited") != now or material(turn, writer.settings, now) != given:
            raise BadRequest(CHANGED.format(wave=wave))
        found = text_of(verdict["results"])
        facts = {"material": fingerprint(given), "audited": found, "audit": sha256(found)}
        report = _write(turn, writer, replace(now, state="audited", tables=verdict["tables"]), facts)
    return Step(report, told, hidden=tuple(verdict["hidden"]))


def _publish(turn: Session, writer: Writer, now: WaveState) -> Step:
    """Freeze the audited list, exactly it. Raises BadRequest where the answers changed since its audit."""
    sql = f"SELECT material, audited, audit FROM main.{REGISTER} WHERE wave = ?"
    seen, audited, audit = turn.connection.execute(sql, [now.wave]).fetchall()[0]
    if seen != fingerprint(material(turn, writer.settings, now)):
        raise BadRequest(CHANGED.format(wave=now.wave))
    facts = {"material": seen, "audit": audit, "results": audited}
    return Step(_write(turn, writer, replace(now, state="published"), facts))


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
    order = Order(writer.actor.name, {name: secrets.token_hex(32)}, "enquête", REGISTER)
    return store_in(turn, order, parsed, writer.after, writer.settings)


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
