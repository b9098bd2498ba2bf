"""The point under discussion, in large type: the finding, its marks, its drawing, what it means and where its sheet is."""

from data.access import ALLOWED
from metrics.changing import Change
from metrics.definitions import Kpi
from metrics.meetings import AgendaItem, Meeting
from pages.parts import (
    marks,
    page,
    review_chart,
    review_links,
    review_reads,
    status,
)
from pages.parts.markup import Html, div, heading, join, link, section, show, span, tag
from pages.parts.source import Source
from pages.texts import review, sentences, sentences_groups, t, tn

MOST = 8  # facts read on a standing item


def draw(source: Source, meeting: Meeting, item: AgendaItem) -> None:
    """Everything about a point but its minutes, decisions and actions."""
    found = review_reads.of_item(source, item)
    kpi = source.kpi(item.kpi) if item.kpi else None
    show(
        tag("span", id="point"),
        tag("p", _kicker(meeting, item), class_="lv-kicker"),
        heading(1, item.title),
        _marks(source, kpi),
    )
    _drawing(source, item, kpi)
    show(_facts(source, item, kpi, found), _left_out(source, meeting, item))


def nothing(source: Source) -> None:
    """A review without any point."""
    words = t("Ajoutez un point pour commencer.")
    way = link(review_links.to(source, step="edit"), t("Modifier l’ordre du jour"), class_="lv-button main")
    show(page.head(t("L’ordre du jour est vide"), lead=words), tag("p", way))


def _kicker(meeting: Meeting, item: AgendaItem) -> Html:
    place = next(n for n, one in enumerate(meeting.items, 1) if one.item_id == item.item_id)
    done = span("lv-grey", t("traité")) if item.is_done else ""
    return join((review.item_number(place, len(meeting.items), item.minutes), done), " · " if done else "")


def _marks(source: Source, kpi: Kpi | None) -> Html:
    """Status, variation and assurance of the KPI that the point is about."""
    if kpi is None:
        return Html("")
    reading = source.readings().get(kpi.id)
    signs = marks.both(reading, kpi, marks.why(source, kpi, reading))
    return div("lv-judged", status.of_reading(reading), signs)


def _drawing(source: Source, item: AgendaItem, kpi: Kpi | None) -> None:
    if kpi is not None:
        return review_chart.of_kpi(source, kpi)
    if "read_rows" not in ALLOWED.get(source.actor.role, frozenset()):
        return
    kind = item.change.partition(":")[0]
    if item.project and kind == "plan":
        show(review_chart.of_plan(source, item.project))
    elif item.project:
        show(review_chart.of_project(source, item.project))
    elif item.partner:
        show(review_chart.of_partner(source, item.partner))


def _facts(source: Source, item: AgendaItem, kpi: Kpi | None, found: tuple[Change, ...]) -> Html:
    """What is to be known, in a sentence, and the way to the sheet."""
    if item.kind == "followup":
        return tag(
            "p", t("Chaque action est faite, reportée ou abandonnée, une phrase à l’appui."), class_="lv-told"
        )
    if len(found) > 1:
        told = tag("p", sentences_groups.together(found, source.catalogue), class_="lv-told")
        return join((told, tag("ul", *(_line(source, one) for one in found), class_="lv-left-out")))
    words = sentences.sentence(found[0], source.catalogue) if found else ""
    if item.change and not found:
        words = t("Ce fait n’est plus relevé dans les données d’aujourd’hui.")
    way = _way(source, item, kpi, found[0] if found else None)
    return tag("p", words, " " if words else "", way, class_="lv-told") if words or way else Html("")


def _left_out(source: Source, meeting: Meeting, item: AgendaItem) -> Html:
    """On a standing item: what went wrong and found no room on the agenda, so that it is at least read."""
    found = review_reads.left_out(source, meeting) if item.kind == "standing" else []
    if not found:
        return Html("")
    rows = []
    for fact in found[:MOST]:
        rows.append(_line(source, fact))
    words = tn(
        "{n} fait relevé hors de l’ordre du jour", "{n} faits relevés hors de l’ordre du jour", len(found)
    )
    rest = len(found) - len(rows)
    more = tag("p", t("et {n} autres", n=rest), class_="lv-note") if rest > 0 else ""
    return section(words, tag("ul", *rows, class_="lv-left-out"), more)


def _line(source: Source, fact: Change) -> Html:
    """One fact in its sentence, and the way to what shows it."""
    path, params = sentences.target(fact)
    told = sentences.sentence(fact, source.catalogue)
    way = link(source.link(path, **params), t("Voir"), aria_label=t("Voir : {what}", what=told))
    return tag("li", told, " ", way)


def _way(source: Source, item: AgendaItem, kpi: Kpi | None, found: Change | None) -> Html:
    if kpi is not None:
        return link(source.link("fiche", kpi=kpi.id), t("Voir la fiche {code}", code=kpi.code))
    if item.project:
        return link(source.link("projet", id=item.project), t("Voir la fiche {code}", code=item.project))
    if item.partner:
        return link(source.link("partenaire", id=item.partner), t("Voir la fiche {code}", code=item.partner))
    if found is None:
        return Html("")
    path, params = sentences.target(found)
    return link(source.link(path, **params), t("Voir les données"))
