"""What changed, as a mayor's chief of staff would write it: one sentence, a headline, and the screen that shows it."""

from metrics.change import Change
from metrics.definitions import Catalogue
from pages.texts import sentences_books, sentences_items, sentences_kpis, t

KPIS = ("signal", "status", "value")
ITEMS = ("plan", "lapse", "awarded", "late", "ageing", "stage", "opened", "closed", "silent")


def title(change: Change, catalogue: Catalogue) -> str:
    """Return a headline, whole and without a full stop: what is stored of it loses nothing; where room is short, the page or the file cuts."""
    return _room(change).title(change, catalogue)


def sentence(change: Change, catalogue: Catalogue) -> str:
    """Return one sentence, with its full stop, in the run's language; plain text."""
    return _room(change).sentence(change, catalogue)


def target(change: Change) -> tuple[str, dict[str, str]]:
    """Return the screen that shows it, path and parameters for ``source.link``."""
    if change.kpi:
        gone = change.kind == "definition" and change.facts.get("how") == "removed"
        return ("catalogue", {}) if gone else ("fiche", {"kpi": change.kpi})
    if change.project:
        return "projet", {"id": change.project}
    return ("partenaire", {"id": change.partner}) if change.partner else ("imports", {})


def kind(change: Change) -> str:
    """Return the kind of a change in a word or two."""
    words = {
        "plan": lambda: t("plan de financement"),
        "lapse": lambda: t("échéance"),
        "signal": lambda: t("signal"),
        "status": lambda: t("statut"),
        "value": lambda: t("valeur"),
        "data": lambda: t("données en retard"),
        "late": lambda: t("travaux en retard"),
        "ageing": lambda: t("dossier vieillissant"),
        "silent": lambda: t("partenaire silencieux"),
        "awarded": lambda: t("notification"),
        "correction": lambda: t("correction"),
        "target": lambda: t("cible"),
        "rebase": lambda: t("base"),
        "definition": lambda: t("définition"),
        "stage": lambda: t("étape"),
        "closed": lambda: t("clôture"),
        "opened": lambda: t("ouverture"),
    }
    return words[change.kind]()


def _room(change: Change):  # type: ignore[no-untyped-def]  # one of three modules with the same two functions
    if change.kind in KPIS:
        return sentences_kpis
    return sentences_items if change.kind in ITEMS else sentences_books
