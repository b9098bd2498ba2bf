"""``python -m data``: import, history, undo, seal, seals, verify, backup, restore, purge, demo. Parses arguments and wires; exit 0 done, 1 refused, 2 usage."""

import argparse
import importlib.util
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from data import console
from data.access import local_actor
from data.demo.filling import fill, is_fillable
from data.incidents import incident, log_beside
from data.problems import BadRequest, StoreProblem
from data.readers import READERS
from data.readers.limits import MAX_BYTES
from data.report import Report, Verification
from data.session import After, Settings
from data.stepping import Auditor
from data.store import Store
from schemas.fault import Fault
from schemas.text import Text

Answer = tuple[Any, list[str], int]  # JSON document, lines for people, exit code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; print one JSON document with --json, a few lines otherwise; return the exit code."""
    asked = _parser().parse_args(arguments)
    store = _store()
    log_beside(store.places, asked.lang)
    try:
        document, lines, code = COMMANDS[asked.command](store, asked)
    except BadRequest as problem:
        document, lines, code = _said(problem, asked, 2)
    except StoreProblem as problem:
        document, lines, code = _said(problem, asked, 1)
    except Exception as error:
        reference = incident(store.places, error)
        document, lines, code = _said(StoreProblem(UNEXPECTED.format(reference=reference)), asked, 1)
    _print(json.dumps(document, ensure_ascii=False, indent=2) if asked.json else "\n".join(lines))
    return code


def _print(text: str) -> None:
    """Print to the end, in UTF-8 wherever it goes; a reader that left early (``| head``) is no error."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _store() -> Store:
    """Open the store with what recomputes its readings and what its catalogue tells the rules."""
    after, settings, auditor = _wiring()
    return Store(after=after, settings=settings, auditor=auditor)


def _wiring() -> tuple[After | None, Settings | None, Auditor | None]:
    """Return the metrics' part in imports, rules and audits; nothing while there is no such room."""
    if importlib.util.find_spec("metrics.refresh") is None:
        return None, None, None
    from metrics.disclosure.auditor import audit
    from metrics.refresh import after_import, rule_settings

    return after_import, rule_settings, audit


def _import(store: Store, asked: argparse.Namespace) -> Answer:
    files = [(name, _content(name)) for name in asked.files]
    done = store.import_files(
        local_actor(), files, table=asked.table, reader=asked.reader, dry_run=asked.dry_run
    )
    return done.as_json(asked.lang), console.report(done, asked.lang), 0 if done.ok else 1


def _content(name: str) -> bytes:
    """Read a file; one byte above the limit is enough for the reader to refuse it. Raises BadRequest."""
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadRequest(NO_FILE.format(name=name)) from error


def _history(store: Store, asked: argparse.Namespace) -> Answer:
    records = store.history(local_actor())
    return {"imports": [record.as_json() for record in records]}, console.history(records, asked.lang), 0


def _undo(store: Store, asked: argparse.Namespace) -> Answer:
    done = store.undo(local_actor(), asked.id)
    return done.as_json(asked.lang), console.undone(done, asked.lang), 0


def _seal(store: Store, asked: argparse.Namespace) -> Answer:
    done = store.seal(local_actor(), asked.week)
    return done.as_json(), console.sealed(done, asked.lang), 0


def _seals(store: Store, asked: argparse.Namespace) -> Answer:
    """List the sealed weeks; exit 1 when one of them is no longer what was sealed."""
    found, wrong = store.seals(local_actor()), store.seal_problems(local_actor())
    listed = [
        {**each.as_json(), "problems": [words.get(asked.lang) for words in wrong.get(each.week, ())]}
        for each in found
    ]
    return {"seals": listed}, console.seals(found, wrong, asked.lang), 1 if wrong else 0


def _verify(store: Store, asked: argparse.Namespace) -> Answer:
    told = store.verify(local_actor())
    return told.as_json(asked.lang), console.verification(told, asked.lang), 0 if told.ok else 1


def _backup(store: Store, asked: argparse.Namespace) -> Answer:
    done = store.backup(local_actor(), Path(asked.folder), _own(store))
    return done.as_json(), [BACKED_UP.get(asked.lang).format(folder=done.folder)], 0


def _restore(store: Store, asked: argparse.Namespace) -> Answer:
    done = store.restore(local_actor(), Path(asked.folder), _own(store))
    return done.as_json(asked.lang), console.restored(done, asked.lang), 0


def _own(store: Store) -> Path | None:
    """Return the folder of the town's own definitions; None while there is no room of metrics."""
    if importlib.util.find_spec("metrics.folders") is None:
        return None
    from metrics.folders import own_folder

    return own_folder()


def _purge(store: Store, asked: argparse.Namespace) -> Answer:
    """Purge what is due; exit 1 when a backup could not be reached, since answers remain in it."""
    done = store.purge_due(local_actor(), dry_run=asked.dry_run)
    document = {**done.as_json(), "dry_run": asked.dry_run}
    return document, console.purged(done, asked.lang, dry_run=asked.dry_run), 1 if done.unreached else 0


def _demo(store: Store, asked: argparse.Namespace) -> Answer:
    """Fill an empty store with the fictional town; a store that holds something else stays as it is."""
    actor, is_wired = local_actor(), _wiring()[2] is not None
    if not is_fillable(store, actor, is_wired=is_wired):
        return Report(None).as_json(asked.lang), [ALREADY_FILLED.get(asked.lang)], 0
    done, sealed = fill(store, actor, is_wired=is_wired)
    lines = console.report(done, asked.lang) + [
        line for each in sealed for line in console.sealed(each, asked.lang)
    ]
    return done.as_json(asked.lang), lines, 0 if done.ok else 1


def _said(problem: StoreProblem, asked: argparse.Namespace, code: int) -> Answer:
    """Answer a problem of the store itself, in the shape of the command's own document."""
    words = problem.text.get(asked.lang)
    if asked.command == "verify":
        return Verification(False, None, [problem.text]).as_json(asked.lang), [words], code
    message, mend = problem.parts
    fault = Fault(None, None, None, None, None, "store", "error", message, mend)
    return Report(None, errors=[fault]).as_json(asked.lang), [words], code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m data", description="Importer, annuler, vérifier les données."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, told in HELP.items():
        command = commands.add_parser(name, help=told, description=told)
        command.add_argument("--json", action="store_true", help="un document JSON sur la sortie standard")
        command.add_argument("--lang", choices=("fr", "en"), default="fr")
    _import_arguments(commands.choices["import"])
    for name in ("backup", "restore"):
        commands.choices[name].add_argument("folder", metavar="DOSSIER", help=FOLDERS[name])
    commands.choices["purge"].add_argument("--dry-run", action="store_true", help="ne rien détruire")
    commands.choices["seal"].add_argument("week", metavar="SEMAINE", help="la semaine de la revue : 2015-W28")
    commands.choices["undo"].add_argument("id", type=int, help="numéro de l'import à annuler")
    return parser


def _import_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", metavar="FICHIER")
    how = command.add_mutually_exclusive_group()
    how.add_argument("--table", help="table du fichier, si son nom ou son en-tête ne la dit pas")
    how.add_argument("--reader", choices=tuple(READERS), help="format du fichier (levier par défaut)")
    command.add_argument("--dry-run", action="store_true", help="tout vérifier, ne rien enregistrer")


COMMANDS: dict[str, Callable[[Store, argparse.Namespace], Answer]] = {
    "import": _import,
    "history": _history,
    "undo": _undo,
    "seal": _seal,
    "seals": _seals,
    "verify": _verify,
    "backup": _backup,
    "restore": _restore,
    "purge": _purge,
    "demo": _demo,
}
HELP = {
    "import": "Importer des fichiers : tout, ou rien et toutes les erreurs.",
    "history": "Lister les imports et les annulations.",
    "undo": "Annuler un import.",
    "seal": "Sceller la semaine d'une revue : ce qui est connu à cet instant ne change plus.",
    "seals": "Lister les semaines scellées, et dire si chacune est intacte.",
    "verify": "Vérifier que la base contient ce que dit le registre, et que les semaines scellées sont intactes.",
    "backup": "Sauvegarder la base, son registre et le catalogue dans un nouveau dossier daté.",
    "restore": "Remettre une sauvegarde en place ; ce qu'elle remplace est mis de côté.",
    "purge": "Détruire les réponses d'enquête dont la date de conservation est passée, sauvegardes comprises.",
    "demo": "Importer la ville de démonstration dans une base vide.",
}
FOLDERS = {
    "backup": "où créer le dossier daté de la sauvegarde",
    "restore": "une sauvegarde, ou le dossier qui en contient (la dernière est prise)",
}
BACKED_UP = Text("Sauvegardé et vérifié : {folder}", "Backed up and verified: {folder}")
UNEXPECTED = Text(
    "Erreur inattendue (référence {reference}) : rien d'autre n'est fait. Que faire : recommencez ; si elle "
    "revient, transmettez la référence et le fichier levier.log, qui est à côté de la base.",
    "Unexpected error (reference {reference}): nothing more is done. What to do: try again; if it comes back, "
    "pass on the reference and the file levier.log, which lies beside the database.",
)
NO_FILE = Text(
    "Le fichier « {name} » ne peut pas être lu. Que faire : vérifiez son nom, son dossier et le droit de le lire.",
    "The file “{name}” cannot be read. What to do: check its name, its folder and the right to read it.",
)
ALREADY_FILLED = Text(
    "La base contient déjà des données : rien n'est importé.",
    "The store already holds data: nothing is imported.",
)

if __name__ == "__main__":
    sys.exit(main())
