"""What ``python -m pages.exports alerts`` does once everything is wired: the digests as files and, if asked, the mails."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from metrics import alertrules, moment
from metrics.briefs import Choices
from metrics.loading import Folder
from metrics.states import State
from pages.exports import despatch
from pages.exports.despatch import NotReviewed
from pages.exports.mailfields import BadSettings
from pages.exports.mailsettings import Settings, read_settings
from pages.exports.outgoing import Outgoing, Pdf, outgoing
from pages.texts import said, t

DONE, FAILED = 0, 1


@dataclass(frozen=True)
class Ran:
    """What to say on standard output, what on standard error, and the exit code: 0 done, 1 something did not go."""

    told: tuple[str, ...]
    wrong: tuple[str, ...] = ()
    code: int = DONE


def run(
    out: Path,
    state: State,
    places: list[Folder],
    choices: Choices,
    pdf: Pdf,
    *,
    since: date | None = None,
    send: bool = False,
    base_url: str = "",
) -> Ran:
    """Write the digests of a moment into ``out`` and, with ``send``, mail what was reviewed. ``places``: the catalogue's folders.

    ``base_url`` is where the screens are served; without it, that of the mail settings, and without those no line has its link.
    """
    going = _going(state, places, choices, since)
    wrong = [_refusal(one.file, one.id, said(one.reason), said(one.mend)) for one in going.rules.refused]
    try:
        settings = read_settings()
    except BadSettings as problem:
        settings, wrong = None, [*wrong, f"{problem.what} {problem.mend}"]
    if settings and base_url:
        settings = replace(settings, base_url=base_url)
    served = settings.base_url if settings else base_url
    wrong += [] if served else [_linkless()]
    files = despatch.write(out, going, served)
    told = [going.digest().subject, t("{n} fichiers dans {folder}", n=len(files), folder=out.name)]
    if not send:
        return Ran(tuple(told), tuple(wrong))
    sent = _sent(going, settings, pdf, date.today())
    return Ran((*told, *sent.told), (*wrong, *sent.wrong), sent.code)


def _going(state: State, places: list[Folder], choices: Choices, since: date | None) -> Outgoing:
    day = since or moment.before(state.engine, state.as_of)
    rules = alertrules.in_force(places, state.catalogue)
    before = replace(state, as_of=day) if day and day <= state.as_of else None
    return outgoing(state, rules, since=before, choices=choices)


def _sent(going: Outgoing, settings: Settings | None, pdf: Pdf, today: date) -> Ran:
    if settings is None:
        return Ran((), (t("Aucun envoi n’est réglé."),), FAILED)
    try:
        outcomes = despatch.despatch(going, settings, pdf, today)
    except NotReviewed as problem:
        return Ran((), (str(problem),), FAILED)
    except BadSettings as problem:
        return Ran((), (f"{problem.what} {problem.mend}",), FAILED)
    good = tuple(despatch.said(one) for one in outcomes if not one.is_bad)
    bad = tuple(despatch.said(one) for one in outcomes if one.is_bad)
    return Ran(good, bad, FAILED if bad else DONE)


def _linkless() -> str:
    """Why no line leads to its screen, and how it would."""
    return t(
        "Sans adresse des écrans, les alertes n’ont pas de lien : ajoutez --base-url https://levier.ville.example, "
        "ou base_url dans les réglages du courriel (LEVIER_MAIL)."
    )


def _refusal(file: str, id: str | None, reason: str, mend: str) -> str:
    where = (
        t("{file} : la règle « {id} » est refusée.", file=file, id=id)
        if id
        else t("{file} est refusé.", file=file)
    )
    return f"{where} {reason} {mend}"
