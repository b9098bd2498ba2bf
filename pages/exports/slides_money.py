"""The money on a slide: what was asked, granted, contracted and paid, and the plans behind."""

from metrics.leverage import Leverage, Plan
from pages.charts.palette import LIGHT
from pages.exports import deckcharts
from pages.exports.deck import BODY, NOTE, Box, Deck, Line, Page
from pages.exports.material import Material
from pages.exports.model import Edition
from pages.exports.numberformats import number_format
from pages.texts import leverage, t, units

CHART, APART, ROW = 4.4, 0.35, 0.4  # inches
MOST_ROWS = 11
WIDTHS = (0.35, 0.17, 0.17, 0.16, 0.15)


def money(deck: Deck, edition: Edition, material: Material) -> None:
    """Add the slide of the financing; none where nothing was awarded."""
    found = material.leverage
    if found is None:
        return
    page = deck.slide(
        leverage.ladder_title(found), leverage.title(found, "awarded"), [*_told(found), edition.sources]
    )
    _ladder(page, found)
    _plans(page, found)


def _told(found: Leverage) -> list[str]:
    """Each rung in words: the amount to the euro, and what it makes of an own euro."""
    stages = leverage.stages()
    return [
        ", ".join(
            (
                t(
                    "{stage} : {amount}",
                    stage=stages[one.stage],
                    amount=units.text(one.amount, "eur", exact=True),
                ),
                *((units.text(one.leverage, "eur_per_eur"),) if one.leverage is not None else ()),
            )
        )
        for one in found.ladder
    ]


def _ladder(page: Page, found: Leverage) -> None:
    stages = leverage.stages()
    deckcharts.bars(
        page,
        Box(BODY.left, BODY.top, CHART, BODY.height),
        [stages[one.stage] for one in found.ladder],
        [(t("Montant"), [one.amount for one in found.ladder])],
        number_format("eur"),
        t("Échelle du financement. {list}.", list=" ; ".join(_told(found))),
        colours=[[LIGHT.accent] * len(found.ladder)],
        upright=True,
    )


def _plans(page: Page, found: Leverage) -> None:
    head = (t("Projet"), t("Fonds propres"), t("Partenaires"), t("Effet de levier"), t("Part propre"))
    shown = [_row(plan) for plan in found.plans[:MOST_ROWS]]
    left = BODY.left + CHART + APART
    box = Box(left, BODY.top, BODY.width - CHART - APART, min(BODY.height, ROW * (len(shown) + 1)))
    words = t(
        "Tableau : les plus grands plans de financement, {n} sur {of}", n=len(shown), of=len(found.plans)
    )
    page.table(box, head, shown, WIDTHS, words, frozenset({1, 2, 3, 4}), NOTE)


def _row(plan: Plan) -> list[Line | str]:
    return [
        f"{plan.project_id} {plan.title}",
        units.text(plan.own, "eur"),
        units.text(plan.partner, "eur"),
        units.text(plan.leverage, "eur_per_eur"),
        units.text(plan.own_share, "ratio"),
    ]
