"""A real mail server on this machine: plain, STARTTLS or TLS with a certificate made for the test, with accounts, refusing on demand."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

ACCOUNT = ("levier", "un mot de passe")


@dataclass
class Box:
    """What the server received, and whom it refuses (by a word in the address)."""

    refused: tuple[str, ...] = ()
    answer: str = "250 OK"
    received: list[tuple[str, list[str], bytes]] = field(default_factory=list)

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient or not."""
        if any(word in address for word in self.refused):
            return f"550 <{address}> unknown here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        """Take a message or not."""
        if self.answer.startswith("250"):
            content = cast(bytes, envelope.content)
            self.received.append((str(envelope.mail_from), list(envelope.rcpt_tos), content))
        return self.answer

    @property
    def mails(self) -> list[EmailMessage]:
        """The messages, read."""
        return [message_from_bytes(raw, policy=default) for _, _, raw in self.received]

    @property
    def addresses(self) -> list[str]:
        """To whom, one for each message."""
        return [to for _, tos, _ in self.received for to in tos]


def _login(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword
) -> AuthResult:
    good = (given.login.decode(), given.password.decode()) == ACCOUNT
    return AuthResult(success=good, handled=False)


@contextmanager
def serving(
    box: Box, certificate: Path | None = None, *, tls: bool = False, login: bool = False
) -> Iterator[int]:
    """Serve until the end; yield the port."""
    port = free_port()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
    if context and certificate:
        context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    more: dict[str, Any] = {"tls_context": context, "require_starttls": True} if context and not tls else {}
    if login:
        more |= {"authenticator": _login, "auth_required": True, "auth_require_tls": bool(context)}
    server = Controller(box, hostname="127.0.0.1", port=port, ssl_context=context if tls else None, **more)
    server.start()
    try:
        yield port
    finally:
        server.stop()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def made_certificate(folder: Path) -> Path:
    """Return a certificate for 127.0.0.1 that signs itself, its key beside."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl is not installed: no certificate can be made")
    found = folder / "server.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    made = ["-newkey", "rsa:2048", "-nodes", "-keyout", str(found.with_suffix(".key")), "-out", str(found)]
    subprocess.run([openssl, "req", "-x509", "-days", "2", *made, *subject], check=True, capture_output=True)
    return found
