"""The longer book: cover, contents, one page an objective with its KPIs, and how it was made. PDF/A-2b and PDF/UA-1."""

from typing import Any

from metrics.states import State
from pages.exports.brief import clean, large, masthead
from pages.exports.details import Detail, Details, Said, details
from pages.exports.drawings import bullet, trend
from pages.exports.model import Edition, Figure, Goal, Side
from pages.exports.setting import pdf
from pages.exports.wording import fitted
from pages.texts import numbers, t

Json = dict[str, Any]
NOTHING = Details({}, (), (), ())


def write(edition: Edition, state: State | None) -> bytes:
    """The book as PDF; of an empty store (no state) its cover. Raises setting.NotSet."""
    return pdf("book.typ", content(edition, details(state) if state else NOTHING))


def content(edition: Edition, more: Details) -> Json:
    """What the template sets."""
    kind = t("Livret du tableau de bord")
    found: Json = clean(
        {
            "lang": edition.lang,
            "document": f"{kind}, {edition.town}, {edition.date_text}",
            "description": edition.title,
            "keywords": [edition.town, kind, t("tableau de bord prospectif")],
            **masthead(edition, kind),
            "title": edition.title,
            "mission": edition.mission,
            "lead": edition.lead,
            "contents": t("Sommaire"),
            "claims": [_claim(one) for one in edition.claims],
            "total": edition.total,
            "pages": [
                _page(edition, side, goal, more) for side in edition.perspectives for goal in side.goals
            ],
            "labels": _labels(),
            "annex": _annex(edition, more),
        }
    )
    return found


def _labels() -> Json:
    return {
        "definition": t("Définition"),
        "formula": t("Calcul"),
        "owner": t("Responsable"),
        "fresh": t("Dernier événement connu"),
        "notes": t("Notes"),
        "none": t("Aucun indicateur défini pour l’objectif"),
        "page": t("page"),
    }


def _claim(one: Figure) -> Json:
    return {
        **_value(one),
        "claim": one.claim or one.label,
        "status": one.status,
        "word": one.word,
        "proof": one.proof,
    }


def _value(one: Figure) -> Json:
    return {
        "label": one.label,
        "code": one.code,
        "before": one.before,
        "figure": one.figure,
        "after": one.after,
        "known": one.is_known,
        "large": large(one),
    }


def _page(edition: Edition, side: Side, goal: Goal, more: Details) -> Json:
    score = (
        t("{score} sur {top}", score=goal.score_text, top=numbers.out_of()) if goal.score is not None else ""
    )
    covered = t("couverture {covered}", covered=goal.coverage_text)
    return {
        "side": side.label,
        "title": f"{goal.code}. {goal.label}",
        "status": goal.status,
        "word": goal.word,
        "note": " · ".join(part for part in (score, covered, goal.hides, goal.owner) if part),
        "kpis": [_kpi(edition.figures[id], more.kpis.get(id)) for id in goal.kpis],
    }


def _kpi(one: Figure, detail: Detail | None) -> Json:
    facts: list[tuple[str, str]] = []
    kept: tuple[tuple[str, str], ...] = ()
    if detail:
        facts = [
            (t("Définition"), detail.note),
            (t("Calcul"), f"{detail.formula} ({detail.period})" if detail.formula else detail.period),
        ]
        kept = ((t("Responsable"), one.owner), (t("Dernier événement connu"), detail.fresh))
    return {
        **_value(one),
        "status": one.status,
        "word": one.word,
        "aside": " · ".join(part for part in (one.variation, one.assurance) if part),
        "why": one.why,
        "proof": one.proof,
        "target": one.target_words,
        "bullet": bullet(one),
        "trend": trend(one),
        "first": numbers.day(_ends(one)[0]) if one.spark_words else "",
        "last": numbers.day(_ends(one)[1]) if one.spark_words else "",
        "facts": [{"what": what, "words": words} for what, words in facts if words],
        "kept": [{"what": what, "words": words} for what, words in kept if words],
        "comment": one.comment,
        "notes": [_note(note) for note in detail.notes] if detail else [],
    }


def _ends(one: Figure) -> tuple[Any, Any]:
    known = [day for day, value in one.series if value is not None]
    return (known[0], known[-1]) if known else (None, None)


def _note(note: Said) -> Json:
    return {"words": note.words, "signed": note.signed}


def _annex(edition: Edition, more: Details) -> Json:
    """Method, coverage, freshness, imports and the notes that are about no KPI."""
    gaps = [
        {"what": gap.reason, "words": ", ".join(f"{code} {label}" for code, label in gap.kpis)}
        for gap in edition.coverage.gaps
    ]
    return {
        "title": t("Annexe : méthode et sources"),
        "method": {"title": t("Méthode"), "items": [{"what": a, "words": b} for a, b in more.method]},
        "coverage": {"title": t("Couverture"), "lead": edition.coverage.words, "items": gaps},
        "fresh": {
            "title": t("Fraîcheur des données"),
            "head": [t("Table"), t("Lignes"), t("Dernier événement"), t("Import"), t("Importé le")],
            "rows": [
                [
                    one.title,
                    numbers.decimal(one.rows) if one.rows is not None else numbers.NONE,
                    one.event_text,
                    str(one.import_id) if one.import_id is not None else numbers.NONE,
                    one.imported_text,
                ]
                for one in edition.freshness
            ],
        },
        "imports": {
            "title": t("Imports"),
            "head": [t("Import"), t("Importé le"), t("Lignes")],
            "rows": [list(row) for row in more.imports[:40]],
            "more": t("et {n} autres", n=len(more.imports) - 40) if len(more.imports) > 40 else "",
        },
        "notes": {
            "title": t("Notes"),
            "items": [
                {"what": subject, "words": f"{note.words} ({note.signed})" if note.signed else note.words}
                for subject, note in more.notes
            ],
        },
        "sources": fitted(edition.sources, 400),
    }
