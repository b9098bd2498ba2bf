"""The left of a review: its clock and its agenda; and the bar of what can be done, each with its key."""

from datetime import UTC, datetime

from metrics.meetings import AgendaItem, Meeting
from pages.parts import projection, review_links
from pages.parts.markup import Html, div, join, link, span, tag
from pages.parts.source import Source
from pages.texts import t, tn


def clock(meeting: Meeting, item: AgendaItem | None) -> Html:
    """The time since the review was opened, over what is planned; a script keeps it going from the stored moment."""
    if meeting.opened_at is None:
        return Html("")
    before = meeting.planned_before(item) if item else 0
    passed = max(0, int((datetime.now(UTC) - meeting.opened_at).total_seconds()))
    own = (
        tag(
            "p",
            t("prévu à ce point : {at} min", at=before),
            tag("br"),
            t("ce point : "),
            span("lv-clock-item", review_clock(max(0, passed - 60 * before))),
            " ",
            t("sur {n} min", n=item.minutes),
            class_="lv-clock-own",
        )
        if item
        else ""
    )
    said = t("sur {n} min", n=meeting.minutes)
    return div(
        "lv-clock",
        tag("p", tag("b", review_clock(passed), class_="lv-clock-all"), " ", span("", said)),
        own,
        tag("p", span("lv-clock-late", t("en retard sur l’ordre du jour")), class_="lv-clock-state"),
        data_opened=meeting.opened_at.isoformat(),
        data_minutes=meeting.minutes,
        data_before=before,
        data_own=item.minutes if item else 0,
        role="timer",
    )


def review_clock(seconds: int) -> str:
    """``14:25``, ``1:02:03`` from an hour on."""
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def points(source: Source, meeting: Meeting, current: AgendaItem | None) -> Html:
    """The agenda: each point a link, done ones marked, the current one under its line."""
    rows = [_row(source, place, item, current) for place, item in enumerate(meeting.items, 1)]
    total = sum(item.minutes for item in meeting.items)
    note = t("Minutes proposées d’après l’importance. Total : {n} min.", n=total)
    over = total - meeting.minutes
    if over > 0:
        note = tn(
            "L’ordre du jour dépasse la revue de {n} minute.",
            "L’ordre du jour dépasse la revue de {n} minutes.",
            over,
        )
    return tag(
        "nav",
        tag("ol", *rows, class_="lv-points"),
        tag("p", note, class_="lv-note"),
        aria_label=t("Ordre du jour"),
    )


def _row(source: Source, place: int, item: AgendaItem, current: AgendaItem | None) -> Html:
    is_here = current is not None and item.item_id == current.item_id
    done = span("lv-hidden", t("traité")) if item.is_done else ""
    inside = join(
        (
            span("lv-nth", "✓" if item.is_done else str(place), done),
            span("lv-name", item.title),
            span("lv-minutes", t("{n} min", n=item.minutes)),
        )
    )
    held = link(review_links.point(source, item.item_id), inside, aria_current="step" if is_here else None)
    return tag("li", held, class_="here" if is_here else "done" if item.is_done else None)


def bar(source: Source, meeting: Meeting, item: AgendaItem | None, may: bool) -> Html:
    """What can be done from here; the letters are keys, but where somebody is typing."""
    here = item.item_id if item else ""
    parts: list[Html] = []
    if may:
        parts += [
            link(review_links.to(source, step="close"), t("Clore et sceller"), class_="lv-button main"),
            _keyed(source, meeting, here, "decision", t("Noter une décision"), "D"),
            _keyed(source, meeting, here, "action", t("Ajouter une action"), "A"),
            link(
                review_links.to(source, item=here, step="edit"),
                t("Modifier l’ordre du jour"),
                class_="lv-plain",
            ),
        ]
    parts += [
        _move(source, meeting, item, 1),
        _move(source, meeting, item, -1),
        _help(),
        _projection(source, here),
    ]
    return div("lv-bar-row", *(part for part in parts if part))


def _keyed(source: Source, meeting: Meeting, here: str, form: str, words: str, key: str) -> Html:
    """A form's link with its key; a word says that a draft of it waits in this browser."""
    of = f"{source.town}|{meeting.meeting_id}"
    hint = span("lv-hint", t("brouillon"), hidden="", data_hint=form, data_of=of)
    href = f"{review_links.to(source, item=here, form=form)}#saisie"
    return link(href, words, " ", tag("kbd", key), hint, class_="lv-button", data_key=key.lower())


def _move(source: Source, meeting: Meeting, item: AgendaItem | None, step: int) -> Html:
    """To the next or the previous point."""
    if item is None or not meeting.items:
        return Html("")
    at = next((n for n, one in enumerate(meeting.items) if one.item_id == item.item_id), 0) + step
    key, words = ("J", t("point suivant")) if step > 0 else ("K", t("précédent"))
    if not 0 <= at < len(meeting.items):
        return span("lv-move off", tag("kbd", key), " ", words)
    href = review_links.point(source, meeting.items[at].item_id)
    return link(href, tag("kbd", key), " ", words, class_="lv-move", data_key=key.lower())


def _help() -> Html:
    keys = (
        ("J", t("point suivant")),
        ("K", t("point précédent")),
        ("D", t("noter une décision")),
        ("A", t("ajouter une action")),
        ("/", t("chercher")),
        ("?", t("cette aide")),
        (t("Échap"), t("fermer l’aide")),
    )
    rows = [join((tag("dt", tag("kbd", key)), tag("dd", words))) for key, words in keys]
    held = div(
        "lv-drop",
        tag("b", t("Touches, sauf là où l’on tape")),
        tag("dl", *rows, class_="lv-facts"),
        role="dialog",
        aria_label=t("Aide du clavier"),
    )
    summary = tag("summary", tag("kbd", "?"), " ", t("aide"), data_key="?")
    return tag("details", summary, held, class_="lv-menu lv-keys")


def _projection(source: Source, here: str) -> Html:
    if projection.asked():
        return Html("")
    return link(review_links.to(source, item=here, projection="1"), t("Projeter"), class_="lv-plain")
