"""What a score hides, in words and rows: other weights, a stricter mean, the measures' uncertainty, the weakest part."""

from datetime import date, timedelta

from metrics import sensitivity
from metrics.scores import roll_up
from metrics.sensitivity import Node, Range, Sensitivity
from pages.parts import reads, status, tables
from pages.parts.markup import Html, esc, join, section, span, tag
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source
from pages.texts import judgements, numbers, said, t, tn, units

TABLE = "sensibilite"
WIDTH = 150.0  # of a drawing: one and a half pixels for a point of score


@kept(maxsize=VIEWS)
def panel(source: Source, perspective_code: str | None = None) -> Html:
    """The section « Sensibilité » of the whole (None), or of one perspective; "" where no score is computed."""
    found = analysed(source)
    shown = _nodes(source, found, perspective_code)
    if not shown or all(node.score.score is None for node in shown):
        return Html("")
    drawn = tables.drawn(source, TABLE, class_="lv-sens lv-labels", side=perspective_code or "")
    sentences = [*_words(source, found, shown[0]), _method()]
    return section(
        _title(shown[0]),
        tag("p", " ".join(sentences[:-1]), class_="lv-sens-words"),
        drawn,
        tag("p", sentences[-1], class_="lv-note"),
        class_="lv-sensitivity",
    )


@kept(maxsize=VIEWS)
def analysed(source: Source) -> Sensitivity:
    """The sensitivity of all scores at the source's date and scope, made once."""
    return sensitivity.analyse(source.catalogue, source.readings())


def _nodes(source: Source, found: Sensitivity, code: str | None) -> list[Node]:
    """The score that the section is about, then those that it is made of."""
    sides = source.catalogue.scorecard.perspectives
    if not code:
        return [found.nodes[""], *(found.nodes[side.code] for side in sides)]
    side = next((side for side in sides if side.code == code), None)
    return [found.nodes[code], *(found.nodes[goal.code] for goal in side.objectives)] if side else []


def _title(first: Node) -> str:
    """The finding: whether weights could change the picture."""
    if first.score.score is None or first.weights is None:
        return t("Sensibilité : l’ensemble n’est pas calculé, ses parties le sont")
    return t(
        "Sensibilité : d’autres poids laisseraient le score entre {low} et {high}",
        low=_score(first.weights.low),
        high=_score(first.weights.high),
    )


def _words(source: Source, found: Sensitivity, first: Node) -> list[str]:
    """The section in sentences: geometric mean, uncertainty, since last month, weakest part, ranks."""
    parts = []
    if first.geometric is not None and _score(first.geometric) == _score(first.score.score):
        parts.append(
            t("La moyenne géométrique, où un point fort ne rachète pas un point faible, n’y change rien.")
        )
    elif first.geometric is not None:
        parts.append(
            t(
                "La moyenne géométrique, où un point fort ne rachète pas un point faible, donne {geometric} au lieu de {score}.",
                geometric=_score(first.geometric),
                score=_score(first.score.score),
            )
        )
    parts += [_measured(first), _moved(source, first), _hidden(first), _ranks(found)]
    return [part for part in parts if part]


def _measured(node: Node) -> str:
    if node.measures is None:
        return ""
    if not node.uncertain:
        return t("Aucun des indicateurs n’a d’intervalle.")
    return tn(
        "L’intervalle d’un indicateur, reporté, le place entre {low} et {high}.",
        "Les intervalles de {n} indicateurs, reportés, le placent entre {low} et {high}.",
        node.uncertain,
        low=_score(node.measures.low),
        high=_score(node.measures.high),
    )


def _moved(source: Source, node: Node) -> str:
    """How the score moved since the month before, as far as its measures can tell."""
    before = _month_before(source)
    if before is None:
        return ""
    kept = reads.readings(source.reads, before, source.scope)
    rolled = roll_up(reads.in_force(source.reads, before, source.scope), kept)
    score = sensitivity.all_scores(rolled)[node.code].score
    moved = sensitivity.move(score, node)
    if moved == "stable" and _score(score) != _score(node.score.score):
        return t(
            "Il est à {now}, contre {before} le {day} : l’écart ne dépasse pas l’incertitude.",
            now=_score(node.score.score),
            before=_score(score),
            day=numbers.day(before),
        )
    words = {
        "stable": lambda: t("stable depuis le {day} ({score})", day=numbers.day(before), score=_score(score)),
        "up": lambda: t(
            "plus haut que le {day} ({score}), au-delà de son incertitude",
            day=numbers.day(before),
            score=_score(score),
        ),
        "down": lambda: t(
            "plus bas que le {day} ({score}), au-delà de son incertitude",
            day=numbers.day(before),
            score=_score(score),
        ),
    }
    return t("Il est {moved}.", moved=words[moved]()) if moved else ""


def _month_before(source: Source) -> date | None:
    """The last month end before the source's month, when readings were kept for it."""
    if source.as_of is None:
        return None
    before = source.as_of.replace(day=1) - timedelta(days=1)
    return before if before in source.dates else None


def _hidden(node: Node) -> str:
    """The KPIs off target behind a score."""
    codes = node.score.off_target
    if not codes:
        return t("Aucun indicateur n’est en écart derrière ce score.") if node.score.score is not None else ""
    listed = ", ".join(codes)
    return tn(
        "Derrière lui, {codes} est en écart.",
        "Derrière lui, {n} indicateurs sont en écart : {codes}.",
        len(codes),
        codes=listed,
    )


def _ranks(found: Sensitivity) -> str:
    if found.kendall is None:
        return ""
    return t(
        "D’un tirage de poids à l’autre, le classement des objectifs se ressemble à {tau} (tau de Kendall ; 1 : toujours le même).",
        tau=numbers.decimal(found.kendall, 2),
    )


def _method() -> str:
    return t(
        "Point : le score ; trait épais : 95 % de {draws} tirages de poids (loi de Dirichlet, chaque poids à ± 25 % près) ; "
        "trait fin : l’incertitude des mesures. Un score absent reste absent.",
        draws=numbers.decimal(sensitivity.DRAWS),
    )


@tables.offered(TABLE)
def sensitivity_table(source: Source, asked: tables.Asked) -> tables.Table | None:
    """Every score of the whole or of perspective ``side``: its ranges, its geometric mean, its weakest part."""
    code = asked.get("side", "") or None
    nodes = _nodes(source, analysed(source), code)
    columns = (
        tables.Column(t("Score de")),
        tables.Column(t("Score"), "number"),
        tables.Column(t("De 0 à {top}", top=numbers.out_of()), in_file=False),
        tables.Column(t("Poids à ± 25 %")),
        tables.Column(t("Incertitude des mesures")),
        tables.Column(t("Moyenne géométrique"), "number"),
        tables.Column(t("Rang conservé"), "number", "ratio"),
        tables.Column(t("Le plus faible")),
    )
    rows = [_row(source, node) for node in nodes]
    return tables.table(source, t("Sensibilité des scores"), columns, rows, about=code or "")


def _row(source: Source, node: Node) -> list[tables.Value | tables.Cell]:
    score = node.score.score
    shown = numbers.score(score, node.score.status == "on_target")
    return [
        _label(source, node.code),
        tables.Cell(score, shown),
        tables.Cell(None, interval(node)),
        _between(node.weights),
        _between(node.measures),
        tables.Cell(node.geometric, numbers.score(node.geometric)),
        tables.Cell(node.keeps_rank, units.text(node.keeps_rank, "ratio")),
        tables.Cell(_worst_words(node), worst(node)),
    ]


def _label(source: Source, code: str) -> str:
    card = source.catalogue.scorecard
    side = next((side for side in card.perspectives if side.code == code), None)
    if side:
        return said(side.label)
    goal = card.objectives.get(code)
    return f"{code} {said(goal.label)}" if goal else t("L’ensemble")


def worst(node: Node) -> Html:
    """The weakest thing behind a score, with its status in shape and word; "" when nothing is known."""
    if not node.score.worst:
        return Html("")
    return join((span("lv-code", node.score.worst), " ", status.status(node.score.worst_status)))


def _worst_words(node: Node) -> str:
    return f"{node.score.worst} {judgements.word(node.score.worst_status)}" if node.score.worst else ""


def _between(found: Range | None) -> str:
    if found is None:
        return numbers.NONE
    low, high = _score(found.low), _score(found.high)
    return low if low == high else t("{low} à {high}", low=low, high=high)


def _score(value: float | None) -> str:
    return numbers.score(value, is_met=True)  # a bound of a range: rounded, it claims no target


def interval(node: Node) -> Html:
    """A score as a point on its scale, its range under other weights thick, its uncertainty thin."""
    if node.score.score is None:
        return Html("")
    words = t(
        "score {score}, poids {weights}, mesures {measures}",
        score=_score(node.score.score),
        weights=_between(node.weights),
        measures=_between(node.measures),
    )
    lines = [_line("ground", Range(0, 100)), _line("measures", node.measures), _line("weights", node.weights)]
    dot = f'<circle class="dot" cx="{_x(node.score.score):.1f}" cy="9" r="4"/>'
    return Html(
        f'<svg class="lv-range" viewBox="0 0 {WIDTH:.0f} 18" width="{WIDTH:.0f}" height="18" role="img" aria-label="{esc(words)}">'
        f"{''.join(lines)}{dot}</svg>"
    )


def _line(kind: str, found: Range | None) -> str:
    if found is None:
        return ""
    return f'<line class="{kind}" x1="{_x(found.low):.1f}" x2="{_x(found.high):.1f}" y1="9" y2="9"/>'


def _x(score: float) -> float:
    """Where a score stands on a drawing, room left for the point at both ends."""
    return 5 + (WIDTH - 10) * score / 100
