"""Well-being by group: a published table at a time, by one attribute; nobody, too few and hidden read alike."""

from metrics.disclosure.compare import Change
from metrics.disclosure.tables import Cell, Published
from metrics.wellbeing import limits
from pages.parts import chart, tables
from pages.parts import wellbeing_reads as reads
from pages.parts import wellbeing_words as words
from pages.parts.fiche_dots import Dot, dots
from pages.parts.levier_bars import Line
from pages.parts.markup import Html, div, join, link, section, span, tag
from pages.parts.source import Source
from pages.parts.wellbeing_tables import GROUPS
from pages.texts import t


def panel(source: Source, measure: str, by: str) -> Html:
    """The table asked for, else the list's first one; the choice of the others. Nothing where no table by group was published."""
    survey = reads.survey_of(source)
    choices = {m: found for m in reads.measures(survey) if (found := reads.breakdowns(survey, m))}
    if survey.now is None or not choices:
        return section(
            t("Par groupe"),
            tag("p", t("Aucun tableau par groupe n’a été publié pour cette vague."), class_="lv-grey"),
        )
    measure = measure if measure in choices else next(iter(choices))
    by = by if by in choices[measure] else choices[measure][0]
    filters = div(
        "lv-wb-filters",
        _measures(source, list(choices), measure, by),
        _attributes(source, choices[measure], measure, by),
    )
    listed = tables.drawn(source, GROUPS, class_="lv-labels", measure=measure, by=by)
    sentence = finding(source, survey.now, measure, by)
    return section(
        sentence,
        filters,
        _drawing(source, survey, measure, by),
        chart.under(sentence, listed, _foot(survey)),
        note=_note(source, survey, measure, by),
        class_="lv-wb-groups",
    )


def _measures(source: Source, codes: list[str], measure: str, by: str) -> Html:
    pairs = [(code, words.short(source, code)) for code in codes]
    links = [
        link(
            source.link("bienetre", measure=code, by=by),
            name,
            aria_current="true" if code == measure else None,
        )
        for code, name in pairs
    ]
    return _choice(t("Mesure"), "lv-wb-measure", links)


def _attributes(source: Source, codes: list[str], measure: str, by: str) -> Html:
    links = [
        link(
            source.link("bienetre", measure=measure, by=code),
            words.attribute(code).capitalize(),
            aria_current="true" if code == by else None,
        )
        for code in codes
    ]
    return _choice(t("Par"), "lv-wb-by", links)


def _choice(label: str, id: str, links: list[Html]) -> Html:
    name = span("lv-seg-label", label, id=id)
    return div("lv-choice", name, tag("nav", *links, class_="lv-seg", aria_labelledby=id))


def finding(source: Source, now: Published, measure: str, by: str) -> str:
    """The highest and the lowest group that are told, or that none is."""
    told = [
        one
        for one in reads.cells_of(now, by, measure).values()
        if one.mean is not None and None not in dict(one.group).values()
    ]
    name, dimension = words.short(source, measure), words.attribute(by)
    if not told:
        return t(
            "{measure} par {dimension} : tous les groupes comptent moins de {k} réponses ou sont masqués",
            measure=name,
            dimension=dimension,
            k=now.k,
        )
    if len(told) == 1:
        return t(
            "{measure} : {group}, {mean}",
            measure=name,
            group=words.group(told[0].group),
            mean=words.mean(told[0].mean),
        )
    best, least = max(told, key=_mean), min(told, key=_mean)
    return t(
        "{measure} par {dimension} : de {low} ({least}) à {high} ({best})",
        measure=name,
        dimension=dimension,
        low=words.mean(least.mean),
        least=words.group(least.group),
        high=words.mean(best.mean),
        best=words.group(best.group),
    )


def _mean(cell: Cell) -> float:
    return cell.mean or 0.0


def _note(source: Source, survey: reads.Survey, measure: str, by: str) -> str:
    assert survey.now is not None
    shown = t(
        "Vague {wave}, moyennes de 0 à 100 des réponses de chaque groupe, sans pondérer.",
        wave=words.wave(survey.now.wave),
    )
    if survey.previous is None or not reads.cells_of(survey.previous, by, measure):
        return shown
    return " ".join((shown, t("Différence {since}.", since=words.since(survey.previous.wave))))


def _drawing(source: Source, survey: reads.Survey, measure: str, by: str) -> Html:
    """A dot a group with its interval, its count and its difference to the wave before; the town as a line."""
    assert survey.now is not None
    changed = reads.changes(survey.previous, survey.now)
    rows = [
        _dot(cell, changed.get((measure, cell.group)), survey.now.k)
        for cell in reads.cells_of(survey.now, by, measure).values()
    ]
    town = survey.now.summary(measure)
    line = (
        Line(town.mean, t("toute la ville {mean}", mean=words.mean(town.mean)))
        if town and town.mean
        else None
    )
    return div("lv-wb-dots", dots(rows, line=line))


def _dot(cell: Cell, change: Change | None, k: int) -> Dot:
    label = words.group(cell.group)
    if cell.mean is None:
        return Dot(label, None, words.few(k))
    low, high = limits(cell)
    aside = " · ".join(part for part in (words.count(cell.n), _difference(change)) if part)
    return Dot(label, cell.mean, words.mean(cell.mean), aside, low, high)


def _difference(change: Change | None) -> str:
    """A group's difference, said to be noise where it is no more; "" where a wave does not tell the group."""
    if change is None:
        return ""
    said = words.points(change.difference)
    return t("{points} (bruit)", points=said) if change.is_signal is False else said


def _foot(survey: reads.Survey) -> Html:
    assert survey.now is not None
    k = survey.now.k
    return join(
        (
            t(
                "« moins de {k} » se lit de même pour un groupe vide, trop petit ou masqué pour en protéger un autre.",
                k=k,
            ),
            t(
                "Effectifs à 5 près, intervalle à 95 % sur les chiffres publiés ; « bruit » : différence que le hasard suffit à expliquer, toutes comparaisons comptées."
            ),
            t("Une seule répartition à la fois : croiser les filtres isolerait des personnes."),
        ),
        " ",
    )
