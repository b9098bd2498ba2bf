"""A choice's answer as the document of ``metrics choose --json``; euros, posts and shares in their base unit, unknown as null."""

from datetime import date
from typing import Any

from metrics.choosing.found import Chosen, Core, Kept, Portfolio, Rule, Shadow
from metrics.choosing.question import Choice
from schemas.text import Text


def document(found: Chosen, as_of: date) -> dict[str, Any]:
    """Return the answer as plain data."""
    choice, best = found.choice, found.portfolio
    return {
        "as_of": as_of.isoformat(),
        "label": _words(choice.label) if choice.label.fr else None,
        "years": list(choice.years),
        "candidates": len(choice.candidates),
        "maximised": {
            "kind": choice.objective,
            "theta": choice.theta if choice.objective == "blend" else None,
        },
        "fully_funded": choice.is_fully_funded,
        "status": found.status,
        "objective": None if best is None else best.objective,
        "bound": found.bound,
        "gap": found.gap,
        "seconds": round(found.seconds, 3),
        "chosen": [] if best is None else list(best.ids),
        "picks": [] if best is None else _picks(choice, best),
        "best": None if best is None else _portfolio(choice, best),
        "barred": [_rule(one) for one in found.barred],
        "conflict": [_rule(one) for one in found.conflict],
        "shadow_values": [_shadow(one) for one in found.shadows],
        "rivals": [_portfolio(choice, one) for one in found.rivals],
        "core": None if found.core is None else _core(found.core),
        "risk": None if found.kept is None else _kept(choice, found.kept),
        "assumed": [_words(one) for one in choice.assumed],
    }


def _words(text: Text) -> dict[str, str]:
    return {"fr": text.fr, "en": text.en}


def _rule(rule: Rule) -> dict[str, Any]:
    told = {"id": rule.id, "kind": rule.kind, "words": _words(rule.words)}
    return told if rule.need is None else told | {"limit": rule.limit, "need": rule.need}


def _picks(choice: Choice, best: Portfolio) -> list[dict[str, Any]]:
    told = []
    for pick in best.picks:
        one = choice.candidate(pick.project)
        told.append(
            {
                "project": one.id,
                "title": one.title,
                "start": pick.start,
                "cost": one.cost,
                "own": one.own,
                "public": one.public,
                "private": one.private,
                "to_find": one.unasked,
                "leverage": one.leverage,
                "points": one.points,
                "points_from": one.points_from,
            }
        )
    return told


def _portfolio(choice: Choice, one: Portfolio) -> dict[str, Any]:
    return {
        "name": one.name,
        "projects": list(one.ids),
        "objective": one.objective,
        "total": one.total,
        "own": one.own,
        "public": one.public,
        "private": one.private,
        "to_find": one.to_find,
        "leverage": one.leverage,
        "points": one.points,
        "uses": {
            name: [
                {"year": year, "used": used, "budget": most}
                for year, used, most in zip(choice.years, amounts, _budget(choice, name), strict=True)
            ]
            for name, amounts in one.uses.items()
        },
        "breaks": [_rule(rule) for rule in one.breaks],
    }


def _budget(choice: Choice, resource: str) -> tuple[float | None, ...]:
    found = choice.budget(resource)
    return (None,) * len(choice.years) if found is None else found.amounts


def _shadow(one: Shadow) -> dict[str, Any]:
    return {
        "resource": one.resource,
        "year": one.year,
        "more": one.more,
        "objective": one.objective,
        "gain": one.gain,
        "enter": list(one.enter),
        "leave": list(one.leave),
    }


def _core(one: Core) -> dict[str, Any]:
    return {
        "draws": one.draws,
        "asked": one.asked,
        "stopped": one.is_stopped,
        "shares": dict(one.shares),
        "always": list(one.always),
        "never": list(one.never),
    }


def _kept(choice: Choice, one: Kept) -> dict[str, Any]:
    return {
        "asked": one.asked,
        "draws": one.draws,
        "probability": one.probability,
        "checked": one.checked,
        "unguarded": None if one.unguarded is None else _portfolio(choice, one.unguarded),
        "unguarded_probability": one.unguarded_probability,
        "quantiles": [{"share": share, "own": list(own)} for share, own in one.quantiles],
        "method": one.method,
    }
