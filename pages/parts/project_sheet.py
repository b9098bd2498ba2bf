"""A project's sheet: who leads it, where it stands, its stages, its financing plan, what the law says of it, its origin."""

from pages.parts import overview, page, sheet_parts, sheet_reads, tables
from pages.parts.fiche_columns import label, title
from pages.parts.markup import Html, div, facts, join, link, section, span, tag
from pages.parts.project_stages import bar
from pages.parts.sheet_reads import Row
from pages.parts.source import Source
from pages.parts.tables import Asked, Table
from pages.texts import leverage, numbers, t, tn


def body(source: Source, asked: str) -> Html:
    """The whole sheet of the project that the address names. Raises Forbidden without ``read_rows``."""
    if source.as_of is None:
        return overview.empty(source, t("Fiche projet"))
    row = sheet_reads.project(source, asked)
    if row is None:
        return sheet_parts.unknown(source, "projects", "projet", asked, t("Fiche projet"))
    stages, lines = sheet_reads.stages(source, asked), sheet_reads.lines(source, "project_id", asked)
    head = page.head(row["title"], kicker=t("Projet {id}", id=asked), lead=_lead(source, row, stages))
    two = div(
        "lv-two",
        section(t("Le projet"), facts(_about(source, row))),
        section(t("Les étapes"), bar(stages, source.as_of)),
    )
    return join((head, two, _plan(source, row, lines), sheet_parts.origins(source, [row, *stages, *lines])))


def _lead(source: Source, row: Row, stages: list[Row]) -> str:
    """Where the project stands at the date, in a sentence."""
    when = source.as_of
    if row["opened_on"] and when and row["opened_on"] > when:
        return t("Pas encore ouvert au {day}.", day=numbers.day(when))
    if row["closed_on"] and when and row["closed_on"] <= when:
        outcome = label("outcome", row["outcome"]) if row["outcome"] else t("clos")
        return t("Clos le {day} : {outcome}.", day=numbers.day(row["closed_on"]), outcome=outcome)
    current = next((s for s in reversed(stages) if s["left_on"] is None), None)
    if current is None:
        return t("Ouvert, sans étape en cours.")
    return t(
        "Ouvert, en {stage} depuis le {day}.",
        stage=label("stage", current["stage"]),
        day=numbers.day(current["entered_on"]),
    )


def _about(source: Source, row: Row) -> list[tuple[object, object]]:
    known = source.scopes
    partners = [name.strip() for name in (row["partner_directorates"] or "").split(";") if name.strip()]
    pairs: list[tuple[object, object]] = [
        (
            title("lead_directorate"),
            _directorate(source, row["lead_directorate"])
            if row["lead_directorate"] in known
            else row["lead_directorate"] or numbers.NONE,
        ),
        (
            title("partner_directorates"),
            join([_directorate(source, name) if name in known else name for name in partners], ", ")
            or numbers.NONE,
        ),
        (title("objective"), _objective(source, row["objective"])),
        (title("theme"), row["theme"] or numbers.NONE),
    ]
    for name in ("opened_on", "works_started_on", "works_ended_on", "closed_on"):
        pairs.append((title(name), numbers.day(row[name])))
    pairs.append((title("total_cost_amount"), sheet_parts.euros(row["total_cost_amount"])))
    pairs.append(
        (
            title("project_owner"),
            label("project_owner", row["project_owner"]) if row["project_owner"] else numbers.NONE,
        )
    )
    return pairs


def _directorate(source: Source, name: str) -> Html:
    return link(source.link("direction", name=name), name)


def _objective(source: Source, code: str | None) -> object:
    from pages.parts import map_reads
    from pages.texts import said

    goal = source.catalogue.scorecard.objectives.get(code or "")
    return (
        link(map_reads.objective(source, goal.code), f"{goal.code} {said(goal.label)}")
        if goal
        else code or numbers.NONE
    )


def _plan(source: Source, row: Row, lines: list[Row]) -> Html:
    """The financing plan: the town's own, public and private money, then each line, and what the law says."""
    kept = [r for r in lines if not r["is_cancelled"]]
    public = sum(float(r["awarded_amount"] or 0) for r in kept if r["is_public"])
    private = sum(float(r["awarded_amount"] or 0) for r in kept if not r["is_public"])
    plan = sheet_reads.plan(source, str(row["project_id"]))
    legal = (
        leverage.verdict(plan) if plan else t("rien de notifié depuis le changement de méthode : non examiné")
    )
    cost, own = row["total_cost_amount"], row["own_funds_amount"]
    gap = None if cost is None or own is None else float(cost) - float(own) - public - private
    pairs = [
        (t("Fonds propres de la ville"), sheet_parts.euros(own)),
        (t("Public notifié"), sheet_parts.euros(public)),
        (t("Privé notifié"), sheet_parts.euros(private)),
        (t("Reste à financer"), sheet_parts.euros(gap)),
        (t("Part propre des financements publics"), legal),
    ]
    words = tn(
        "{n} ligne de financement, {awarded} notifiés",
        "{n} lignes de financement, {awarded} notifiés",
        len(lines),
        awarded=sheet_parts.euros(public + private),
    )
    drawn = tables.drawn(source, "projet-financements", id=str(row["project_id"]), class_="lv-rows")
    none = tag("p", span("lv-grey", t("Aucune demande de financement à cette date.")))
    return section(
        words if lines else t("Le plan de financement"),
        facts(pairs),
        sheet_parts.folded(drawn, len(lines)) if drawn else none,
    )


@tables.offered("projet-financements")
def lines_table(source: Source, asked: Asked) -> Table | None:
    """The financing lines of project ``id``, as known at the date."""
    id = asked.get("id", "")
    if source.as_of is None or not (found := sheet_reads.lines(source, "project_id", id)):
        return None
    rows = [sheet_parts.line(source, row, "partenaire") for row in found]
    return tables.table(
        source,
        t("Plan de financement de {id}", id=id),
        sheet_parts.line_columns(t("Partenaire")),
        rows,
        about=id,
    )
