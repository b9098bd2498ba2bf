"""The panels under the wheel: what the trials say, who goes on alone, what it cost, the course, the group, whom it serves."""

from collections.abc import Sequence
from datetime import date

from metrics.ecosystem import Ecosystem, Practice
from metrics.reading import Reading
from metrics.spread import Milestone
from pages.parts import card, eco_reads, eco_tables, eco_timeline, eco_words, tables
from pages.parts.levier_bars import Bar, bars
from pages.parts.markup import Html, div, facts, join, link, section, span, tag
from pages.parts.outward import outward
from pages.parts.source import Source
from pages.texts import numbers, t, tn, units

CARDS = (
    "staff_reached",
    "participation_rate",
    "return_rate",
    "relevance_rate",
    "autonomous_adoption",
    "external_cost",
)


def reading(source: Source, kpi: str) -> Reading | None:
    """A KPI's reading in this scope, the whole town's where it is not broken down; None where the catalogue lacks it."""
    known = source.kpi(kpi)
    if known is None:
        return None
    return (source if "lead_directorate" in known.by else source.whole_town()).readings().get(kpi)


def value(source: Source, kpi: str) -> str:
    """A KPI's value as its sheet says it, a link to the sheet; a dash when unknown."""
    known, found = source.kpi(kpi), reading(source, kpi)
    if known is None or found is None or found.value is None:
        return numbers.NONE
    return link(source.link("fiche", kpi=kpi), units.text(found.value, known.unit))


def steps(source: Source) -> Html:
    """The wheel's table under a switch: every step of every practice with its date."""
    drawn = tables.drawn(source, eco_tables.STATES, class_="lv-labels lv-eco-tight")
    return tag(
        "details", tag("summary", t("Voir le tableau, avec la date de chaque étape")), drawn, class_="lv-more"
    )


def cards(source: Source) -> Html:
    """The KPIs of the approach as cards: reach over the staff, trials, opinions, adoption, cost."""
    found = [(kpi, reading(source, id)) for id in CARDS if (kpi := source.kpi(id)) is not None]
    drawn = [card.card(source, kpi, read) for kpi, read in found]
    return section(_reach(source), div("lv-cards", *drawn)) if drawn else Html("")


def _reach(source: Source) -> str:
    found = reading(source, "staff_reached")
    if found is None or found.value is None or found.numerator is None or found.denominator is None:
        return t("Ce que disent les indicateurs")
    return t(
        "{n} agents sur {all} sont venus au moins une fois, soit {share}",
        n=numbers.plain(found.numerator),
        all=numbers.plain(found.denominator),
        share=units.text(found.value, "ratio"),
    )


def practices(source: Source, found: Ecosystem) -> Html:
    """What each practice's sessions gave, with its files; how far "all convinced" goes."""
    sessions = sum(p.uses.sessions for p in found.practices)
    people = sum(p.uses.participants for p in found.practices)
    title = tn(
        "{n} séance d’outil, {people} participations",
        "{n} séances d’outils, {people} participations",
        sessions,
        n=numbers.decimal(sessions),
        people=numbers.decimal(people),
    )
    note = t(
        "Du début à la date. Une participation est une venue ; les nouveaux viennent pour la première fois, toutes séances confondues."
    )
    drawn = tables.drawn(source, eco_tables.PRACTICES, class_="lv-labels lv-eco-tight")
    return section(title, convinced(source), measured(found), drawn, open_data(source), note=note)


def convinced(source: Source) -> Html:
    """What the share of opinions "relevant" means: volunteers, and few."""
    found = reading(source, "relevance_rate")
    if found is None or found.value is None or not found.n:
        return Html("")
    limits = units.interval(found.low, found.high, "ratio")
    if found.value == 1:
        words = t(
            "« Tous convaincus », c’est 100 % de {n} avis d’un groupe qui s’est choisi lui-même : intervalle exact {limits}, et rien sur ceux qui ne sont pas venus ou n’ont rien dit.",
            n=numbers.plain(found.n),
            limits=limits,
        )
    else:
        words = t(
            "{share} de {n} avis jugent l’outil pertinent, intervalle exact {limits} : l’avis de volontaires, rien sur ceux qui ne sont pas venus ou n’ont rien dit.",
            share=units.text(found.value, "ratio"),
            n=numbers.plain(found.n),
            limits=limits,
        )
    return tag("p", words, class_="lv-eco-word")


def measured(found: Ecosystem) -> Html:
    """Whether the effect itself was measured: practices with a score before and after."""
    scored = sum(p.uses.scored > 0 for p in found.practices)
    words = (
        tn(
            "{n} outil a un score avant et après, sur sa fiche.",
            "{n} outils ont un score avant et après, sur leur fiche.",
            scored,
        )
        if scored
        else t(
            "Aucun outil n’a encore de score avant et après : il est trop tôt pour dire leur effet (preuve précoce)."
        )
    )
    return tag("p", words, class_="lv-eco-word lv-grey")


def open_data(source: Source, **asked: str) -> Html:
    """The same practices as open data: JSON for machines, a page to read."""
    found = [
        tag("a", words, href=tables.address(source, eco_tables.PRACTICES, form, asked), download=True)
        for form, words in (("json", t("JSON")), ("html", t("page à lire")))
    ]
    return tag("p", span("", t("En open data aussi : ")), join(found, " · "), class_="lv-files")


def alone(source: Source, found: Ecosystem) -> Html:
    """The directorates that go on without the project team."""
    drawn = tables.drawn(source, eco_tables.ALONE)
    note = t("Au moins une séance sans l’équipe projet dans les 90 derniers jours. Adoption autonome :")
    return section(
        _alone_title(source, len(found.autonomous)),
        drawn
        or tag("p", t("Aucune séance sans l’équipe projet dans les 90 derniers jours."), class_="lv-grey"),
        _not_yet(source, found),
        note=join((note, " ", value(source, "autonomous_adoption"))),
    )


def _not_yet(source: Source, found: Ecosystem) -> Html:
    """The directorates that do not yet go on alone, by name."""
    rest = [name for name in source.scopes if name not in dict(found.autonomous)]
    if source.scope or not found.autonomous or not rest:
        return Html("")
    return tag("p", t("Pas encore : {names}.", names=", ".join(rest)), class_="lv-eco-word lv-grey")


def _alone_title(source: Source, n: int) -> str:
    if source.scope:
        where = {"directorate": source.scope}
        return (
            t("{directorate} : des outils animés sans l’équipe projet", **where)
            if n
            else t("{directorate} : rien encore sans l’équipe projet", **where)
        )
    if not n:
        return t("Aucune direction n’anime encore seule")
    return tn("{n} direction anime seule des outils", "{n} directions animent seules des outils", n)


def cost(source: Source) -> Html:
    """External cost with the hours beside it: no cost is not without cost."""
    paid, hours = reading(source, "external_cost"), reading(source, "innovation_hours")
    if hours is not None and hours.value is not None:
        spent = units.text(hours.value, "hours")
        title = (
            t("Coût externe nul, mais {hours} mobilisées", hours=spent)
            if paid is not None and paid.value == 0
            else t("{hours} mobilisées", hours=spent)
        )
    else:
        title = t("Le coût et les heures")
    pairs = [
        (t("Coût externe"), value(source, "external_cost")),
        (t("Heures mobilisées, en sus des missions"), value(source, "innovation_hours")),
        (t("Leur coût, à un taux horaire supposé"), value(source, "innovation_hours_cost")),
    ]
    return section(title, facts(pairs), note=t("Outils, ateliers et MOOC, du début à la date."))


def course(source: Source) -> Html:
    """The online course: enrolled, active, completed, with shares; scores before and after where collected."""
    found = eco_reads.course_of(source)
    if found is None:
        return section(t("Pas encore de MOOC à cette date"))
    steps = ((t("Inscrits"), found.enrolled), (t("Actifs"), found.active), (t("Terminés"), found.completed))
    rows = [
        Bar(words, n, count_of(n, found.enrolled), tone="accent" if place == 2 else "quiet")
        for place, (words, n) in enumerate(steps)
    ]
    title = t(
        "MOOC : {completed} inscriptions sur {enrolled} menées à terme",
        completed=numbers.decimal(found.completed),
        enrolled=numbers.decimal(found.enrolled),
    )
    rate = reading(source, "mooc_completion")
    limits = units.interval(rate.low, rate.high, "ratio") if rate else ""
    note = t("Toute la ville. Taux d’achèvement :")
    switch = tag(
        "details",
        tag("summary", t("Voir le tableau")),
        tables.drawn(source, eco_tables.COURSE),
        class_="lv-more",
    )
    return section(
        title,
        bars(rows),
        _scores(found.scores),
        switch,
        note=join((note, " ", value(source, "mooc_completion"), " ", limits)),
    )


def count_of(n: int | None, whole: int) -> str:
    """A step of the funnel in words: how many, and their share of the enrolled."""
    if n is None:
        return numbers.NONE
    return f"{numbers.decimal(n)} ({units.text(n / whole, 'ratio')})" if n != whole else numbers.decimal(n)


def _scores(found: Sequence[tuple[date, int, float, float]]) -> Html:
    pairs = [
        (
            t("Score, session du {day}", day=numbers.short_day(day)),
            t(
                "{before} avant, {after} après (n = {n})",
                before=numbers.plain(before, 1),
                after=numbers.plain(after, 1),
                n=n,
            ),
        )
        for day, n, before, after in found
    ]
    return facts(pairs) if pairs else Html("")


def group(source: Source) -> Html:
    """The project group beside the staff: how alike they are."""
    drawn = tables.drawn(source, eco_tables.GROUP)
    if not drawn:
        return section(t("Pas encore de groupe projet à cette date"))
    found = reading(source, "group_representativeness")
    size = sum(s.members for s in eco_reads.group_of(source) if s.dimension == "sex")
    likeness = (
        units.text(found.value, "ratio") if found is not None and found.value is not None else numbers.NONE
    )
    title = t("Le groupe projet de {n} ressemble à {share} aux effectifs", n=size, share=likeness)
    note = t("Moyenne, sur le sexe et la catégorie, de 1 moins la moitié des écarts entre parts. Détail :")
    skills = source.catalogue.parameters.get("project_group_skills")
    told = (
        tag(
            "p",
            t("{n} compétences distinctes dans le groupe (supposé).", n=numbers.plain(skills)),
            class_="lv-grey",
        )
        if isinstance(skills, (int, float))
        else ""
    )
    return section(title, drawn, told, note=join((note, " ", value(source, "group_representativeness"))))


def served(source: Source) -> Html:
    """Whom the approach serves, and how far it is shared."""
    found = eco_reads.beneficiaries_of(source)
    if found is None:
        return Html("")
    pairs = [
        (
            t("Directs : l’ensemble des agents"),
            numbers.NONE
            if found.staff is None
            else t("{n} au {day}", n=units.text(found.staff, "n"), day=numbers.short_day(found.counted_on)),
        ),
        (t("Indirects : habitants"), _year(found.population, found.year)),
        (t("Indirects : entreprises"), _year(found.companies, found.year)),
        (t("Presse et réplications, 12 mois"), value(source, "press_and_replications")),
        (t("Presse"), _spread(source, "press") or t("aucun article à cette date")),
        (t("Réplications"), _spread(source, "replication") or t("aucune à cette date")),
        (t("Ressources en open data"), value(source, "open_resources")),
    ]
    return section(
        t("À qui la démarche profite, et jusqu’où elle se diffuse"), facts(pairs), note=t("Toute la ville.")
    )


def _spread(source: Source, kind: str) -> Html:
    """The articles, or the places that took the approach up, each with its date and where it can be read; "" for none."""
    done = [m for m in eco_reads.milestones_of(source) if m.kind == kind and m.timing == "done"]
    return join((join((outward(m.url, m.label), f" ({eco_words.when(m)})")) for m in done), "; ")


def _year(n: int | None, year: int | None) -> str:
    return numbers.NONE if n is None else t("{n} (budget {year})", n=units.text(n, "n"), year=year)


def revolutions(source: Source, found: Ecosystem) -> Html:
    """The generations of practices: how many of each are in use, and what is announced."""
    pairs = [
        (t("Révolution {n}", n=n), _revolution(same)) for n, same in by_revolution(found.practices).items()
    ]
    ahead = [m for m in eco_reads.milestones_of(source) if m.kind == "ecosystem" and m.timing != "done"]
    pairs += [(eco_words.when(m), f"{m.label} ({eco_words.timing(m)})") for m in ahead]
    n = len(by_revolution(found.practices))
    title = tn("{n} révolution d’outils engagée", "{n} révolutions d’outils engagées", n)
    return section(title, facts(pairs), note=t("Une révolution est une génération d’outils."))


def by_revolution(practices: Sequence[Practice]) -> dict[int, list[Practice]]:
    """The practices of each generation, the first first."""
    found: dict[int, list[Practice]] = {}
    for practice in sorted(practices, key=lambda p: p.revolution):
        found.setdefault(practice.revolution, []).append(practice)
    return found


def _revolution(same: Sequence[Practice]) -> str:
    used = [p.deployed_on for p in same if p.deployed_on]
    words = tn(
        "{used} outil en œuvre sur {n}",
        "{used} outils en œuvre sur {n}",
        len(used),
        used=len(used),
        n=len(same),
    )
    if not used:
        return words
    return t(
        "{words}, du {first} au {last}",
        words=words,
        first=numbers.short_day(min(used)),
        last=numbers.short_day(max(used)),
    )


def milestones(source: Source) -> Html:
    """The timeline with its table; what to import where there is none."""
    found = eco_reads.milestones_of(source)
    if not found or source.as_of is None:
        return section(
            t("Aucun jalon à cette date"),
            tag("p", t("Importez la table des jalons pour voir la démarche dans le temps.")),
        )
    switch = tag(
        "details",
        tag("summary", t("Voir le tableau")),
        tables.drawn(source, eco_tables.MILESTONES, class_="lv-labels lv-eco-tight"),
        class_="lv-more",
    )
    return section(
        _milestones_title(found),
        eco_timeline.legend(source.as_of),
        eco_timeline.timeline(found, source.as_of),
        switch,
        note=t("Chaque jalon est daté comme il est connu. Toute la ville."),
    )


def _milestones_title(found: Sequence[Milestone]) -> str:
    done = sum(m.timing == "done" for m in found)
    ahead = len(found) - done
    words = tn("{n} jalon réalisé", "{n} jalons réalisés", done)
    rest = tn("{n} annoncé", "{n} annoncés", ahead)
    return t("{done}, {ahead}", done=words, ahead=rest) if ahead else words
