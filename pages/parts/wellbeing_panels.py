"""The first panels of the well-being screen: the objective and its KPIs, the responses, the waves compared."""

from metrics.disclosure.compare import Change
from metrics.disclosure.tables import Published, Summary
from metrics.disclosure.trend import LEAST_WAVES, Trend, trend
from metrics.wellbeing import SILENT_APART, bound, rate
from pages.parts import card, chart, tables
from pages.parts import wellbeing_reads as reads
from pages.parts import wellbeing_words as words
from pages.parts.fiche_dots import Dot, dots
from pages.parts.levier_bars import Line
from pages.parts.markup import Html, div, join, section, tag
from pages.parts.source import Source
from pages.parts.wellbeing_reads import WELLBEING, WHO5, Survey
from pages.parts.wellbeing_tables import CHANGES, RESPONSES, WAVES
from pages.texts import beside, numbers, said, t, tn


def headline(source: Source, survey: Survey) -> str:
    """Where well-being stands, how far it moved since the reference, and whether that is more than noise."""
    assert survey.now is not None
    now, change = survey.now.summary(WHO5), since_reference(survey, WHO5)
    if now is None or now.weighted is None:
        return t("Enquête {wave} : le bien-être n’est pas publié", wave=words.wave(survey.now.wave))
    value = words.mean(now.weighted)
    if change is None or survey.reference is None:
        return t("Bien-être : {now} sur 100 ({wave})", now=value, wave=words.wave(survey.now.wave))
    before = survey.reference.summary(WHO5)
    then = words.mean(before.weighted if before else None)
    since = words.since(survey.reference.wave)
    if change.is_signal is None:
        return t("Bien-être : de {before} à {now} sur 100 {since}", before=then, now=value, since=since)
    if change.is_signal:
        return t(
            "Bien-être : de {before} à {now} sur 100 {since}, plus que le bruit",
            before=then,
            now=value,
            since=since,
        )
    return t(
        "Bien-être : de {before} à {now} sur 100 {since}, pas plus que le bruit",
        before=then,
        now=value,
        since=since,
    )


def lead(source: Source, survey: Survey) -> str:
    """What the headline's figures are: the index, its interval, the difference's interval, the wave."""
    assert survey.now is not None
    now, change = survey.now.summary(WHO5), since_reference(survey, WHO5)
    parts = [
        t(
            "Indice OMS-5 de 0 à 100, moyenne pondérée de toute la ville, enquête du {day}.",
            day=numbers.day(reads.held_on(source, survey.now)),
        )
    ]
    if now and now.low is not None:
        parts.append(t("Intervalle à 95 % : {limits}.", limits=words.interval(now.low, now.high)))
    if change and change.test:
        parts.append(
            t(
                "Écart : {points} points {limits}.",
                points=words.points(change.difference),
                limits=words.limits_of(change),
            )
        )
    if source.scope:
        parts.append(t("Ces tableaux n’existent que pour toute la ville et pour des groupes de directions."))
    return " ".join(parts)


def since_reference(survey: Survey, measure: str) -> Change | None:
    """How far a measure of the whole town moved from the reference wave to the last one."""
    return reads.changes(survey.reference, survey.now).get((measure, ()))


def waves_drawn(source: Source, survey: Survey, measure: str) -> Html:
    """A measure at every wave, a dot with its interval each, the target as a line, the external audit marked."""
    kpi = reads.kpi_of(source, measure)
    found = [
        (one, summary)
        for one in survey.lists
        if (summary := one.summary(measure)) and summary.weighted is not None
    ]
    rows = [_wave(one, summary) for one, summary in found]
    line = (
        Line(kpi.target, t("cible {target}", target=beside.target(kpi)))
        if kpi and kpi.target is not None
        else None
    )
    return dots(rows, line=line)


def _wave(one: Published, summary: Summary) -> Dot:
    aside = " ".join(
        part for part in (words.interval(summary.low, summary.high), words.count(summary.n)) if part
    )
    return Dot(
        words.marked(one), summary.weighted, words.mean(summary.weighted), aside, summary.low, summary.high
    )


def objective(source: Source) -> Html:
    """The objective of well-being, its KPIs as cards that open their sheets, how many reach their target."""
    kpi = source.catalogue.kpis.get(WELLBEING)
    if kpi is None:
        return Html("")
    town = source.whole_town().readings()
    own = [one for one in source.catalogue.kpis.values() if one.objective == kpi.objective]
    label = source.catalogue.scorecard.objectives.get(kpi.objective)
    reached = sum(1 for one in own if (found := town.get(one.id)) and found.status == "on_target")
    title = t(
        "Objectif {code}, {label} : {reached}",
        code=kpi.objective,
        label=said(label.label)[:1].lower() + said(label.label)[1:] if label else "",
        reached=tn("{n} cible atteinte sur {all}", "{n} cibles atteintes sur {all}", reached, all=len(own)),
    )
    return section(
        title, div("lv-cards lv-wb-cards", *(card.card(source, one, town.get(one.id)) for one in own))
    )


def responses(source: Source, survey: Survey) -> Html:
    """How many answered, what the interval covers, and what the mean of all would be were the silent ones different."""
    assert survey.now is not None
    share, response = rate(survey.now.response), survey.now.response
    if response is None:
        return section(t("Réponses : leur nombre n’est pas publié pour cette vague"))
    if share is None:
        title = t(
            "{n} réponses, à 10 près ; l’effectif interrogé n’est pas connu",
            n=numbers.decimal(response.answers),
        )
    else:
        title = t(
            "{n} réponses pour {all} agents, soit {share}",
            n=numbers.decimal(response.answers),
            all=numbers.decimal(response.headcount or 0),
            share=words.percent(share),
        )
    said_words = [tag("p", one) for one in (_covered(survey), _bound(survey, share)) if one]
    return section(
        title,
        div("lv-wb-words", *said_words),
        tables.drawn(source, RESPONSES, class_="lv-labels"),
        note=t(
            "Nombre de réponses à 10 près. Les résultats comptent celles qui ont répondu à toutes les échelles."
        ),
    )


def _covered(survey: Survey) -> str:
    """What the interval of the mean says, and what it does not."""
    assert survey.now is not None
    found = survey.now.summary(WHO5)
    if found is None or found.low is None:
        return ""
    return t(
        "L’intervalle {limits} dit le hasard de qui a répondu, corrigé d’une population finie ; il ne couvre pas la non-réponse : rien ne dit que les absents auraient répondu comme les autres.",
        limits=words.interval(found.low, found.high),
    )


def _bound(survey: Survey, share: float | None) -> str:
    """The mean of all, were those who did not answer ten points worse or better."""
    assert survey.now is not None
    found = survey.now.summary(WHO5)
    mean = None if found is None else found.mean if found.weighted is None else found.weighted
    if mean is None or share is None:
        return ""
    low, high = bound(mean, share)
    return t(
        "Si les agents qui n’ont pas répondu étaient {points} points au-dessous ou au-dessus des autres, le bien-être de tous serait de {low} ou de {high}.",
        points=numbers.plain(SILENT_APART),
        low=words.mean(low),
        high=words.mean(high),
    )


def waves(source: Source, survey: Survey) -> Html:
    """Each measure from the reference to the last wave, in a sentence; the drawing of well-being; the table of all."""
    if survey.reference is None:
        one = t("Une seule vague est publiée : il n’y a encore rien à comparer.")
        return section(
            t("Première vague publiée"), tag("p", one), tables.drawn(source, WAVES, class_="lv-labels")
        )
    found = {code: moved for code in reads.measures(survey) if (moved := since_reference(survey, code))}
    title = _moved(list(found.values()), words.since(survey.reference.wave))
    sentences = tag(
        "ul",
        *(tag("li", change_words(source, code, one)) for code, one in found.items()),
        tag("li", trend_words(source, trend(survey.lists, WHO5))),
        class_="lv-wb-list",
    )
    listed = join(tables.drawn(source, name, class_="lv-labels") for name in (CHANGES, WAVES))
    return section(
        title,
        sentences,
        waves_drawn(source, survey, WHO5),
        chart.under(title, listed),
        note=_milestone(source, survey),
    )


def _milestone(source: Source, survey: Survey) -> str:
    """What the reference is."""
    assert survey.reference is not None
    day = numbers.day(reads.held_on(source, survey.reference))
    if reads.is_audit(survey.reference.wave):
        return t("Référence : l’audit externe de la qualité de vie au travail, enquête du {day}.", day=day)
    return t("Référence : la première vague, enquête du {day}.", day=day)


def _moved(found: list[Change], since: str) -> str:
    """How many measures moved more than noise; that it cannot be said where no spread is published."""
    judged = [one for one in found if one.is_signal is not None]
    if not judged:
        return t("Les mesures {since}, sans intervalle : le hasard n’est pas exclu", since=since)
    return tn(
        "{n} mesure sur {all} a bougé plus que le bruit {since}",
        "{n} mesures sur {all} ont bougé plus que le bruit {since}",
        sum(one.is_signal is True for one in judged),
        all=len(judged),
        since=since,
    )


def change_words(source: Source, code: str, change: Change) -> str:
    """Whether a measure moved more than noise, in a sentence."""
    values = {
        "measure": words.short(source, code),
        "points": words.points(change.difference),
        "limits": words.limits_of(change),
        "p": words.chance(change.adjusted),
    }
    if change.is_signal is None:
        return t("{measure} : {points} points, sans intervalle : le hasard n’est pas exclu.", **values)
    if change.is_signal:
        return t("{measure} : {points} points {limits}, plus que le bruit (p corrigée {p}).", **values)
    return t("{measure} : {points} points {limits}, pas plus que le bruit (p corrigée {p}).", **values)


def trend_words(source: Source, found: Trend) -> str:
    """Whether well-being rises or falls over the waves; that fewer than four tell differences only."""
    n = len(found.points)
    if found.kendall is None:
        return tn(
            "Tendance : {n} vague n’en dit pas, il en faut {least} ; seules les différences se lisent.",
            "Tendance : {n} vagues n’en disent pas, il en faut {least} ; seules les différences se lisent.",
            n,
            least=LEAST_WAVES,
        )
    values: dict[str, object] = {
        "measure": words.short(source, WHO5),
        "n": n,
        "p": words.chance(found.kendall.p),
    }
    if found.slope is None:
        if found.is_signal:
            return t(
                "{measure}, tendance sur {n} vagues : plus que le bruit (Mann-Kendall, p {p}).", **values
            )
        return t(
            "{measure}, tendance sur {n} vagues : pas plus que le bruit (Mann-Kendall, p {p}).", **values
        )
    values |= {
        "points": words.points(found.slope.value),
        "limits": words.apart(found.slope.low, found.slope.high),
    }
    if found.is_signal:
        return t(
            "{measure}, tendance sur {n} vagues : {points} points par an {limits}, plus que le bruit (Mann-Kendall, p {p}).",
            **values,
        )
    return t(
        "{measure}, tendance sur {n} vagues : {points} points par an {limits}, pas plus que le bruit (Mann-Kendall, p {p}).",
        **values,
    )
