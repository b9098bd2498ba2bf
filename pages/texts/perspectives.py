"""A perspective's title: how many of its objectives are held today. Computed from the readings, never written in advance."""

from collections.abc import Mapping, Sequence

from metrics.definitions import Catalogue, Objective, Perspective
from metrics.judge import has_goal
from metrics.reading import Reading
from metrics.scores import Score
from pages.texts import said, t, tn
from pages.texts.headlines import in_words


def title(
    catalogue: Catalogue, side: Perspective, scores: Mapping[str, Score], readings: Mapping[str, Reading]
) -> str:
    """The finding: objectives held, then the one that is not by its name, or how many, then those without a score."""
    kpis = [kpi for goal in side.objectives for kpi in catalogue.of_objective(goal.code)]
    known = [kpi for kpi in kpis if kpi.id in readings and readings[kpi.id].value is not None]
    measured = [goal for goal in side.objectives if scores[goal.code].score is not None]
    if not measured:
        return _unscored(len(kpis), len(known), any(has_goal(kpi) for kpi in kpis))
    missed = [goal for goal in measured if scores[goal.code].status != "on_target"]
    unknown = len(side.objectives) - len(measured)
    tail = [part for part in (_missed(missed, scores, bool(unknown)), _unknown(unknown)) if part]
    off = any(scores[goal.code].status == "off_target" for goal in missed)
    if len(missed) == len(measured) > 1 and not off:
        sentence, tail = _all_to_watch(len(missed), bool(unknown)), tail[1:]
    else:
        sentence = _held(len(measured) - len(missed), len(measured), bool(unknown))
    sentence = sentence[0].upper() + sentence[1:]
    return sentence + t(" ; {words}", words=", ".join(tail)) if tail else sentence


def _unscored(kpis: int, known: int, with_goals: bool) -> str:
    if not kpis:
        return t("Aucun indicateur défini dans cette perspective")
    if not known:
        return t("Aucun indicateur n’est encore calculé")
    if with_goals:
        return tn(
            "Un indicateur calculé, trop peu pour noter un objectif",
            "{count} indicateurs calculés, trop peu pour noter un objectif",
            known,
            count=in_words(known).capitalize(),
        )
    return tn(
        "Un indicateur suivi, sans cible",
        "{count} indicateurs suivis, sans cible",
        known,
        count=in_words(known).capitalize(),
    )


def _held(met: int, of: int, others: bool) -> str:
    """How many objectives are held of those that have a score."""
    if met == of and not others:
        return tn("l’objectif est tenu", "les {count} objectifs sont tenus", met, count=in_words(met))
    if met == of:
        return tn("un objectif est tenu", "{count} objectifs sont tenus", met, count=in_words(met))
    if not met and of == 1:
        return t("l’objectif mesuré n’est pas tenu") if others else t("l’objectif n’est pas tenu")
    if not met:
        return t("aucun des {of} objectifs mesurés n’est tenu", of=in_words(of))
    return tn(
        "un objectif sur {of} est tenu",
        "{count} objectifs sur {of} sont tenus",
        met,
        count=in_words(met),
        of=in_words(of),
    )


def _all_to_watch(count: int, others: bool) -> str:
    """None is held, none is far from it."""
    if others:
        return t("les {count} objectifs mesurés sont à surveiller", count=in_words(count))
    return t("les {count} objectifs sont à surveiller", count=in_words(count))


def _missed(missed: Sequence[Objective], scores: Mapping[str, Score], others: bool) -> str:
    if not missed:
        return ""
    off = [goal for goal in missed if scores[goal.code].status == "off_target"]
    if len(missed) == 1:
        label = said(missed[0].label)
        if off:
            return t("« {label} » est en écart", label=label)
        return t("« {label} » est à surveiller", label=label)
    if off:
        return tn("un est en écart", "{count} sont en écart", len(off), count=in_words(len(off)))
    return (
        t("{count} sont à surveiller", count=in_words(len(missed)))
        if others
        else t("les autres sont à surveiller")
    )


def _unknown(count: int) -> str:
    if not count:
        return ""
    return tn("un n’est pas mesuré", "{count} ne sont pas mesurés", count, count=in_words(count))
