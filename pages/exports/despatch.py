"""Writing the digests for whoever wants files, and sending the mails: only what was reviewed goes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from pages.exports import digest, digesthtml
from pages.exports.mail import Letter, Outcome, send
from pages.exports.mailsettings import Settings, check_rules
from pages.exports.outgoing import Outgoing, Pdf, outgoing
from pages.texts import t


class NotReviewed(Exception):
    """What would go was not read as it is now; the words say which."""


def groups(going: Outgoing, base_url: str = "") -> Mapping[str, tuple[bytes, bytes]]:
    """Return (HTML, text) of the digest of all rules, under "", and of each audience, in the run's language."""
    found: dict[str, tuple[bytes, bytes]] = {}
    for name in ("", *going.rules.audiences):
        one = going.digest((name,) if name else (), base_url)
        found[name] = (digesthtml.html(one).encode(), digest.text(one).encode())
    return found


def write(out: Path, going: Outgoing, base_url: str = "") -> list[Path]:
    """Write digest.html and digest.txt into ``out``, and each audience's into its folder there. Return the files."""
    written = []
    for name, (html, text) in groups(going, base_url).items():
        folder = out / name if name else out
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in ((folder / "digest.html", html), (folder / "digest.txt", text)):
            fresh = file.with_name(f".{file.name}.new")
            fresh.write_bytes(content)
            fresh.replace(file)
            written.append(file)
    return written


def reviewed(going: Outgoing) -> Outgoing:
    """Return exactly what was reviewed: what goes now, or the same with its days counted from the day of the last review.

    Raises NotReviewed: nothing was read, or what was read is not what the data say now.
    """
    if going.review:
        return going
    if not going.choices.reviews:
        raise NotReviewed(t("Rien ne part sans relecture : la note de cette date n’a pas été relue."))
    day = going.choices.reviews[-1].decided_on
    if day is not None and going.state.today not in (None, day):
        then = replace(going.state, today=day)
        before = replace(going.since, today=day) if going.since else None
        again = outgoing(then, going.rules, since=before, choices=going.choices)
        if again.review:
            return again
    raise NotReviewed(t("La note a changé depuis sa relecture : relisez-la avant l’envoi."))


def letters(going: Outgoing, settings: Settings, pdf: Pdf) -> list[Letter]:
    """Return the mails of all recipients; who has nothing to be told gets none. Raises BadSettings."""
    check_rules(settings, going.rules)
    made = (going.letter(one, settings.base_url, pdf) for one in settings.recipients)
    return [letter for letter in made if letter]


def despatch(going: Outgoing, settings: Settings, pdf: Pdf, today: date) -> list[Outcome]:
    """Send to every recipient what was reviewed. Raises NotReviewed and BadSettings; what a server refuses is in the outcomes."""
    return send(settings, letters(reviewed(going), settings, pdf), today)


def said(outcome: Outcome) -> str:
    """What became of one person's mail, in a sentence."""
    told = {
        "sent": lambda: t("envoyé"),
        "already": lambda: t("pas envoyé"),
        "same": lambda: t("pas envoyé"),
        "failed": lambda: t("échec, à refaire"),
        "uncertain": lambda: t("incertain"),
    }
    words = t("{name} : {result}.", name=outcome.name, result=told[outcome.result]())
    return f"{words} {outcome.words}".strip()
