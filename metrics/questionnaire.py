"""The questionnaire of a survey: the instruments that the town may use, in words that it may show; what the others lack."""

from collections.abc import Mapping
from dataclasses import dataclass

from metrics.results import Engine
from metrics.scales import Scale
from schemas.tables import TABLES
from schemas.text import Text

FIRST = ("who5", "qwl", "recommend")
ATTRIBUTES = ("directorate_group", "category", "sex")
COLUMNS = frozenset(column.name for column in TABLES["survey_answers"].columns)


@dataclass(frozen=True)
class Question:
    """One item and its words."""

    code: str
    words: Text


@dataclass(frozen=True)
class Instrument:
    """A scale as it is asked: heading, what is said above, questions, and each answer with its words ("" for a bare number)."""

    id: str
    title: Text
    instruction: Text | None
    questions: tuple[Question, ...]
    answers: tuple[tuple[float, Text], ...]
    lacking: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether all its words are there: no instrument is asked in part."""
        return not self.lacking


def wordings(engine: Engine) -> dict[str, str]:
    """Return the words that the town pasted, by key (see ``keys``)."""
    rows = engine.rows("SELECT item, words FROM survey_wordings WHERE words IS NOT NULL")
    return {str(item): str(words) for item, words in rows}


def keys(scale: Scale) -> tuple[str, ...]:
    """Return what words of a scale may be pasted under: ``id:intro`` for what is said above, item codes, ``id:answer``."""
    return (f"{scale.id}:intro", *scale.codes, *(f"{scale.id}:{value:g}" for value in scale.values.tolist()))


def instruments(scales: Mapping[str, Scale], pasted: Mapping[str, str]) -> list[Instrument]:
    """Return the instruments whose answers the store takes, the shipped ones first.

    Those are the scales of its table of answers, and the ones that the town declares with its right to use them.
    """
    asked = [scale for scale in scales.values() if scale.right or COLUMNS.issuperset(scale.codes)]
    order = {id: place for place, id in enumerate(FIRST)}
    asked.sort(key=lambda scale: (order.get(scale.id, len(order)), scale.id))
    return [_instrument(scale, pasted) for scale in asked]


def _instrument(scale: Scale, pasted: Mapping[str, str]) -> Instrument:
    own = {key: Text(pasted[key], pasted[key]) for key in keys(scale) if key in pasted}
    words = shipped(scale) | own
    needed = keys(scale) if scale.form.is_pasted else scale.codes
    answers = ((value, words.get(f"{scale.id}:{value:g}", Text("", ""))) for value in scale.values.tolist())
    return Instrument(
        scale.id,
        scale.form.title or scale.label,
        words.get(f"{scale.id}:intro"),
        tuple(Question(code, words[code]) for code in scale.codes if code in words),
        tuple(answers),
        tuple(key for key in needed if key not in words),
    )


def shipped(scale: Scale) -> dict[str, Text]:
    """Return the words that the scale's own file gives to the questionnaire; none where the town must paste them."""
    if scale.form.is_pasted:
        return {}
    found = {item.code: item.label for item in scale.items if item.label}
    found |= {f"{scale.id}:{value:g}": words for value, words in scale.answers.items()}
    return found | ({f"{scale.id}:intro": scale.form.instruction} if scale.form.instruction else {})


@dataclass(frozen=True)
class Standing:
    """A declared wave and its state."""

    wave: str
    state: str


def waves(engine: Engine) -> list[Standing]:
    """Return the declared waves, the oldest first."""
    rows = engine.rows("SELECT wave, state FROM survey_waves ORDER BY held_on, wave")
    return [Standing(str(wave), str(state)) for wave, state in rows]
