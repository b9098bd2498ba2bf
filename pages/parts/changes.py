"""What changed since the previous month end: KPIs that signal, and KPIs whose status is another. Judged in metrics, told here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.parts import marks, reads, status, svg, tables
from pages.parts.markup import Html, heading, join, link, span, tag
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import judgements, numbers, said, t, tn, units

NAME = "synthese-changements"
SHOWN = 6
WORST_FIRST = ("off_target", "watch", "unknown", "on_target")


@dataclass(frozen=True)
class Change:
    """A KPI that moved: its reading now and then."""

    kpi: Kpi
    now: Reading
    then: Reading | None

    @property
    def is_signal(self) -> bool:
        """Whether its control chart says more than the usual noise."""
        return self.now.variation in ("improvement", "concern")

    @property
    def is_running(self) -> bool:
        """Whether one of the two is of a period that was not over: it cannot be compared."""
        return "running" in (self.now.reason, self.then.reason if self.then else None)

    @property
    def is_noise(self) -> bool:
        """Whether its control chart says that the value moved no more than usual: a status may still flip."""
        return self.now.variation == "stable"

    @property
    def has_new_status(self) -> bool:
        """Whether both months judged it, each in its own way."""
        return self.then is not None and judgements.word_of(self.now) != judgements.word_of(self.then)


def before(source: Source) -> date | None:
    """The last month end with readings before the source's date; None when there is none."""
    as_of = source.as_of
    return next((day for day in source.dates if as_of and day < as_of), None)


@kept(maxsize=VIEWS)
def changes(source: Source) -> tuple[Change, ...]:
    """What changed, dégradations first, then new statuses from the worst, then improvements."""
    then = before(source)
    if then is None:
        return ()
    old = reads.readings(source.reads, then, source.scope)
    now = source.readings()
    pairs = [Change(kpi, now[id], old.get(id)) for id, kpi in source.catalogue.kpis.items() if id in now]
    pairs = [change for change in pairs if not change.is_running]
    found = [change for change in pairs if change.now.value is not None or change.has_new_status]
    return tuple(sorted((c for c in found if c.is_signal or c.has_new_status), key=_rank))


def _rank(change: Change) -> tuple[int, int]:
    """Concerns, then statuses that are new, then improvements that were so before, then what noise alone flipped."""
    if change.is_noise:
        return 3, WORST_FIRST.index(change.now.status)
    kinds = {"concern": 0, "improvement": 2}
    kind = 1 if change.has_new_status else kinds.get(str(change.now.variation), 1)
    return min(kind, kinds.get(str(change.now.variation), 1)), WORST_FIRST.index(change.now.status)


def news(source: Source) -> Html:
    """The first changes in sentences, each leading to its sheet, with the files of all; "" without a month before."""
    then = before(source)
    if then is None:
        return Html("")
    found = changes(source)
    title = heading(2, _title(found, then))
    if not found:
        words = t("Aucun signal et aucun statut nouveau : ce qui bouge reste dans le bruit habituel.")
        return tag("div", title, tag("p", words, class_="lv-grey"))
    items = [tag("li", sentence(source, change)) for change in found[:SHOWN]]
    rest = len(found) - SHOWN
    more = tag("p", tn("et {n} autre", "et {n} autres", rest), class_="lv-note") if rest > 0 else ""
    files = tables.links(source, NAME, _title(found, then))
    return tag("div", title, tag("ul", *items, class_="lv-news"), more, files)


def _title(found: Sequence[Change], then: date) -> str:
    month = numbers.month_name(then)
    return (
        t("Ce qui a changé depuis {month}", month=month)
        if found
        else t("Rien de neuf depuis {month}", month=month)
    )


def sentence(source: Source, change: Change) -> Html:
    """A change as a line: sign and word, the KPI, from what to what."""
    name = link(source.link("fiche", kpi=change.kpi.id), said(change.kpi.label))
    return join((_sign(change), " ", name, t(" : "), _moved(change)))


def _sign(change: Change) -> Html:
    """The arrow of a signal, the shape of a new status, or both."""
    parts: list[object] = []
    if change.is_signal:
        word = judgements.worded(change.now.variation, change.kpi)
        arrow = svg.arrow(marks.ARROWS[str(change.now.variation)])
        parts.append(span("lv-sign", arrow, tag("b", f"{word[0].upper()}{word[1:]}.")))
    if change.has_new_status and change.then is not None:
        before = judgements.word_of(change.then)
        was = (
            t("était « {status} », dans le bruit habituel", status=before)
            if change.is_noise
            else t("était « {status} »", status=before)
        )
        parts += [status.of_reading(change.now), span("lv-grey", f" ({was})")]
    return join(parts, " ")


def _moved(change: Change) -> str:
    """From the value then to the value now, with what it rests on."""
    unit, now, then = change.kpi.unit, change.now, change.then
    if now.value is None:
        return judgements.reason(now.reason) or t("non calculé")
    value = units.text(now.value, unit)
    count = t(" (n = {n})", n=numbers.decimal(now.n)) if now.n is not None else ""
    if then is None or then.value is None or units.text(then.value, unit) == value:
        return f"{value}{count}"
    return t("de {start} à {end}", start=units.text(then.value, unit), end=value) + count


@tables.offered(NAME)
def changes_table(source: Source, asked: Asked) -> Table | None:
    """All that changed since the month end before: values, marks and statuses of both dates."""
    then = before(source)
    if then is None:
        return None
    columns = (
        *(Column(words) for words in (t("Code"), t("Indicateur"), t("Variation"), t("Assurance"))),
        *(Column(words) for words in (t("Statut"), t("Statut avant"))),
        *(Column(words, "number") for words in (t("Valeur"), t("Valeur avant"))),
        Column(t("Unité")),
        Column(t("n"), "number", "n"),
        Column(t("Comparé au"), "date"),
    )
    found = changes(source)
    rows = [_row(change, then) for change in found]
    return tables.table(source, _title(found, then), columns, rows)


def _row(change: Change, then: date) -> list[object]:
    now, old = change.now, change.then
    signs = [
        judgements.worded(now.variation, change.kpi) or None,
        judgements.assurance_word(now.assurance) or None,
    ]
    statuses = [judgements.word_of(now), judgements.word_of(old) if old else None]
    values = [now.value, old.value if old else None, units.unit_name(change.kpi.unit), now.n, then]
    return [change.kpi.code, Cell(said(change.kpi.label)), *signs, *statuses, *values]
