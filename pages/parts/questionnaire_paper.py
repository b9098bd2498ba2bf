"""The questionnaire on paper: A4, boxes to tick, no code on it; how paper answers get in."""

from collections.abc import Sequence

from metrics.questionnaire import Instrument
from pages.parts import page, questionnaire_reads
from pages.parts.markup import Html, div, heading, join, link, show, span, table, tag
from pages.parts.source import Source
from pages.texts import said, t
from schemas.labels import CATEGORIES, SEXES

BOX = span("lv-tickbox", "", aria_hidden="true")


def draw(source: Source, wave: str) -> None:
    """Put the paper form of a wave on the page."""
    show(sheet(source, wave))


def sheet(source: Source, wave: str) -> Html:
    """The whole form."""
    ready = [each for each in questionnaire_reads.instruments(source) if each.is_ready]
    kicker = t("Questionnaire, vague {wave}", wave=wave) if wave else t("Questionnaire")
    lead = t(
        "Cochez une case par question ; laissez de côté ce que vous voulez. N’écrivez rien d’autre : ni nom, ni service, ni date."
    )
    return div(
        "lv-paper",
        page.head(t("Votre avis, sans votre nom"), kicker=kicker, lead=lead),
        _how(source, wave),
        _about(source),
        *(_instrument(each) for each in ready),
        tag("p", t("Pliez cette feuille et glissez-la dans l’urne. Elle est détruite une fois saisie."), class_="lv-last"),
    )  # fmt: skip


def _how(source: Source, wave: str) -> Html:
    """For whoever prints and types: how paper answers get in. Not printed."""
    steps = (
        t("Imprimez cette page autant de fois qu’il faut, sur une face ou deux ; elle ne porte aucun code."),
        t("Recueillez les feuilles dans une urne fermée, et mélangez-les avant de les lire."),
        t("Saisissez chaque feuille à l’écran avec un code neuf, tiré pour cela sur l’écran Enquêtes : un code par feuille."),
        t("Détruisez les feuilles ensuite : elles sont, elles, dans un ordre et une écriture."),
    )  # fmt: skip
    typing = link(source.link(questionnaire_reads.SCREEN, wave=wave), t("Saisir une feuille"))
    steps_list = tag("ol", *(tag("li", step) for step in steps))
    return div("lv-screen-only", heading(2, t("Sur papier")), steps_list, tag("p", typing))


def _about(source: Source) -> Html:
    unsaid = _box(t("Je préfère ne pas le dire"))
    asked = [
        (t("Votre catégorie"), map(_box, map(said, CATEGORIES.values()))),
        (t("Votre sexe"), map(_box, map(said, SEXES.values()))),
    ]
    groups = questionnaire_reads.about(source)
    if groups:
        asked.insert(0, (t("Votre groupe de directions"), map(_group, groups, groups.values())))
    rows = (join((tag("dt", title), tag("dd", *boxes, unsaid))) for title, boxes in asked)
    return tag("section", heading(2, t("Vous")), tag("dl", *rows), class_="lv-asked")


def _group(name: str, directorates: Sequence[str]) -> Html:
    """A group with the directorates that it is made of: its name alone says too little."""
    return span("lv-group-box", _box(name), span("lv-note", ", ".join(directorates)))


def _instrument(instrument: Instrument) -> Html:
    above = tag("p", said(instrument.instruction)) if instrument.instruction else ""
    body = _ladder(instrument) if len(instrument.questions) == 1 else _grid(instrument)
    return tag("section", heading(2, said(instrument.title)), above, body, class_="lv-asked")


def _grid(instrument: Instrument) -> Html:
    """Questions downwards, answers across."""
    head = (t("Phrase"), *(said(words) or f"{value:g}" for value, words in instrument.answers))
    rows = [(said(q.words), *(BOX for _ in instrument.answers)) for q in instrument.questions]
    return table(head, rows, class_="lv-boxes", caption=said(instrument.title))


def _ladder(instrument: Instrument) -> Html:
    """One question, its answers in a row."""
    (question,) = instrument.questions
    boxes = (_box(f"{value:g} {said(words)}".strip()) for value, words in instrument.answers)
    return join((tag("p", tag("b", said(question.words))), div("lv-boxrow", *boxes)))


def _box(words: str) -> Html:
    return span("lv-tick", BOX, " ", words)
