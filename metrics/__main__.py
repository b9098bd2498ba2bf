"""``python -m metrics``: show, refresh, signals, scale, forecast, links, disclosure, whatif, choose, seek. Parses arguments and wires the store; exit 0 done, 1 failed, 2 usage."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from data.access import local_actor
from data.engine import Engine
from data.incidents import log_beside
from data.problems import StoreProblem
from data.store import Store
from data.waves import WaveState
from metrics import (
    changesanswer,
    changing,
    choose_answer,
    compute,
    disclosureanswer,
    folders,
    forecast_answer,
    links,
    scaleanswer,
    seek_answer,
    signalsfile,
    stored,
    whatif_answer,
)
from metrics.answering import Answer, ask_date
from metrics.console import lines
from metrics.definitions import Catalogue, load
from metrics.disclosure.auditor import audit
from metrics.disclosure.tables import Published
from metrics.reading import Reading
from metrics.refresh import after_import, rule_settings
from metrics.refusing import BadEntry, did_you_mean, shortened
from metrics.seriesfile import BadFile
from metrics.states import State
from schemas.text import Text


class Usage(ValueError):
    """The command asks for something that does not exist: what, and what to do."""

    def __init__(self, what: Text, mend: Text) -> None:
        super().__init__(what.fr)
        self.what, self.mend = what, mend


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; with --json one document on standard output and nothing else."""
    asked = _parser().parse_args(arguments)
    store = wired()
    log_beside(store.places, asked.lang)
    try:
        commands = {
            "show": _show,
            "refresh": _refresh,
            "signals": _signals,
            "scale": _scale,
            "forecast": _forecast,
            "links": _links,
            "disclosure": _disclosure,
            "changes": _changes,
            **dict.fromkeys(COMPUTED, _computed),
        }
        code = commands[asked.command](store, asked)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read the lines had enough
        sys.stderr.close()
        return 0
    except Usage as problem:
        return _told(problem.what, problem.mend, asked, 2)
    except BadFile as problem:
        return _told(problem.what, problem.mend, asked, problem.code, problem.facts)
    except StoreProblem as problem:
        return _told(*problem.parts, asked, 1)


def _told(
    what: Text, mend: Text, asked: argparse.Namespace, code: int, facts: Mapping[str, object] | None = None
) -> int:
    """Say a problem: for people on standard error, with --json as the command's one document. Return ``code``."""
    message, todo = what.get(asked.lang), mend.get(asked.lang)
    print(f"{message} {todo}".strip(), file=sys.stderr)
    if asked.json:
        document = EMPTY[asked.command] | {"error": {"message": message, "mend": todo, **(facts or {})}}
        print(json.dumps(document, ensure_ascii=False, indent=2))
    return code


def wired() -> Store:
    """Return the environment's store with the metrics' part in imports, rules and audits."""
    return Store(after=after_import, settings=rule_settings, auditor=audit)


def published(wave: str) -> list[dict[str, Any]]:
    """Return the frozen lists of the environment's store: where ``metrics.disclosure.results`` looks of itself."""
    return [told for told in wired().published(local_actor()) if told["wave"] == wave]


def moment(given: date | str, store: Store | None = None) -> State:
    """Return a moment of the environment's store: a date on today's data, or a sealed week. Raises ValueError for neither."""
    store = store or wired()
    if isinstance(given, str) and changesanswer.is_week(given):
        sealed = store.sealed(local_actor(), given)
        return State(sealed.engine(local_actor()), catalogue(sealed), sealed.as_of(local_actor()) or date.min)
    day = given if isinstance(given, date) else date.fromisoformat(given)
    return State(store.engine(local_actor()), catalogue(store), day)


def _changes(store: Store, asked: argparse.Namespace) -> int:
    given = (asked.since, asked.until)
    for word in given:
        if not changesanswer.is_week(word) and not _is_day(word):
            raise Usage(changesanswer.UNKNOWN.format(given=shortened(word)), changesanswer.MEND)
    since, until = (moment(word, store) for word in given)
    if since.as_of > until.as_of:
        raise Usage(changesanswer.ORDER, changesanswer.MEND)
    found = changing.changes(since, until)
    if asked.json:
        told = changesanswer.document(given, since, until, found)
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(changesanswer.lines(found, until.catalogue, asked.lang)))
    return 0


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _disclosure(store: Store, asked: argparse.Namespace) -> int:
    state = next((known for known in store.waves(local_actor()) if known.wave == asked.wave), None)
    if state is None:
        raise Usage(
            disclosureanswer.UNKNOWN_WAVE.format(wave=shortened(asked.wave)),
            did_you_mean(asked.wave, [known.wave for known in store.waves(local_actor())]),
        )
    if asked.publish and not _publish(store, state, asked):
        return 1
    lists = store.published(local_actor())
    if asked.json:
        found = disclosureanswer.document(asked.wave, lists, state.k)
        print(json.dumps(found, ensure_ascii=False, indent=2))
    told = next((one for one in lists if one["wave"] == asked.wave), None)
    if told is None:
        words = (disclosureanswer.UNPUBLISHED.format(wave=asked.wave), disclosureanswer.PUBLISH_IT)
        print(" ".join(one.get(asked.lang) for one in words), file=sys.stderr)
    elif not asked.json:
        print("\n".join(disclosureanswer.lines(Published.from_json(told), asked.lang)))
    return 0


def _publish(store: Store, wave: WaveState, asked: argparse.Namespace) -> bool:
    """Take the steps that are left to publication; say on standard error what the audit refuses."""
    order = ("draft", *disclosureanswer.STEPS, "purged")
    for to in order[order.index(wave.state) + 1 : -1]:
        done = store.step(local_actor(), wave.wave, to)
        while done.refused and asked.drop and (left := [one for one in done.tables if one not in done.drop]):
            print(done.told.get(asked.lang), file=sys.stderr)
            done = store.step(local_actor(), wave.wave, to, tables=left)
        if done.refused:
            words = [
                done.told.get(asked.lang),
                "" if asked.drop else disclosureanswer.DROP_THEM.get(asked.lang),
            ]
            print("\n".join(filter(None, words)), file=sys.stderr)
            return False
    return True


def catalogue(store: Store) -> Catalogue:
    """Return the catalogue the store is bound to."""
    bound = store.catalogue(local_actor())
    return load(folders.folders_of(bound))


def _show(store: Store, asked: argparse.Namespace) -> int:
    engine, found = store.engine(local_actor()), catalogue(store)
    _say_refused(found, asked.lang)
    kpis = _broken_down(found, _chosen(found, asked.kpis), asked)
    as_of = asked.as_of or store.as_of(local_actor())
    readings = _readings(engine, found, kpis, as_of, asked.by) if as_of else []
    if asked.json:
        document = {
            "as_of": as_of.isoformat() if as_of else None,
            "readings": [r.as_json() for r in readings],
        }
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines(found, readings, asked.lang)))
    return 0


def _forecast(store: Store, asked: argparse.Namespace) -> int:
    engine, found = store.engine(local_actor()), catalogue(store)
    _say_refused(found, asked.lang)
    kpis = _chosen(found, asked.kpis)
    as_of = asked.as_of or store.as_of(local_actor())
    readings = {r.kpi: r for r in _readings(engine, found, kpis, as_of, None)} if as_of else {}
    answers = forecast_answer.answers(engine, found, kpis, readings, as_of) if as_of else {}
    if asked.json:
        told = [answer.as_json(asked.lang) for answer in answers.values()]
        document = {"as_of": as_of.isoformat() if as_of else None, "forecasts": told}
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        for id, answer in answers.items():
            print("\n".join(forecast_answer.lines(found.every[id], answer, asked.lang)))
    return 0


def _links(store: Store, asked: argparse.Namespace) -> int:
    engine, found = store.engine(local_actor()), catalogue(store)
    _say_refused(found, asked.lang)
    as_of = asked.as_of or store.as_of(local_actor())
    told = links.of_store(engine, found, as_of) if as_of else ()
    if asked.json:
        print(json.dumps(links.document(as_of, told), ensure_ascii=False, indent=2))
    else:
        print("\n".join(links.lines(told, asked.lang)))
    return 0


def _computed(store: Store, asked: argparse.Namespace) -> int:
    """Answer a question on scenarios or choices; nothing is stored."""
    engine, found, known = store.engine(local_actor()), catalogue(store), store.as_of(local_actor())
    _say_refused(found, asked.lang)
    if known is None:
        raise Usage(NO_DATA, IMPORT_FIRST)
    try:
        told = COMPUTED[asked.command](engine, found, known, asked)
    except BadEntry as refused:
        raise Usage(refused.reason, refused.mend) from refused
    return _answered(told, asked)


def _chosen(found: Catalogue, asked: Sequence[str]) -> list[str]:
    """Return the ids of the KPIs asked for by id or code (all when none is). Raises Usage for an unknown one."""
    codes = {kpi.code: id for id, kpi in found.every.items()}
    for name in asked:
        if name not in found.every and name not in codes:
            raise Usage(UNKNOWN.format(name=shortened(name)), did_you_mean(name, [*found.every]))
    return [codes.get(name, name) for name in asked] or [*found.kpis]


def _broken_down(found: Catalogue, kpis: list[str], asked: argparse.Namespace) -> list[str]:
    """Return the KPIs that have the breakdown asked for, or those named. Raises Usage for one that no KPI has."""
    if asked.by is None:
        return kpis
    known = {name for kpi in found.kpis.values() for name in kpi.by}
    if asked.by not in known:
        raise Usage(NO_BREAKDOWN.format(name=shortened(asked.by)), did_you_mean(asked.by, known))
    return kpis if asked.kpis else [id for id in kpis if asked.by in found.kpis[id].by]


def _readings(
    engine: Engine, found: Catalogue, kpis: list[str], as_of: date, by: str | None
) -> list[Reading]:
    """Return kept readings where the date has them, readings computed now for the others."""
    kept: list[Reading] = []
    if by is None:
        here = stored.at(engine, found, as_of)
        kept = [here[id] for id in kpis if id in here]
    elif by == compute.DIMENSION:
        kept = stored.by_scope(engine, found, kpis, as_of, by)
    made_with = stored.definitions(engine)
    kept = [reading for reading in kept if made_with.get(reading.kpi) == found.every[reading.kpi].fingerprint]
    have = {reading.kpi for reading in kept}
    live = compute.readings(engine, found, [id for id in kpis if id not in have], [as_of], by)
    order = {id: place for place, id in enumerate(kpis)}
    return sorted(kept + live, key=lambda reading: order[reading.kpi])


def _say_refused(found: Catalogue, lang: str) -> None:
    for refusal in found.refused:
        words = (refusal.file, refusal.id or "", refusal.reason.get(lang), refusal.mend.get(lang))
        print(" ".join(word for word in words if word), file=sys.stderr)


def _refresh(store: Store, asked: argparse.Namespace) -> int:
    _say_refused(catalogue(store), asked.lang)
    faults = store.refresh(local_actor(), after_import)
    for fault in faults:
        print(f"{fault.message.get(asked.lang)} {fault.mend.get(asked.lang)}", file=sys.stderr)
    if asked.json:
        print(
            json.dumps(
                {"faults": [fault.as_json(asked.lang) for fault in faults]}, ensure_ascii=False, indent=2
            )
        )
    elif not faults:
        print(REFRESHED.get(asked.lang))
    return 1 if faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m metrics", description="Lire et recalculer les indicateurs."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    show = commands.add_parser("show", help="Afficher les indicateurs à une date.")
    show.add_argument("kpis", nargs="*", metavar="KPI", help="identifiant ou code ; tous par défaut")
    ask_date(show)
    show.add_argument(
        "--by", metavar="DIMENSION", help="ventilation : lead_directorate, theme, partner_kind…"
    )
    refresh = commands.add_parser("refresh", help="Recalculer tous les indicateurs.")
    refresh.add_argument("--engine", choices=("duckdb",), default="duckdb", help="moteur de calcul")
    forecast = commands.add_parser("forecast", help="Prévoir la fin de l'année.")
    forecast.add_argument("kpis", nargs="*", metavar="KPI", help="identifiant ou code ; tous par défaut")
    ask_date(forecast)
    associations = commands.add_parser("links", help="Ce que les données disent de chaque lien de la carte.")
    ask_date(associations)
    for command in (
        show,
        refresh,
        forecast,
        associations,
        signalsfile.parser(commands),
        scaleanswer.parser(commands),
        disclosureanswer.parser(commands),
        changesanswer.parser(commands),
        whatif_answer.parser(commands),
        choose_answer.parser(commands),
        seek_answer.parser(commands),
    ):
        command.add_argument("--json", action="store_true", help="un document JSON sur la sortie standard")
        command.add_argument("--lang", choices=("fr", "en"), default="fr")
    return parser


def _signals(store: Store, asked: argparse.Namespace) -> int:
    """Chart a file's series: no store is read."""
    return _answered(signalsfile.answer(asked), asked)


def _answered(told: Answer, asked: argparse.Namespace) -> int:
    if asked.json:
        print(json.dumps(told.document, ensure_ascii=False, indent=2))
    else:
        print("\n".join(told.lines))
    return told.code


def _scale(store: Store, asked: argparse.Namespace) -> int:
    """Score a file's answers; the store is opened only for a scale that is nowhere else."""
    return scaleanswer.run(asked, lambda: _bound(store))


def _bound(store: Store) -> tuple[str | None, Mapping[str, str] | None]:
    """Return the catalogue the store is bound to; of a store that is not there none, and it is not made."""
    if not store.places.store.is_file():
        return None, None
    bound = store.catalogue(local_actor())
    return bound.shipped, bound.files or None


# Commands that compute from the store and write nothing: (engine, catalogue, the data's date, arguments) -> Answer.
COMPUTED: Mapping[str, Callable[[Engine, Catalogue, date, argparse.Namespace], Answer]] = {
    "whatif": whatif_answer.answer,
    "choose": choose_answer.answer,
    "seek": seek_answer.answer,
}
EMPTY: dict[str, dict[str, object]] = {
    "show": {"as_of": None, "readings": []},
    "refresh": {"faults": []},
    "signals": {"points": []},
    "scale": {"items": []},
    "forecast": {"as_of": None, "forecasts": []},
    "links": {"as_of": None, "links": []},
    "disclosure": {"k": None, "tables": []},
    "changes": {"since": None, "until": None, "changes": []},
    "whatif": {"as_of": None, "readings": [], "horizon": None, "distributions": []},
    "choose": {"as_of": None, "status": None, "chosen": []},
    "seek": {"as_of": None, "reachable": False, "value": None},
}
NO_BREAKDOWN = Text("Ventilation inconnue : {name}.", "Unknown breakdown: {name}.")
UNKNOWN = Text("Indicateur inconnu : {name}.", "Unknown KPI: {name}.")
NO_DATA = Text("Le magasin est vide.", "The store is empty.")
IMPORT_FIRST = Text("Importez d'abord des données.", "Import data first.")
REFRESHED = Text("Les indicateurs sont recalculés.", "The indicators are recomputed.")

if __name__ == "__main__":
    sys.exit(main())
