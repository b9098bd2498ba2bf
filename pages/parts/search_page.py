"""The search screen: what was found, by kind, its words marked; what to try where nothing was."""

from datetime import date
from textwrap import shorten

from pages.parts import map_reads, page, search_index
from pages.parts.fiche_columns import label
from pages.parts.markup import Html, esc, join, link, section, span, tag
from pages.parts.search_index import Entry, Found
from pages.parts.source import Source
from pages.texts import numbers, said, t, tn

FIRST = 12  # of a group, before the rest folds away
MOST = 200
SHOWN = 160  # characters of what somebody wrote
PLACES = {
    "kpi": ("fiche", "kpi"),
    "project": ("projet", "id"),
    "partner": ("partenaire", "id"),
    "week": ("revue", "meeting"),
}


def body(source: Source, asked: str) -> Html:
    """The whole screen for a question."""
    asked = " ".join(asked.split())[: search_index.LONGEST]
    if not asked:
        return join(
            (page.head(t("Que cherchez-vous ?"), kicker=t("Recherche"), lead=_hint()), _examples(source))
        )
    found = search_index.search(search_index.index(source.reads), asked)
    head = page.head(_title(found, asked), kicker=t("Recherche"), lead=_lead(found))
    if not found.total:
        return join((head, _suggestions(source, found), _examples(source)))
    return join((head, *(_group(source, name, items, found.words) for name, items in found.groups.items())))


def _title(found: Found, asked: str) -> str:
    if not found.total:
        return t("Rien trouvé pour « {asked} »", asked=asked)
    return tn("{n} résultat pour « {asked} »", "{n} résultats pour « {asked} »", found.total, asked=asked)


def _hint() -> str:
    return t(
        "Un indicateur, un objectif, une direction, un projet, un partenaire, une note ou une décision : un mot, un code, plusieurs mots."
    )


def _lead(found: Found) -> str:
    if found.mended:
        pairs = ", ".join(
            t("« {near} » au lieu de « {word} »", near=near, word=word) for word, near in found.mended
        )
        return t("Cherché : {pairs}.", pairs=pairs)
    return (
        ""
        if found.total
        else t(
            "Tous les mots doivent être dans le nom, le code ou la définition ; essayez-en moins, ou un autre."
        )
    )


def _suggestions(source: Source, found: Found) -> Html:
    if not found.near:
        return Html("")
    items = [tag("li", link(source.link("recherche", q=word), word)) for word in found.near]
    return section(t("Des mots proches existent"), tag("ul", *items, class_="lv-found"))


def _examples(source: Source) -> Html:
    ways = [
        (source.link("catalogue"), t("Tous les indicateurs, dans le catalogue")),
        (source.link("carte"), t("Les objectifs, sur la carte stratégique")),
        (source.link("directions"), t("Les directions")),
    ]
    return section(
        t("Ou bien parcourir"),
        tag("ul", *(tag("li", link(href, words)) for href, words in ways), class_="lv-found"),
    )


def _group(source: Source, name: str, items: tuple[Entry, ...], words: tuple[str, ...]) -> Html:
    titles = {
        "kpi": lambda n: tn("{n} indicateur", "{n} indicateurs", n),
        "objective": lambda n: tn("{n} objectif", "{n} objectifs", n),
        "directorate": lambda n: tn("{n} direction", "{n} directions", n),
        "practice": lambda n: tn("{n} outil", "{n} outils", n),
        "project": lambda n: tn("{n} projet", "{n} projets", n),
        "partner": lambda n: tn("{n} partenaire", "{n} partenaires", n),
        "note": lambda n: tn("{n} note", "{n} notes", n),
        "decision": lambda n: tn("{n} décision de revue", "{n} décisions de revue", n),
        "action": lambda n: tn("{n} action de revue", "{n} actions de revue", n),
        "agenda": lambda n: tn("{n} point de revue", "{n} points de revue", n),
    }
    rows = [_entry(source, entry, words) for entry in items[:MOST]]
    rest = Html("")
    if len(rows) > FIRST:
        summary = tag("summary", tn("{n} autre", "{n} autres", len(rows) - FIRST))
        rest = tag("details", summary, tag("ul", *rows[FIRST:], class_="lv-found"), class_="lv-more")
    note = t("les {n} premiers", n=MOST) if len(items) > MOST else None
    return section(titles[name](len(items)), tag("ul", *rows[:FIRST], class_="lv-found"), rest, note=note)


def _entry(source: Source, entry: Entry, words: tuple[str, ...]) -> Html:
    coded = {"partner": "partner_kind", "practice": "lever"}
    note = label(coded[entry.group], entry.note) if entry.group in coded else entry.note
    if entry.group in search_index.SAID:
        note = _when(source, entry)
    code = entry.id if entry.group in ("project", "partner") else ""
    beside = [marked(part, words) for part in (code, note) if part]
    return tag(
        "li",
        link(address(source, entry), marked(_shortened(entry.name(source.lang)), words)),
        " ",
        span("lv-grey", join(beside, " · ")),
    )


def _when(source: Source, entry: Entry) -> str:
    """Where and when something was written: the KPI, project or partner by name, or the review by date."""
    about, subject = entry.at
    day = numbers.day(date.fromisoformat(entry.note)) if entry.note else ""
    if about == "week":
        return t("revue du {day}", day=day) if day else subject
    kpi = source.kpi(subject) if about == "kpi" else None
    return ", ".join(part for part in (said(kpi.label) if kpi else subject, day) if part)


def _shortened(words: str) -> str:
    """The beginning of what was written, cut between words."""
    return shorten(words, SHOWN, placeholder=" …") if len(words) > SHOWN else words


def address(source: Source, entry: Entry) -> str:
    """Where an entry opens: what was written, where it stands."""
    if entry.group in search_index.SAID:
        about, subject = entry.at
        path, key = PLACES[about]
        named = {"note": entry.id} if entry.group == "note" and entry.id else {}
        return source.link(path, **{key: subject}, **named)
    if entry.group == "objective":
        return map_reads.objective(source, entry.id)
    if entry.group == "directorate":
        return source.link("direction", name=entry.id)
    path, key = {
        "kpi": ("fiche", "kpi"),
        "practice": ("outil", "id"),
        "project": ("projet", "id"),
        "partner": ("partenaire", "id"),
    }[entry.group]
    return source.link(path, **{key: entry.id})


def marked(text: str, words: tuple[str, ...]) -> Html:
    """A text with the words looked for marked, all of it escaped."""
    parts: list[Html] = []
    end = 0
    for start, stop in search_index.spans(text, words):
        parts += [esc(text[end:start]), tag("mark", text[start:stop])]
        end = stop
    return join([*parts, esc(text[end:])])
