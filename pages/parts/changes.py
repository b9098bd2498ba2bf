"""What changed since a moment, told on Synthèse and listed whole on its own screen. Found and ranked in metrics, worded in texts."""

from collections.abc import Iterable

from data.access import ALLOWED
from metrics import changing
from metrics.change import Change
from pages.parts import page, svg, tables
from pages.parts import since as moments
from pages.parts.markup import Html, heading, join, link, span, tag
from pages.parts.once import VIEWS, kept
from pages.parts.since import Since
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import sentences, t, tn, units
from pages.texts.judgements import assurance_word, word_of, worded
from pages.texts.sentences_groups import Group, grouped, leading, together

NAME = "synthese-changements"
SCREEN = "changements"
SHOWN = 6
MARKS = {"bad": "down", "good": "up", "neutral": "flat"}


@kept(maxsize=VIEWS)
def changes(source: Source, since: Since) -> tuple[Change, ...]:
    """What changed, the most important first, as far as this role may see it: projects and partners are rows."""
    found = changing.changes(moments.state(source, since), moments.state(source))
    if "read_rows" in ALLOWED.get(source.actor.role, frozenset()):
        return found
    return tuple(one for one in found if not (one.project or one.partner))


def news(source: Source, since: Since | None, **params: str) -> Html:
    """The first changes in sentences, each leading to its screen, with the way to all of them; "" without a moment before."""
    if since is None:
        return Html("")
    found = changes(source, since)
    told = grouped(one for one in found if one.is_news and not one.is_noise)
    shown = leading(told, SHOWN)
    title = heading(2, _title(bool(told), since))
    choice = moments.choice(source, since, "", **params)
    rest = len(found) - sum(len(group) for group in shown)
    whole = (
        link(source.link(SCREEN, **since.asked), tn("et {n} autre", "et {n} autres", rest)) if rest else ""
    )
    foot = join(
        (
            tag("p", whole, class_="lv-note") if whole else "",
            tables.links(source, NAME, _title(bool(told), since), **since.asked),
        )
    )
    if not told:
        words = t("Aucun signal et aucun statut nouveau : ce qui bouge reste dans le bruit habituel.")
        return tag("div", title, choice, tag("p", words, class_="lv-grey"), foot if found else "")
    items = [tag("li", _line(source, group, since)) for group in shown]
    return tag("div", title, choice, tag("ul", *items, class_="lv-news"), foot)


def _title(is_any: bool, since: Since) -> str:
    if is_any:
        return t("Ce qui a changé depuis {month}", month=since.words)
    return t("Rien de neuf depuis {month}", month=since.words)


def line(source: Source, change: Change) -> Html:
    """A change as a line: its sign, and its sentence as the link to the screen that shows it."""
    path, params = sentences.target(change)
    words = sentences.sentence(change, source.catalogue)
    return join((sign(change), " ", link(source.link(path, **params), words, class_="lv-told")))


def _line(source: Source, group: Group, since: Since) -> Html:
    """A group of changes as a line; several lead to the whole list."""
    if len(group) == 1:
        return line(source, group[0])
    words = together(group, source.catalogue)
    return join((sign(group[0]), " ", link(source.link(SCREEN, **since.asked), words, class_="lv-told")))


def sign(change: Change) -> Html:
    """Where it goes, as a shape with its word for those who do not see it; what only changed has a flat arrow."""
    words = {"bad": t("Dégradation"), "good": t("Amélioration"), "neutral": t("Changement")}
    tone = "neutral" if change.is_noise else change.tone
    return span(f"lv-tone {tone}", svg.arrow(MARKS[tone]), span("lv-hidden", words[tone]))


@tables.offered(NAME)
def changes_table(source: Source, asked: Asked) -> Table | None:
    """All that changed since the address's moment, and what still stands: sentences, values and statuses of both moments."""
    since = moments.chosen(source, asked.get(moments.PARAM, ""))
    if since is None:
        return None
    columns = (
        Column(t("Changement")),
        Column(t("Nature")),
        Column(t("Sens")),
        Column(t("Nouveau"), "boolean"),
        Column(t("Bruit habituel"), "boolean"),
        *(Column(words, on_screen=False) for words in (t("Code"), t("Variation"), t("Assurance"))),
        *(Column(words, on_screen=False) for words in (t("Statut"), t("Statut avant"))),
        *(Column(words, "number", on_screen=False) for words in (t("Valeur"), t("Valeur avant"))),
        Column(t("Unité"), on_screen=False),
        Column(t("n"), "number", "n", on_screen=False),
        Column(t("Identifiant"), on_screen=False, is_code=True),
        Column(t("Comparé au"), "date", on_screen=False),
    )
    found = changes(source, since)
    return tables.table(source, _title(bool(found), since), columns, _rows(source, found, since))


def _rows(source: Source, found: Iterable[Change], since: Since) -> list[list[object]]:
    return [_row(source, change, since) for change in found]


def _row(source: Source, change: Change, since: Since) -> list[object]:
    kpi, now, then = source.catalogue.every.get(change.kpi), change.now, change.then
    shown = Cell(sentences.sentence(change, source.catalogue), line(source, change))
    marks: list[object] = [None, None]
    if kpi and now:
        marks = [worded(now.variation, kpi) or None, assurance_word(now.assurance) or None]
    statuses = [word_of(one) if one else None for one in (now, then)]
    values = [now.value if now else None, then.value if then else None]
    unit = units.unit_name(kpi.unit) if kpi and now else None
    told = [
        sentences.kind(change),
        {"bad": t("dégradation"), "good": t("amélioration"), "neutral": None}[change.tone],
    ]
    code = kpi.code if kpi else None
    return [
        shown,
        *told,
        change.is_new,
        change.is_noise,
        code,
        *marks,
        *statuses,
        *values,
        unit,
        now.n if now else None,
        change.key,
        since.day,
    ]


def body(source: Source, since: Since | None) -> Html:
    """The whole list on a screen of its own."""
    kicker = t("Ce qui a changé")
    if since is None:
        return page.head(t("Rien à comparer avant cette date"), kicker=kicker)
    found = changes(source, since)
    lead = t("Du plus important au moins important ; ce que le bruit seul a fait bouger vient en dernier.")
    head = page.head(_title(bool(found), since), kicker=kicker, lead=lead)
    drawn = tables.drawn(source, NAME, class_="lv-changes lv-labels", since=since.asked[moments.PARAM])
    return join((head, moments.choice(source, since, SCREEN), drawn))
