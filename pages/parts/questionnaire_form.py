"""The questions on screen: who answers, as far as said, then each instrument; every one of them may be left out."""

import re
from collections.abc import Sequence

import streamlit as st

from metrics.questionnaire import Instrument
from pages.parts import questionnaire_reads
from pages.parts.guard import notice
from pages.parts.markup import heading, show, tag
from pages.parts.source import Source
from pages.texts import said, t
from schemas.labels import CATEGORIES, SEXES

MANY = 7  # answers: beyond, they stand in a row that wraps rather than one below the other
LEFT_OUT = ""
SPECIAL = re.compile(r"([\\`*_\[\]<~$&])|^([#+>-])|^(\d+)(?=[.)])|:(?=\w+:|\w+/)")


def draw(source: Source, wave: str) -> dict[str, object] | None:
    """Put the form on the page; return what is sent, None until it is."""
    ready = [each for each in questionnaire_reads.instruments(source) if each.is_ready]
    with st.container(key="questionnaire"), st.form(f"questionnaire.{wave}", border=False):
        given = _about(source)
        for instrument in ready:
            given |= _instrument(instrument)
        st.markdown(t("Une fois envoyées, vos réponses ne peuvent plus être retrouvées ni changées."))
        if not st.form_submit_button(t("Envoyer mes réponses"), type="primary"):
            return None
    answers = {name: value for name, value in given.items() if value not in (None, LEFT_OUT)}
    if not any(name in answers for each in ready for name in (q.code for q in each.questions)):
        words = t("Répondez à une question au moins ; votre code n’a pas servi.")
        show(notice(t("Aucune question n’a de réponse."), words))
        return None
    return answers


def _about(source: Source) -> dict[str, object]:
    """The three attributes; not saying is the answer until another is chosen."""
    groups = questionnaire_reads.about(source)
    show(
        tag("section", heading(2, t("Vous")), tag("p", t("Ces réponses servent à pondérer les moyennes. Une réponse qui les tait, ou qui laisse des questions de côté, peut ne pas compter dans les résultats.")),
            class_="lv-asked")
    )  # fmt: skip
    given: dict[str, object] = {}
    if groups:
        captions = ["", *(plain(", ".join(names)) for names in groups.values())]
        given["directorate_group"] = _attribute(
            "directorate_group", t("Votre groupe de directions"), {name: name for name in groups}, captions
        )
    categories = {key: t("catégorie {letter}", letter=said(words)) for key, words in CATEGORIES.items()}
    given["category"] = _attribute("category", t("Votre catégorie"), categories)
    given["sex"] = _attribute("sex", t("Votre sexe"), {key: said(words) for key, words in SEXES.items()})
    return given


def _attribute(
    name: str, label: str, words: dict[str, str], captions: Sequence[str] | None = None
) -> str | None:
    unsaid = t("Je préfère ne pas le dire")
    return st.radio(
        label,
        [LEFT_OUT, *words],
        format_func=lambda key: plain(words[key]) if key else unsaid,
        captions=captions,
        key=f"answer.{name}",
    )


def _instrument(instrument: Instrument) -> dict[str, object]:
    """One instrument: its heading, what is said above, its questions."""
    above = tag("p", said(instrument.instruction)) if instrument.instruction else ""
    show(tag("section", heading(2, said(instrument.title)), above, class_="lv-asked"))
    words = {_whole(value): said(text) for value, text in instrument.answers}
    shape = "row" if len(words) > MANY else "list"
    with st.container(key=f"questionnaire-{shape}-{slug(instrument.id)}"):
        return {q.code: _question(q.code, said(q.words), words) for q in instrument.questions}


def _question(code: str, label: str, words: dict[float, str]) -> object:
    left_out = t("Je ne réponds pas")

    def shown(value: float | str) -> str:
        if value == LEFT_OUT:
            return left_out
        number, said = f"{value:g}", words[float(value)]
        return plain(f"{number} : {said}" if said else number)

    return st.radio(plain(label), [*words, LEFT_OUT], index=None, format_func=shown, key=f"answer.{code}")


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value


def plain(text: str) -> str:
    """A text as a label shows it word for word: Streamlit reads its labels as Markdown.

    Only what would be read as such is marked: the bare label is also what a screen reader says.
    """
    return SPECIAL.sub(_marked, text)


def _marked(found: re.Match[str]) -> str:
    return f"{found[3]}\\" if found[3] else f"\\{found[0]}"


def slug(id: str) -> str:
    """An id as a style sheet may name it."""
    return re.sub(r"[^a-z0-9]+", "-", id.casefold())
