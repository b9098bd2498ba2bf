"""``python -m pages.exports COMMAND OUT``: files for cron, the same numbers as on screen. Parses arguments and wires, nothing else."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.access import local_actor, require
from data.incidents import log_beside
from data.problems import StoreProblem
from data.store import Store
from metrics import folders
from metrics.__main__ import catalogue, wired
from metrics.briefs import read_choices
from metrics.dues import known_on, today_at
from metrics.meetings import read_meeting, read_meetings
from metrics.refusing import BadEntry, did_you_mean, shortened
from metrics.states import State
from metrics.stored import scopes_at
from pages.exports import alertsrun, book, brief, compared_files, minutes, opendata, slides, workbook
from pages.exports.edition import Edition, edition, empty, speak
from pages.exports.mailfields import BadSettings, base_url
from pages.exports.news import before
from pages.exports.setting import NotSet
from pages.texts import numbers, t, use


class Usage(ValueError):
    """The command asks for something that does not exist, in words."""


@dataclass(frozen=True)
class Job:
    """What a command writes from: the store, the moment asked for (None: an empty store), the week, and the arguments."""

    store: Store
    state: State | None
    week: str
    asked: argparse.Namespace

    def edition(self) -> Edition:
        """The edition of the moment, as the chief of staff arranged it."""
        if self.state is None:
            return empty(catalogue(self.store))
        choices = read_choices(self.state.engine, self.state.as_of)
        return edition(self.state, choices=choices, week=self.week)


@dataclass(frozen=True)
class Command:
    """One kind of file: what it is in a sentence, and what makes its bytes."""

    help: str
    make: Callable[[Job], bytes]


def _brief(job: Job) -> bytes:
    return brief.write(job.edition())


def _book(job: Job) -> bytes:
    return book.write(job.edition(), job.state)


def _slides(job: Job) -> bytes:
    if job.state is None:
        return slides.write(job.edition())
    return slides.write(job.edition(), job.state, before(job.state))


def _workbook(job: Job) -> bytes:
    if job.state is None:
        return workbook.write(job.edition())
    return workbook.write(job.edition(), job.state, before(job.state))


def _minutes(job: Job) -> bytes:
    """The minutes of the week asked for, else of the last review held by the date; of the sealed week where it is, else a draft."""
    actor, live = local_actor(), wired()
    if job.state is None:
        raise Usage(t("Aucune donnée pour l’instant"))
    asked = job.asked.as_of  # a review of after the date asked for was not held yet
    held = read_meetings(live.engine(actor))
    opened = [one.meeting_id for one in held if one.opened_at and (asked is None or one.held_on <= asked)]
    week = job.asked.week or (opened[-1] if opened else "")
    seal = next((one for one in live.seals(actor) if one.week == week), None)
    store = live.sealed(actor, week) if seal else live
    engine, found = store.engine(actor), catalogue(store)
    by = None if seal else known_on(job.state)
    meeting = read_meeting(engine, week, by)
    if meeting is None:
        raise Usage(t("Aucune revue cette semaine-là : {week}.", week=shortened(week or "–")))
    speak(found)
    make = minutes.docx if job.asked.out.lower().endswith(".docx") else minutes.pdf
    return make(engine, found, meeting, seal, by)


def _opendata(job: Job) -> bytes:
    if job.state is None:
        raise Usage(t("Aucune donnée pour l’instant"))
    return opendata.write(job.state)


def _scenario(job: Job) -> bytes:
    """The scenarios of the files asked for, side by side."""
    if job.state is None:
        raise Usage(t("Aucune donnée pour l’instant"))
    speak(job.state.catalogue)
    asked = job.asked
    try:
        return compared_files.write(job.state, asked.scenario, asked.as_of and job.state.as_of, asked.out)
    except BadEntry as refused:
        raise Usage(f"{refused.reason.get(asked.lang)} {refused.mend.get(asked.lang)}") from refused


ALERTS = "alerts"
SCENARIO = "scenario"
COMMANDS: Mapping[str, Command] = {
    "brief": Command("La note au maire : une page A4 en PDF.", _brief),
    "book": Command("Le livret : une page par objectif, en PDF.", _book),
    "slides": Command("Les diapositives, à modifier dans PowerPoint ou LibreOffice (PPTX).", _slides),
    "workbook": Command("Le classeur : une feuille par tableau, avec ses graphiques (XLSX).", _workbook),
    "minutes": Command("Le compte rendu d'une revue : DOCX si le nom finit ainsi, sinon PDF.", _minutes),
    SCENARIO: Command(
        "Un à quatre scénarios à côté de la base : un classeur si le nom finit par .xlsx, sinon PDF.",
        _scenario,
    ),
    "opendata": Command("Les indicateurs publiés en données ouvertes (ZIP de CSV et JSON).", _opendata),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write one file and return the exit code: 0 written, 1 refused or failed, 2 usage. Nothing half written is left."""
    asked = _parser().parse_args(arguments)
    use(asked.lang)
    store = wired()
    log_beside(store.places, asked.lang)
    out = Path(asked.out)
    try:
        if asked.command == ALERTS:
            return _alerts(store, asked, out)
        if out.is_dir() or not out.parent.is_dir():
            raise Usage(
                t("Le dossier n’existe pas, ou le nom est celui d’un dossier : {name}.", name=out.name)
            )
        made = COMMANDS[asked.command].make(_job(store, asked))
        _store(out, made)
    except Usage as problem:
        return _told(str(problem), 2)
    except StoreProblem as problem:
        return _told(" ".join(part.get(asked.lang) for part in problem.parts), 1)
    except NotSet as problem:
        return _told(t("Le document n’a pas pu être composé : {why}.", why=problem), 1)
    except OSError:
        return _told(t("Impossible d’écrire le fichier {name}.", name=out.name), 1)
    print(t("{name} : {size} ko.", name=out.name, size=numbers.decimal(max(1, round(len(made) / 1000)))))
    return 0


def _alerts(store: Store, asked: argparse.Namespace, out: Path) -> int:
    """Write the digests into a folder and, if asked, mail what was reviewed. Raises Usage, StoreProblem, NotSet, OSError."""
    if (out.exists() and not out.is_dir()) or not out.parent.is_dir():
        raise Usage(t("Le dossier n’existe pas, ou le nom est celui d’un fichier : {name}.", name=out.name))
    actor = local_actor()
    if asked.send:
        require(actor, "send")
    bound = store.catalogue(actor)
    state = _job(store, asked).state
    if state is None:
        return _told(t("Les alertes viennent avec les données : importez-les d’abord."), 1)
    choices, places = (
        read_choices(state.engine, state.as_of),
        folders.catalogue_folders(bound.shipped, bound.files or None),
    )
    ran = alertsrun.run(
        out,
        state,
        [*places],
        choices,
        brief.write,
        since=asked.since,
        send=asked.send,
        base_url=asked.base_url,
    )
    for words in ran.wrong:
        print(words, file=sys.stderr)
    print("\n".join(ran.told))
    return ran.code


def _job(store: Store, asked: argparse.Namespace) -> Job:
    """What is asked for, looked up. Raises Usage for a scope or week that does not exist, StoreProblem."""
    actor = local_actor()
    found = store.sealed(actor, asked.week) if asked.week and not _is_open(store, asked) else store
    latest = found.as_of(actor)
    if latest is None:
        return Job(found, None, asked.week, asked)
    as_of = min(asked.as_of or latest, latest)  # beyond the data nothing is known
    engine = found.engine(actor)
    scopes = scopes_at(engine, as_of)
    if asked.scope and asked.scope not in scopes:
        words = did_you_mean(asked.scope, scopes).get(asked.lang)
        raise Usage(f"{t('Périmètre inconnu : {name}.', name=shortened(asked.scope))} {words}".strip())
    held_on = next((one.held_on for one in store.seals(actor) if one.week == asked.week), None)
    today = today_at(as_of, latest, date.today(), held_on)
    state = State(engine, catalogue(found), as_of, asked.scope, today)
    return Job(found, state, asked.week, asked)


def _is_open(store: Store, asked: argparse.Namespace) -> bool:
    """Whether the minutes asked for are of a week that is not sealed: they are drafted from the data of now."""
    sealed = (one.week for one in store.seals(local_actor()))
    return asked.command == "minutes" and asked.week not in sealed


def _store(out: Path, made: bytes) -> None:
    """Put the bytes under their name at once: whoever reads meanwhile gets the file of before."""
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _told(words: str, code: int) -> int:
    print(words, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pages.exports", description="Écrire les documents de la collectivité."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, command in COMMANDS.items():
        one = commands.add_parser(name, help=command.help)
        if name == SCENARIO:
            one.add_argument(
                "scenario", nargs="+", metavar="SCENARIO.yml", help="les hypothèses et leurs valeurs"
            )
        one.add_argument("out", metavar="FICHIER", help="le fichier à écrire")
        one.add_argument(
            "--as-of", type=_day, metavar="AAAA-MM-JJ", help="date (celle des données par défaut)"
        )
        one.add_argument("--week", default="", metavar="AAAA-Wss", help="une semaine scellée")
        one.add_argument(
            "--scope", default="", metavar="DIRECTION", help="une direction (toute la ville par défaut)"
        )
        one.add_argument("--lang", choices=("fr", "en"), default="fr")
    _alerts_parser(commands)
    return parser


def _alerts_parser(commands: Any) -> None:
    one = commands.add_parser(
        ALERTS, help="Les alertes, en HTML et en texte, par groupe ; --send les envoie."
    )
    one.add_argument("out", metavar="DOSSIER", help="le dossier où écrire, créé s'il manque")
    one.add_argument("--as-of", type=_day, metavar="AAAA-MM-JJ", help="date (celle des données par défaut)")
    one.add_argument(
        "--since", type=_day, metavar="AAAA-MM-JJ", help="comparer à cette date (la fin du mois d'avant)"
    )
    one.add_argument(
        "--base-url",
        type=_served,
        default="",
        metavar="ADRESSE",
        help="où les écrans sont servis : les liens y mènent (celle des réglages du courriel par défaut)",
    )
    one.add_argument("--send", action="store_true", help="envoyer ce qui a été relu (réglages : LEVIER_MAIL)")
    one.add_argument("--lang", choices=("fr", "en"), default="fr")
    one.set_defaults(scope="", week="")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} : AAAA-MM-JJ") from error


def _served(text: str) -> str:
    try:
        return base_url({"base_url": text}) if text else ""
    except BadSettings as problem:
        raise argparse.ArgumentTypeError(problem.mend) from problem


if __name__ == "__main__":
    sys.exit(main())
