"""The tables of the 12 levers: practices (open data too), directorates that run sessions alone, course, group, milestones."""

from metrics.ecosystem import Practice
from metrics.spread import Share
from pages.parts import eco_reads, eco_wheel, eco_words, tables
from pages.parts.fiche_columns import label
from pages.parts.markup import link
from pages.parts.outward import outward
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import numbers, t

PRACTICES, STATES, ALONE, COURSE, GROUP, MILESTONES = (
    "ecosysteme-outils",
    "ecosysteme-etats",
    "ecosysteme-autonomie",
    "ecosysteme-mooc",
    "ecosysteme-groupe",
    "ecosysteme-jalons",
)


@tables.offered(PRACTICES)
def practices_table(source: Source, asked: Asked) -> Table | None:
    """Every practice with its state, dates, sums and opinions; of one practice with ``id``. The open data of the practices."""
    found = eco_reads.practices_of(source)
    rows = (
        [_practice(source, p) for p in found.practices if asked.get("id", p.practice) == p.practice]
        if found
        else []
    )
    columns = [
        Column(t("Outil"), key="name"),
        Column(t("Code outil"), on_screen=False, key="practice", is_code=True),
        Column(t("Levier"), key="lever_label"),
        Column(t("Code levier"), key="lever", on_screen=False, is_code=True),
        Column(t("Révolution"), "number", "", on_screen=False, key="revolution"),
        Column(t("Description"), on_screen=False, key="description"),
        Column(t("État"), key="state_label"),
        Column(t("Code état"), key="state", on_screen=False, is_code=True),
        Column(t("Expérimenté le"), "date", on_screen=False, key="trialled_on"),
        Column(t("Validé le"), "date", on_screen=False, key="validated_on"),
        Column(t("Mis en œuvre le"), "date", on_screen=False, key="deployed_on"),
        Column(t("Dernière séance le"), "date", on_screen=False, key="last_held_on"),
        Column(t("Séances"), "number", "n", key="sessions"),
        Column(t("Participations"), "number", "n", key="participants"),
        Column(t("Nouveaux"), "number", "n", key="newcomers"),
        Column(t("Retour"), "number", "ratio", key="return_rate"),
        Column(t("Participations comptées au retour"), "number", "n", on_screen=False, key="counted"),
        Column(t("Avis « pertinent »"), "number", "ratio", key="relevance"),
        Column(t("Avis exprimés"), "number", "n", on_screen=False, key="opinions"),
        Column(t("Borne basse"), "number", "ratio", on_screen=False, key="relevance_low"),
        Column(t("Borne haute"), "number", "ratio", on_screen=False, key="relevance_high"),
        Column(t("Heures"), "number", "hours", key="hours"),
        Column(t("Coût externe"), "number", "eur", key="external_cost_amount"),
        Column(t("Score avant"), "number", "", on_screen=False, key="score_before"),
        Column(t("Score après"), "number", "", on_screen=False, key="score_after"),
        Column(t("Directions autonomes"), "text", on_screen=False, key="autonomous_directorates"),
    ]
    return (
        tables.table(source, t("Outils des 12 leviers"), columns, rows, about=asked.get("id", ""))
        if rows
        else None
    )


def _practice(source: Source, p: Practice) -> list[object]:
    uses, opinion = p.uses, p.uses.relevance
    share, low, high = opinion or (None, None, None)
    return [
        Cell(p.name, link(source.link("outil", id=p.practice), p.name)),
        p.practice,
        label("lever", p.lever),
        p.lever,
        p.revolution,
        p.description,
        Cell(eco_words.state(p.state), eco_words.mark(p.state)),
        p.state,
        p.trialled_on,
        p.validated_on,
        p.deployed_on,
        uses.last_held_on,
        uses.sessions,
        uses.participants,
        uses.newcomers,
        uses.return_rate,
        uses.counted,
        Cell(share, eco_words.relevance(uses)),
        uses.opinions,
        low,
        high,
        Cell(uses.hours, eco_words.known_hours(uses)),
        Cell(uses.external_cost, eco_words.cost(uses)),
        uses.score_before,
        uses.score_after,
        ", ".join(name for name, _ in p.autonomous),
    ]


@tables.offered(STATES)
def states_table(source: Source, asked: Asked) -> Table | None:
    """The wheel as a table: each lever's practice, its state, and the dates of its steps; an empty lever is there too."""
    found = eco_reads.practices_of(source)
    if found is None:
        return None
    rows: list[list[object]] = []
    for lever, same in eco_wheel.by_lever(found.practices).items():
        rows += [_steps(source, p) for p in same] or [[label("lever", lever), t("aucun outil"), *[None] * 5]]
    columns = (
        Column(t("Levier")),
        Column(t("Outil")),
        Column(t("État")),
        Column(t("Expérimenté le"), "date"),
        Column(t("Validé le"), "date"),
        Column(t("Mis en œuvre le"), "date"),
        Column(t("Dernière séance le"), "date"),
    )
    return tables.table(source.whole_town(), t("Chaque levier, son outil et ses étapes"), columns, rows)


def _steps(source: Source, p: Practice) -> list[object]:
    days = (p.trialled_on, p.validated_on, p.deployed_on, p.last_on)
    return [
        label("lever", p.lever),
        Cell(p.name, link(source.link("outil", id=p.practice), p.name)),
        Cell(eco_words.state(p.state), eco_words.mark(p.state)),
        *(Cell(day, numbers.short_day(day)) for day in days),
    ]


@tables.offered(ALONE)
def alone_table(source: Source, asked: Asked) -> Table | None:
    """The directorates with sessions without the project team in the last 90 days, practice by practice."""
    found = eco_reads.practices_of(source)
    if not found or not found.autonomous:
        return None
    rows = [
        [name, ", ".join(p.name for p in found.practices if name in dict(p.autonomous)), n]
        for name, n in found.autonomous
    ]
    columns = (Column(t("Direction")), Column(t("Outils")), Column(t("Séances sans l’équipe"), "number", "n"))
    return tables.table(source, t("Directions autonomes, 90 derniers jours"), columns, rows)


@tables.offered(COURSE)
def course_table(source: Source, asked: Asked) -> Table | None:
    """The online course's funnel: how many at each step, and their share of the enrolled."""
    found = eco_reads.course_of(source)
    if not found:
        return None
    steps = ((t("Inscrits"), found.enrolled), (t("Actifs"), found.active), (t("Terminés"), found.completed))
    rows = [[words, n, None if n is None else n / found.enrolled] for words, n in steps]
    columns = (
        Column(t("Étape")),
        Column(t("Agents"), "number", "n"),
        Column(t("Part des inscrits"), "number", "ratio"),
    )
    return tables.table(source.whole_town(), t("MOOC : des inscrits aux terminés"), columns, rows)


@tables.offered(GROUP)
def group_table(source: Source, asked: Asked) -> Table | None:
    """The project group beside the staff, by sex and category."""
    rows = [
        [
            _group_label(s.dimension, s.code),
            s.members,
            s.group,
            s.staff,
            _gap(s),
        ]
        for s in eco_reads.group_of(source)
    ]
    columns = (
        Column(t("Qui")),
        Column(t("Membres"), "number", "n"),
        Column(t("Groupe"), "number", "ratio"),
        Column(t("Effectifs"), "number", "ratio"),
        Column(t("Écart"), "number", "ratio"),
    )
    return (
        tables.table(source.whole_town(), t("Le groupe projet et les effectifs"), columns, rows)
        if rows
        else None
    )


def _gap(share: Share) -> Cell:
    """How far the group's share is from the staff's, in points."""
    if share.staff is None:
        return Cell(None)
    gap = share.group - share.staff
    sign = "+" if gap > 0 else ""
    return Cell(gap, t("{n} pts", n=f"{sign}{numbers.plain(100 * gap, 1)}"))


def _group_label(dimension: str, code: str) -> str:
    words = {"F": lambda: t("Femmes"), "M": lambda: t("Hommes")}
    return words[code]() if dimension == "sex" else t("Catégorie {code}", code=code)


@tables.offered(MILESTONES)
def milestones_table(source: Source, asked: Asked) -> Table | None:
    """The milestones with the days between which each may stand."""
    rows = [
        [
            Cell(m.start, eco_words.when(m)),
            m.end,
            label("date_precision", m.precision),
            Cell(m.label, outward(m.url, m.label)),
            label("milestone_kind", m.kind),
            eco_words.timing(m),
            m.source,
            m.url,
        ]
        for m in eco_reads.milestones_of(source)
    ]
    columns = (
        Column(t("Du"), "date"),
        Column(t("Au"), "date", on_screen=False),
        Column(t("Précision")),
        Column(t("Jalon")),
        Column(t("Type")),
        Column(t("État")),
        Column(t("Source"), on_screen=False),
        Column(t("Lien"), on_screen=False),
    )
    return tables.table(source.whole_town(), t("Jalons de la démarche"), columns, rows) if rows else None
