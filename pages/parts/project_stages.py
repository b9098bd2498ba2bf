"""A project's stages as a bar along time: each spell with its name, its dates and its length."""

from datetime import date

from pages.parts.fiche_columns import label
from pages.parts.markup import Html, esc, join, span, table, tag
from pages.parts.sheet_reads import Row
from pages.texts import numbers, t, tn

NARROWEST = 1.0  # percent: a short spell is still seen
LETTER, DIGIT = (
    2.1,
    3.0,
)  # percent of a telephone's width that a letter of a name takes; that a number alone needs
TONES = 6


def bar(stages: list[Row], as_of: date) -> Html:
    """The drawing and its table; in words when there is no stage."""
    if not stages:
        return tag("p", span("lv-grey", t("Aucune étape enregistrée à cette date.")))
    first, last = stages[0]["entered_on"], max(s["left_on"] or as_of for s in stages)
    whole = max(1, (last - first).days)
    parts = []
    for place, stage in enumerate(stages):
        at = 100 * (stage["entered_on"] - first).days / whole
        wide = max(NARROWEST, 100 * ((stage["left_on"] or as_of) - stage["entered_on"]).days / whole)
        wide = min(wide, 100 - at)
        parts.append(
            f'<rect class="tone{place % TONES}" x="{at:.2f}%" y="0" width="{wide:.2f}%" height="18"/>'
        )
        words = f"{place + 1}. {label('stage', stage['stage'])}"
        said = words if wide >= LETTER * len(words) else str(place + 1) if wide >= DIGIT else ""
        if said:
            parts.append(f'<text x="{at:.2f}%" y="34">{esc(said)}</text>')
    drawn = Html(f'<svg class="lv-stages" width="100%" height="40" aria-hidden="true">{"".join(parts)}</svg>')
    rows = [
        [
            f"{place}. {label('stage', s['stage'])}",
            numbers.day(s["entered_on"]),
            numbers.day(s["left_on"]) if s["left_on"] else t("en cours"),
            _days(s, as_of),
        ]
        for place, s in enumerate(stages, start=1)
    ]
    head = [t("Étape"), t("Entrée"), t("Sortie"), t("Durée")]
    return join((drawn, table(head, rows, caption=t("Les étapes"), right=[3])))


def _days(stage: Row, as_of: date) -> str:
    days = ((stage["left_on"] or as_of) - stage["entered_on"]).days
    return tn("{n} jour", "{n} jours", days, n=numbers.decimal(days))
