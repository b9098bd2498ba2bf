"""Where a wave stands, drawn: its six steps in words and shapes, dated and signed; and the list of the waves."""

from collections.abc import Mapping, Sequence

from data.waves import WaveState
from pages.parts import survey_words
from pages.parts.markup import Html, join, link, span, tag
from pages.parts.source import Source
from pages.parts.survey_reads import ORDER, Taken
from pages.texts import numbers, t
from schemas.survey_waves import FINAL

# Done is a disc with a tick, skipped a barred ring, the present one a ring with its dot, what is to come an empty ring.
_SHAPES = {
    "done": '<circle cx="8" cy="8" r="7"/><path d="M4.6 8.2 7 10.6 11.4 5.6"/>',
    "skipped": '<circle class="ring" cx="8" cy="8" r="6.5"/><path class="bar" d="M5 8h6"/>',
    "now": '<circle class="ring" cx="8" cy="8" r="6.5"/><circle cx="8" cy="8" r="3.2"/>',
    "later": '<circle class="ring" cx="8" cy="8" r="6.5"/>',
}
MAY_SKIP = frozenset({"draft", "open", "published"})  # answers came by a file, or their date came first


def stepper(wave: WaveState, taken: Mapping[str, Taken]) -> Html:
    """The six steps of a wave in order: what is done, where it stands, what is to come, what is final."""
    items = [_step(wave, name, taken.get(name)) for name in ORDER]
    return tag("ol", *items, class_="lv-steps", aria_label=t("Étapes de la vague {wave}", wave=wave.wave))


def _step(wave: WaveState, name: str, taken: Taken | None) -> Html:
    here, place = ORDER.index(wave.state), ORDER.index(name)
    kind = "done" if place < here else "now" if place == here else "later"
    if kind == "done" and name in MAY_SKIP and (taken is None or taken.when is None):
        kind = "skipped"
    hidden = {
        "done": t("étape faite"),
        "skipped": t("étape sautée"),
        "now": t("étape en cours"),
        "later": t("étape à venir"),
    }[kind]
    last = span("lv-final", t("définitif")) if name in FINAL else ""
    return tag(
        "li",
        _shape(kind),
        tag(
            "span",
            tag("b", survey_words.state(name)),
            span("lv-final" if kind == "skipped" else "lv-hidden", f" ({hidden})"),
            last,
            _signed(taken),
        ),
        class_=f"lv-step {kind}",
        aria_current="step" if kind == "now" else None,
    )


def _shape(kind: str) -> Html:
    return Html(
        f'<svg class="lv-step-mark" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{_SHAPES[kind]}</svg>'
    )


def _signed(taken: Taken | None) -> Html:
    if taken is None or taken.when is None:
        return Html("")
    who = f"{numbers.NBSP}· {taken.who}" if taken.who else ""
    return span("lv-note", f"{numbers.short_day(taken.when)}{who}")


def waves(source: Source, found: Sequence[WaveState], here: WaveState) -> Html:
    """All waves, the newest first, each a link to itself with its state and date."""
    items = [_wave(source, wave, wave.wave == here.wave) for wave in reversed(found)]
    return tag("nav", tag("ul", *items, class_="lv-waves"), aria_label=t("Les vagues d’enquête"))


def _wave(source: Source, wave: WaveState, is_here: bool) -> Html:
    shape = _shape("done" if wave.state in FINAL else "now" if wave.state == "open" else "later")
    words = join(
        (shape, span("lv-wave-name", wave.wave), span("lv-wave-state", survey_words.state(wave.state)))
    )
    name = link(source.link("enquete", wave=wave.wave), words, aria_current="page" if is_here else None)
    return tag("li", name, span("lv-note", numbers.day(wave.held_on)))


def facts(wave: WaveState) -> list[tuple[object, object]]:
    """What was declared of a wave."""
    heads = numbers.decimal(wave.headcount) if wave.headcount else t("non renseigné")
    return [
        (t("Date de l’enquête"), numbers.day(wave.held_on)),
        (t("Effectif interrogé"), heads),
        (t("Seuil de publication"), t("{k} réponses au moins par groupe", k=wave.k)),
        (t("Réponses brutes gardées jusqu’au"), numbers.day(wave.keep_until)),
    ]
