"""Handing mails to the town's own server: at most one a day a person, a failure said and tried again at the next run.

No exception of this module, and no word of an outcome, holds an address: servers repeat them, so their words are dropped
and only their codes are told.
"""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, make_msgid
from typing import Literal

from pages.exports.maildays import Busy, MailDays, held
from pages.exports.mailfields import BadSettings
from pages.exports.mailsettings import Recipient, Settings
from pages.texts import t

Result = Literal["sent", "already", "same", "failed", "uncertain"]


@dataclass(frozen=True)
class Letter:
    """One person's mail before it is one: words, and the files that go with them. ``content`` is the sha256 of what was reviewed."""

    recipient: Recipient
    subject: str
    text: str
    html: str
    content: str
    files: tuple[tuple[str, bytes], ...] = ()  # (name, PDF)


@dataclass(frozen=True)
class Outcome:
    """What became of one person's mail; ``words`` say why when it was not sent."""

    name: str
    result: Result
    words: str = ""

    @property
    def is_bad(self) -> bool:
        """Whether somebody must look at it."""
        return self.result in ("failed", "uncertain")


class Refused(Exception):
    """The server certainly did not take the mail; the words say why."""


class Uncertain(Exception):
    """The server may have taken the mail: it fell silent after the last line."""


def send(
    settings: Settings, letters: Sequence[Letter], today: date, *, patience: float = 60.0
) -> list[Outcome]:
    """Send each letter unless its person had one today, or had this very content before; return what became of each.

    The days' lock is held throughout: of two runs at once, the second finds the first one's mails.
    """
    try:
        with held(settings.file, patience) as days:
            kept = [_why_not(letter, days, today) for letter in letters]
            wanted = [letter for letter, outcome in zip(letters, kept, strict=True) if outcome is None]
            done = iter(_sent(settings, wanted, days, today))
            return [outcome or next(done) for outcome in kept]
    except Busy:
        return _all_failed(letters, t("Un autre envoi est en cours."))
    except (OSError, ValueError):
        return _all_failed(letters, t("Le fichier des envois, à côté des réglages, est illisible."))


def _all_failed(letters: Sequence[Letter], words: str) -> list[Outcome]:
    return [Outcome(letter.recipient.name, "failed", words) for letter in letters]


def _why_not(letter: Letter, days: MailDays, today: date) -> Outcome | None:
    """Return why a letter is not sent, None when it is to be."""
    last, name = days.last(letter.recipient.address), letter.recipient.name
    if last is None:
        return None
    if last.on == today.isoformat():
        if last.state == "claimed":
            return Outcome(name, "already", t("Un envoi a été interrompu aujourd’hui : peut-être reçu."))
        return Outcome(name, "already", t("Un courriel est déjà parti aujourd’hui."))
    if last.state == "sent" and last.content == letter.content:
        return Outcome(name, "same", t("Rien de nouveau depuis le dernier envoi."))
    return None


def _sent(settings: Settings, letters: Sequence[Letter], days: MailDays, today: date) -> list[Outcome]:
    if not letters:
        return []
    try:
        server = _connected(settings)
    except Refused as error:
        return _all_failed(letters, str(error))
    try:
        return [_one(server, settings, letter, days, today) for letter in letters]
    finally:
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):
            server.close()


def _one(server: smtplib.SMTP, settings: Settings, letter: Letter, days: MailDays, today: date) -> Outcome:
    """Claim, hand over, settle; a certain failure takes the claim back."""
    address, name = letter.recipient.address, letter.recipient.name
    content = message(settings, letter).as_bytes(policy=SMTP)
    before = days.last(address)
    days.claim(address, today, letter.content)
    try:
        _hand_over(server, settings.sender, address, content)
    except Refused as error:
        days.release(address, before)
        return Outcome(name, "failed", str(error))
    except Uncertain:
        words = t("Le serveur s’est tu à la fin de l’envoi : peut-être reçu. Pas d’autre essai aujourd’hui.")
        return Outcome(name, "uncertain", words)
    days.settle(address, today, letter.content)
    return Outcome(name, "sent")


def _hand_over(server: smtplib.SMTP, sender: str, address: str, content: bytes) -> None:
    """Give one mail to the server. Raises Refused or Uncertain."""
    try:
        server.rset()
        _expect(server.mail(sender)[0], t("Le serveur refuse l’expéditeur (code {code})."))
        _expect(server.rcpt(address)[0], t("Le serveur refuse ce destinataire (code {code})."))
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(t("La connexion au serveur de courriel est tombée.")) from error
    try:
        code = server.data(content)[0]
    except smtplib.SMTPDataError as error:
        raise Refused(t("Le serveur refuse le message (code {code}).", code=error.smtp_code)) from None
    except (OSError, smtplib.SMTPException) as error:
        raise Uncertain from error
    _expect(code, t("Le serveur refuse le message (code {code})."))


def _expect(code: int, words: str) -> None:
    if not 200 <= code < 300:
        raise Refused(words.format(code=code))


def _connected(settings: Settings) -> smtplib.SMTP:
    """Return a connection that is encrypted and logged in as the settings say. Raises Refused, in words without any address."""
    try:
        context = ssl.create_default_context(cafile=settings.ca_file or None)
        password = settings.password()
    except BadSettings as error:
        raise Refused(str(error)) from None
    except (OSError, ssl.SSLError):
        raise Refused(t("« ca_file » est illisible.")) from None
    server: smtplib.SMTP | None = None
    try:
        if settings.security == "tls":
            server = smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.timeout, context=context)
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout)
        server.ehlo_or_helo_if_needed()
        if settings.security == "starttls":
            server.starttls(context=context)
            server.ehlo()
        if settings.user:
            server.login(settings.user, password)
    except Exception as error:
        if server is not None:
            server.close()
        raise Refused(_why(error)) from None
    return server


def _why(error: Exception) -> str:
    """Return why no connection stands, without the server's own words: it may repeat the account's name."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return t(
            "Le serveur de courriel refuse le compte ou le mot de passe (code {code}).", code=error.smtp_code
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        return t("Le certificat du serveur de courriel n’est pas reconnu.")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return t("Le serveur de courriel ne propose pas le chiffrement ou la connexion demandés.")
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return t("Le serveur de courriel ne répond pas à temps.")
    if isinstance(error, (OSError, smtplib.SMTPException)):
        return t("Le serveur de courriel n’est pas joignable.")
    return t("Le serveur de courriel répond de façon inattendue.")


def message(settings: Settings, letter: Letter) -> EmailMessage:
    """Return a letter as a mail: text and HTML of the same words, files attached. Nothing can add a header: one-line fields only."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = _one_line(letter.subject)
    mail["From"] = Address(_one_line(settings.sender_name), addr_spec=settings.sender)
    mail["To"] = Address(_one_line(letter.recipient.name), addr_spec=letter.recipient.address)
    mail["Date"] = localtime()
    mail["Message-ID"] = make_msgid(domain=settings.sender.partition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    for name, content in letter.files:
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=_one_line(name))
    mail["Content-Language"] = letter.recipient.lang  # last: such headers go with the content to a part of it
    return mail


def _one_line(words: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
