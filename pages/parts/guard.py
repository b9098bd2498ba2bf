"""When a screen cannot be shown: a sentence, what to do, and a number that the log explains. Never a trace."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from data.access import Forbidden
from data.incidents import incident
from data.places import places
from data.problems import StoreProblem
from pages.parts.markup import Html, div, heading, show, tag
from pages.texts import language, t

LOG = logging.getLogger("levier")


@contextmanager
def guarded() -> Iterator[None]:
    """Show what a screen raises as a notice in its place; Streamlit's own control flow passes."""
    try:
        yield
    except Forbidden:
        show(
            notice(
                t("Votre rôle ne permet pas cela."),
                t("Demandez à l’administrateur de Levier de vous l’ouvrir."),
            )
        )
    except StoreProblem as problem:
        show(notice(t("Les données ne peuvent pas être lues."), problem.text.get(language())))
    except Exception as error:
        show(failure(error))


def failure(error: Exception) -> Html:
    """Log an exception under a number, and say the number."""
    reference = incident(places(), error)
    LOG.error("incident %s: %s", reference, type(error).__name__)
    return notice(
        t("Cet écran n’a pas pu être affiché."),
        t("Rechargez la page ; si cela recommence, signalez l’incident {id}.", id=reference),
    )


def notice(title: str, words: str, kind: str = "bad") -> Html:
    """A notice: what, then what to do."""
    return div(
        f"lv-notice {kind}", heading(2, title), tag("p", words), role="alert" if kind == "bad" else "status"
    )
