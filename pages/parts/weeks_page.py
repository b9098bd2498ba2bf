"""The screen of the sealed weeks: each with its seal, and what lies between any two of them, or one of them and today."""

from collections.abc import Iterable, Sequence

from data.problems import NoSuchWeek, SealAltered
from metrics.change import Change
from pages.parts import page, tables, weeks_reads, weeks_tables
from pages.parts.guard import notice
from pages.parts.markup import Html, div, join, link, section, span, tag
from pages.parts.once import SHEETS, kept
from pages.parts.source import Source
from pages.parts.svg import mark
from pages.parts.weeks_reads import TODAY, Pair
from pages.texts import numbers, said, sentences, t, tn
from pages.texts.weeks import week, week_title

SHOWN = 12  # sentences of a list; the files have them all
STACKED = "lv-rows lv-labels"  # on a phone each value bears what it is
MARKS = {"bad": "off_target", "good": "on_target", "neutral": "unknown"}


def body(source: Source, since: str, until: str) -> Html:
    """The whole screen; ``since`` and ``until`` are the address's. Whether files are intact is looked at each time."""
    seals = weeks_reads.weeks(source)
    if not seals:
        return empty(source)
    head = page.head(_title(source), kicker=t("Semaines scellées"), lead=_lead(source))
    listed = section(t("Les semaines"), _drawn_list(source), note=_of_today(source))
    return join((head, _altered(source), _compared(source, since, until), listed, _vouched(source)))


def _of_today(source: Source) -> str | None:
    """In a sealed week, that the list goes on after it."""
    if not source.week:
        return None
    return t("Liste d’aujourd’hui : elle a aussi les semaines scellées après celle qui est affichée.")


def _drawn_list(source: Source) -> Html:
    # What is kept must be drawn anew once a file was altered, though the store's version is the same.
    altered = ",".join(weeks_reads.problems(source))
    return tables.drawn(source, weeks_tables.LIST, class_=STACKED, altered=altered)


def empty(source: Source) -> Html:
    """How the first week is sealed."""
    review = link(source.link("revue"), t("Ouvrir la revue de la semaine"), class_="lv-button main")
    return join(
        (
            page.head(t("Aucune semaine n’est scellée pour l’instant"), kicker=t("Semaines scellées")),
            section(
                t("Sceller la première semaine"),
                tag(
                    "p",
                    t(
                        "À la fin de la revue, le bouton « Sceller la semaine » fige tout ce qui est connu à cet instant : "
                        "valeurs, statuts, cibles, étapes, plans de financement, ordre du jour et décisions."
                    ),
                ),
                tag("p", review),
                tag("p", t("En ligne de commande, une fois la revue tenue :")),
                tag("pre", tag("code", "python -m data seal 2015-W28")),
            ),
        )
    )


def _title(source: Source) -> str:
    seals, wrong = weeks_reads.weeks(source), weeks_reads.problems(source)
    if wrong:
        return tn("{n} semaine scellée est altérée", "{n} semaines scellées sont altérées", len(wrong))
    last = week(seals[0].week)
    return tn(
        "{n} semaine scellée, intacte : la {week}",
        "{n} semaines scellées, toutes intactes ; la dernière est la {week}",
        len(seals),
        week=last,
    )


def _lead(source: Source) -> str:
    return t(
        "Une semaine scellée garde ce qui était connu : chaque écran peut s’ouvrir à cette date, et rien de ce qui est "
        "corrigé ensuite ne la change."
    )


def _altered(source: Source) -> Html:
    """Each altered week with what is wrong with it."""
    found = weeks_reads.problems(source)
    words = [said(problem) for problems in found.values() for problem in problems]
    return join(notice(t("Semaine altérée"), one) for one in words)


def _vouched(source: Source) -> Html:
    """The last link of the chain, which vouches for every week before it."""
    last = weeks_reads.weeks(source)[0]
    words = t(
        "Chaque sceau porte l’empreinte du précédent. Noté ailleurs, dans le compte rendu par exemple, le dernier maillon "
        "suffit à prouver que rien n’a été changé depuis :"
    )
    return section(t("La chaîne"), tag("p", words), tag("p", tag("code", last.chain), class_="lv-chain"))


def _compared(source: Source, since: str, until: str) -> Html:
    """The choice of two moments, and what lies between them."""
    try:
        pair = weeks_reads.pair(source, since, until)
    except (NoSuchWeek, SealAltered) as problem:
        what, mend = problem.parts
        return join((notice(said(what), said(mend)), _choice(source, "", "")))
    if pair is None:
        return section(
            t("Comparer"), tag("p", t("Choisissez deux moments différents.")), _choice(source, since, until)
        )
    return join((_choice(source, pair.start, pair.end), compared(source, pair)))


def _choice(source: Source, since: str, until: str) -> Html:
    """The form that chooses them, with a keyboard alone if need be."""
    names = [(seal.week, week_title(seal.week)) for seal in weeks_reads.weeks(source)]

    def select(field: str, label: str, options: Sequence[tuple[str, str]], chosen: str) -> Html:
        items = (tag("option", words, value=value, selected=value == chosen) for value, words in options)
        return join(
            (tag("label", label, for_=f"lv-{field}"), tag("select", *items, id=f"lv-{field}", name=field))
        )

    hidden = (tag("input", type="hidden", name=name, value=value) for name, value in source.state.items())
    return tag(
        "form",
        select("since", t("De"), names, since),
        select("until", t("à"), [*names, (TODAY, t("Aujourd’hui"))], until),
        tag("button", t("Comparer"), type="submit"),
        *hidden,
        action="/semaines",
        method="get",
        class_="lv-pick",
    )


@kept(maxsize=SHEETS)
def compared(source: Source, pair: Pair) -> Html:
    """What moved, what is new, what left, which data were corrected, values then and now, what was decided."""
    found = weeks_reads.between(pair.since, pair.until)
    if found is None:
        words = t(
            "Les données du second moment s’arrêtent avant celles du premier : il n’y a rien à comparer."
        )
        return section(t("Comparer"), tag("p", words))
    moved = [one for one in found if one.is_news and one.kpi]
    fresh = [one for one in found if one.is_new and not one.kpi and one.kind != "correction"]
    left = weeks_reads.gone(pair.since, pair.until)
    return join(
        (
            section(_finding(pair, found), *_files(source, pair, found)),
            div(
                "lv-two",
                _list(
                    pair.until, t("Ce qui a bougé"), moved, t("Aucun indicateur au-delà du bruit habituel.")
                ),
                _list(pair.until, t("Ce qui est nouveau"), fresh, t("Rien de nouveau.")),
            ),
            div(
                "lv-two",
                _left(pair, left, found),
                _standing(pair, found),
            ),
            _drawn(
                source,
                pair,
                weeks_tables.CORRECTED,
                t("Données corrigées depuis, et par quel import"),
                t("Aucune donnée antérieure n’a été corrigée."),
            ),
            _values(source, pair),
            _drawn(
                source,
                pair,
                weeks_tables.DECIDED,
                t("Décisions et actions"),
                t("Aucune décision ni action dans ces revues."),
            ),
        )
    )


def _finding(pair: Pair, found: Sequence[Change]) -> str:
    new = sum(1 for one in found if one.is_news and one.kind != "correction")
    rows = sum(int(one.facts.get("rows", 0)) for one in found if one.kind == "correction")
    words = pair.words[:1].upper() + pair.words[1:]
    parts = [
        tn("{n} changement", "{n} changements", new) if new else t("aucun changement"),
        tn("{n} ligne du passé corrigée", "{n} lignes du passé corrigées", rows) if rows else "",
    ]
    return f"{words}{t(' : ')}{', '.join(filter(None, parts))}"


def _files(source: Source, pair: Pair, found: Sequence[Change]) -> Iterable[Html]:
    """The file of everything below."""
    if found:
        yield tables.links(source, weeks_tables.CHANGES, pair.words, since=pair.start, until=pair.end)


def _list(source: Source, title: str, found: Sequence[Change], none: str) -> Html:
    """Changes in sentences, those of noise last; the later ones under a switch."""
    if not found:
        return section(title, tag("p", none, class_="lv-grey"))
    return _folded(title, [tag("li", _sentence(source, one)) for one in found])


def _folded(title: str, items: Sequence[Html], note: str | None = None) -> Html:
    """The first lines of a list, the others under a switch."""
    first, rest = tag("ul", *items[:SHOWN], class_="lv-news"), items[SHOWN:]
    more = tn("et {n} autre", "et {n} autres", len(rest))
    folded = (
        tag("details", tag("summary", more), tag("ul", *rest, class_="lv-news"), class_="lv-more")
        if rest
        else ""
    )
    return section(f"{title} ({len(items)})", first, folded, note=note)


def _left(pair: Pair, left: Sequence[Change], found: Sequence[Change]) -> Html:
    """What was so at the earlier moment and is no longer: no alarm any more, said of its day, with what came since."""
    title = t("Ce qui ne tient plus")
    if not left:
        return section(title, tag("p", t("Tout ce qui tenait tient encore."), class_="lv-grey"))
    start, end = pair.since.as_of, pair.until.as_of
    note = t(
        "Vrai pour {start}, plus pour {end}.",
        start=weeks_reads.name(pair.since),
        end=weeks_reads.name(pair.until),
    )
    if start != end:
        note = t("Vrai au {start}, plus au {end}.", start=numbers.day(start), end=numbers.day(end))
    return _folded(title, [tag("li", _past(pair, one, found)) for one in left], note)


def _past(pair: Pair, change: Change, found: Sequence[Change]) -> Html:
    """One of them: what was said on its day, and what the later moment tells of the same subject."""
    path, params = sentences.target(change)
    catalogue = pair.since.catalogue
    there = link(pair.since.link(path, **params), sentences.title(change, catalogue))
    words = t(
        "Au {day} : « {sentence} »",
        day=numbers.day(pair.since.as_of),
        sentence=sentences.sentence(change, catalogue),
    )
    why = weeks_reads.since_then(change, found)
    titles = " ; ".join(sentences.title(one, pair.until.catalogue) for one in why)
    since = span("lv-week-words", t("Depuis : {what}", what=titles)) if why else ""
    return join((mark(MARKS["neutral"]), " ", there, span("lv-week-words", words), since))


def _sentence(source: Source, change: Change) -> Html:
    """One change: its shape, its sentence, and the screen that shows it at that moment."""
    path, params = sentences.target(change)
    words = sentences.sentence(change, source.catalogue)
    there = link(source.link(path, **params), sentences.title(change, source.catalogue))
    return join((mark(MARKS[change.tone]), " ", there, span("lv-week-words", words)))


def _standing(pair: Pair, found: Sequence[Change]) -> Html:
    """What was so before and still is, kind by kind, under a switch."""
    standing = sorted((one for one in found if not one.is_news), key=lambda one: one.kind)
    title = t("Ce qui tient encore")
    if not standing:
        return section(title, tag("p", t("Rien de ce qui demande attention n’est ancien."), class_="lv-grey"))
    items = (tag("li", _sentence(pair.until, one)) for one in standing)
    words = tn("{n} fait tient encore", "{n} faits tiennent encore", len(standing))
    folded = tag("details", tag("summary", words), tag("ul", *items, class_="lv-news"), class_="lv-more")
    return section(f"{title} ({len(standing)})", folded)


def _values(source: Source, pair: Pair) -> Html:
    """The headline KPIs and those that are judged otherwise, side by side; the files have them all."""
    first = sum(weeks_reads.is_first(side, pair.until) for side in weeks_reads.sides(pair.since, pair.until))
    drawn = tables.drawn(
        source,
        weeks_tables.VALUES,
        most=first,
        class_=STACKED,
        unfolds=True,
        since=pair.start,
        until=pair.end,
    )
    return section(t("Valeurs d’alors, valeurs d’ensuite"), drawn)


def _drawn(source: Source, pair: Pair, name: str, title: str, none: str) -> Html:
    """A table of the comparison with its files, or what is said without any row."""
    return section(
        title,
        tables.drawn(source, name, class_=STACKED, since=pair.start, until=pair.end)
        or tag("p", none, class_="lv-grey"),
    )
