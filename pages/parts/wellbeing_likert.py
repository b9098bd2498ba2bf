"""The diverging bars of an instrument: one row a question, its answers centred on the neutral, each piece with its own words."""

from collections.abc import Sequence

from metrics.disclosure.tables import Spread
from metrics.scales import Scale
from pages.charts.likert import Bar, Piece, bars, extent, neutral_of
from pages.parts import chart, tables
from pages.parts import wellbeing_reads as reads
from pages.parts import wellbeing_words as words
from pages.parts.markup import Html, div, esc, join, section, span, tag
from pages.parts.source import Source
from pages.parts.wellbeing_tables import ITEMS
from pages.texts import numbers, t

HIGH, BAR = 40, 24  # of a row's drawing, and of its bar
ROOM = 0.03  # of the axis: a narrower piece has no room for its words
NARROW_ROOM = 0.075  # the same on a telephone: those between are hidden there


def panels(source: Source) -> Html:
    """A section for each instrument of several questions that the last wave tells the answers of."""
    survey = reads.survey_of(source)
    return join(
        _panel(source, measure) for measure in reads.measures(survey) if len(_spreads(source, measure)) > 1
    )


def _spreads(source: Source, measure: str) -> list[Spread]:
    now = reads.survey_of(source).now
    return [one for one in now.spreads if one.measure == measure and one.classes] if now else []


def _panel(source: Source, measure: str) -> Html:
    spreads, scale = _spreads(source, measure), reads.scales(source).get(measure)
    if scale is None:
        return Html("")
    said = finding(source, measure, spreads)
    sentence = " ".join(part for part in (f"{said}.", ends(source, spreads)) if part)
    listed = tables.drawn(source, ITEMS, class_="lv-labels", measure=measure)
    return section(
        said,
        drawn(source, spreads, scale, sentence),
        tag("p", ends(source, spreads), class_="lv-wb-said"),
        chart.under(sentence, listed, _foot(scale, spreads)),
        note=_note(source, measure, scale),
    )


def finding(source: Source, measure: str, spreads: Sequence[Spread]) -> str:
    """From which share of the best answers to which the questions go; without top 2, what is shown."""
    told = [one.top2 for one in spreads if one.top2 is not None]
    name = words.short(source, measure)
    if not told:
        return t("{measure} : la répartition des réponses", measure=name)
    if min(told) == max(told):
        return t("{measure} : {share} de réponses hautes", measure=name, share=words.percent(told[0]))
    return t(
        "{measure} : de {least} à {most} de réponses hautes selon la question",
        measure=name,
        least=words.percent(min(told)),
        most=words.percent(max(told)),
    )


def ends(source: Source, spreads: Sequence[Spread]) -> str:
    """The questions that have most and fewest of the best answers; "" where none or all are alike."""
    told = [(one.top2, one) for one in spreads if one.top2 is not None]
    best = max(told, key=lambda one: one[0], default=None)
    least = min(told, key=lambda one: one[0], default=None)
    if best is None or least is None or best[0] == least[0]:
        return ""
    return t(
        "La plus haute : « {best} », {most} ; la plus basse : « {low} », {least}.",
        best=words.item(source, best[1]).rstrip("."),
        most=words.percent(best[0]),
        low=words.item(source, least[1]).rstrip("."),
        least=words.percent(least[0]),
    )


def _note(source: Source, measure: str, scale: Scale) -> str:
    now = reads.survey_of(source).now
    return t(
        "Vague {wave}, réponses de {low} à {high}, la meilleure à droite ; barres centrées sur le neutre. Réponses hautes : les deux meilleures.",
        wave=words.wave(now.wave) if now else "",
        low=numbers.plain(scale.low),
        high=numbers.plain(scale.high),
    )


def _foot(scale: Scale, spreads: Sequence[Spread]) -> str:
    """Whether answers were merged, and that rounded shares may not sum to 100."""
    merged = any(one.low != one.high for spread in spreads for one in spread.classes)
    rounding = t("Parts en % entiers : leur somme peut s’écarter de 100.")
    if not merged:
        return rounding
    return " ".join((t("Des réponses voisines trop rares sont réunies."), rounding))


def drawn(source: Source, spreads: Sequence[Spread], scale: Scale, name: str) -> Html:
    """The bars of questions on one axis, named for whoever cannot see them; the words of each row are in its table too."""
    found = bars(spreads, scale)
    left, right = extent(found)
    by_item = {one.item: one for one in spreads}
    rows = [_row(words.item(source, by_item[bar.item]), bar, left, left + right) for bar in found]
    head = _head(scale, left / ((left + right) or 1), any(bar.top2 is not None for bar in found))
    return div("lv-likert", head, *rows, role="group", aria_label=name)


def _head(scale: Scale, at: float, has_top: bool) -> Html:
    """Which side is which, over the bars, and where the neutral lies."""
    low, high = neutral_of(scale)
    middle = words.answers(low, high) if low in scale.values else ""
    said = t("neutre ({answers})", answers=middle) if middle else t("neutre")
    axis = div(
        "lv-likert-axis",
        span("", t("moins bien")),
        span("mid", said, style=f"left:{100 * at:.1f}%"),
        span("", t("mieux")),
        aria_hidden="true",
    )
    return div(
        "lv-likert-row lv-likert-head",
        span("lv-likert-label"),
        axis,
        span("lv-likert-top", t("2 meilleures") if has_top else ""),
    )


def _row(label: str, bar: Bar, left: float, whole: float) -> Html:
    shapes = [_shape(piece, left, whole) for piece in bar.pieces]
    middle = 100 * left / whole
    line = Html(f'<line class="mid" x1="{middle:.2f}%" x2="{middle:.2f}%" y1="-7" y2="{BAR}"/>')
    drawing = Html(
        f'<svg width="100%" height="{HIGH}" role="img" aria-label="{esc(spoken(label, bar))}">{join((line, *shapes))}</svg>'
    )
    return div(
        "lv-likert-row",
        span("lv-likert-label", label),
        div("lv-likert-bar", drawing),
        span("lv-likert-top", tag_top(bar)),
    )


def tag_top(bar: Bar) -> str:
    """The share of the two best answers, or nothing where it may not be told."""
    return words.percent(bar.top2) if bar.top2 is not None else ""


def spoken(label: str, bar: Bar) -> str:
    """A bar in words: ``Question : 0 à 2, 18 % ; 3, 27 % ; …``."""
    parts = [
        t(
            "{answers} : {share}",
            answers=words.answers(piece.low, piece.high),
            share=words.percent(piece.share),
        )
        for piece in sorted(bar.pieces, key=lambda one: one.low)
    ]
    return t("{label}. {answers}", label=label, answers=" ; ".join(parts))


def _shape(piece: Piece, left: float, whole: float) -> Html:
    """One piece: its colour by tone, its share inside, the answers that it holds under it."""
    start, length = 100 * (left + piece.start) / whole, 100 * piece.length / whole
    tone = f"t{abs(piece.tone)} {'against' if piece.tone < 0 else 'for' if piece.tone > 0 else 'none'}"
    rect = f'<rect class="{tone}" x="{start:.2f}%" y="0" width="{length:.2f}%" height="{BAR}"/>'
    if length < 100 * ROOM:
        return Html(rect)
    middle = start + length / 2
    class_ = f"{tone} tight" if length < 100 * NARROW_ROOM else tone
    share = esc(numbers.decimal(100 * piece.share))
    answers = esc(words.span(piece.low, piece.high))
    return Html(
        f'{rect}<text class="share {class_}" x="{middle:.2f}%" y="{BAR - 7}">{share}</text>'
        f'<text class="answers {class_}" x="{middle:.2f}%" y="{HIGH - 3}">{answers}</text>'
    )
