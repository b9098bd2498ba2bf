"""What a choice of projects shows: the budgets by year, the chosen set, the other ways of choosing, what more would bring; or why not."""

from metrics.choosing.found import Chosen, Core, Portfolio, Rule
from metrics.choosing.question import Budget
from pages.parts import chart, choice_words, svg, tables
from pages.parts.choice_question import EXAMPLE
from pages.parts.choice_reads import Answer
from pages.parts.choice_tables import MORE, PROJECTS, WAYS, YEARS
from pages.parts.levier_bars import Bar, bars
from pages.parts.markup import Html, div, heading, join, link, section, span, tag
from pages.parts.source import Source
from pages.texts import numbers, said, t, tn, units

LISTED = 8  # projects of a list before it is folded


def body(source: Source, answer: Answer) -> Html:
    """The answer, panel by panel."""
    found = answer.chosen
    if found is None:
        return Html("")
    if found.portfolio is None:
        return _barred(found)
    best = found.portfolio
    return join(
        (
            _years(source, answer, found, best),
            _projects(source, answer, found, best),
            _ways(source, answer, found, best),
            _more(source, answer, found),
            _risk(found),
            _core(source, answer, found),
            _barred(found),
            _assumed(found),
        )
    )


def impossible(answer: Answer) -> Html:
    """The rules that cannot hold together, for right under the headline; nothing where something was chosen."""
    found = answer.chosen
    if found is None or found.portfolio is not None:
        return Html("")
    if not found.conflict:
        return section(
            t("Que faire"), tag("p", t("Relâchez une règle ou resserrez les candidats, puis relancez."))
        )
    rules = [tag("li", choice_words.rule(rule.words)) for rule in found.conflict]
    note = t("Retirez ou relâchez n’importe laquelle : les autres peuvent alors tenir.")
    return section(
        t("Ces règles ne peuvent pas tenir ensemble"), tag("ul", *rules, class_="lv-conflict"), note=note
    )


def _years(source: Source, answer: Answer, found: Chosen, best: Portfolio) -> Html:
    """Each budget by year: what the chosen set takes of it."""
    groups = [_budget(found, best, budget) for budget in found.choice.budgets]
    table = tables.drawn(source, YEARS, class_="lv-labels", **answer.params)  # type: ignore[arg-type]
    return section(
        choice_words.bound(found),
        div("lv-choice-years", *groups),
        chart.switch(table),
        note=t("Ce que le choix prend de chaque budget, année par année. Le trait est le budget."),
    )


def _budget(found: Chosen, best: Portfolio, budget: Budget) -> Html:
    used = best.uses[budget.resource]
    top = max([*used, *(one for one in budget.amounts if one is not None)], default=0.0) * 1.04 or 1.0
    rows = []
    for year, taken, most in zip(found.choice.years, used, budget.amounts, strict=True):
        words = t(
            "{used} sur {most}",
            used=choice_words.amount(budget.resource, taken),
            most=choice_words.amount(budget.resource, most),
        )
        drawn = svg.bullet(taken, top, target=most, words=f"{year}{t(' : ')}{words}")
        rows.append(
            div(
                "lv-choice-year",
                span("", str(year)),
                span("lv-choice-bar", drawn),
                span("lv-choice-said", words),
            )
        )
    return div("", heading(3, choice_words.resource(budget.resource)), *rows)


def _projects(source: Source, answer: Answer, found: Chosen, best: Portfolio) -> Html:
    """The chosen projects, the others under a switch."""
    drawn = tables.drawn(
        source,
        PROJECTS,
        class_="lv-labels lv-choice-table",
        most=max(len(best.picks), 1),
        unfolds=True,
        **answer.params,
    )
    title = tn("Le projet choisi", "Les {n} projets choisis", len(best.picks))
    partner, leverage = choice_words.money(best.public + best.private), choice_words.leverage(best.leverage)
    note = t(
        "{own} de fonds propres, {partner} de partenaires : levier {leverage}.",
        own=choice_words.money(best.own),
        partner=partner,
        leverage=leverage,
    )
    if best.to_find >= 1:
        short = sum(found.choice.candidate(id).unasked >= 1 for id in best.ids)
        words = tn(
            "{n} projet a encore {amount} à trouver.",
            "{n} projets ont encore {amount} à trouver.",
            short,
            amount=choice_words.money(best.to_find),
        )
        note = f"{note} {words}"
    return section(title, drawn, note=f"{note} {choice_words.proof(found)}")


def _ways(source: Source, answer: Answer, found: Chosen, best: Portfolio) -> Html:
    """The best set against the greedy ones; the present plan, in words where it breaks rules."""
    kept = [one for one in found.rivals if not one.breaks]
    rows = [_bar(one, one is best) for one in (best, *kept)]
    broken = [
        tag(
            "p",
            t(
                "{way} : {total}, mais {broken}.",
                way=choice_words.way(one.name),
                total=choice_words.money(one.total),
                broken=choice_words.rules_broken(one),
            ),
            class_="lv-note",
        )
        for one in found.rivals
        if one.breaks
    ]
    table = tables.drawn(source, WAYS, class_="lv-labels", **answer.params)  # type: ignore[arg-type]
    return section(
        _ways_title(best, kept),
        bars(rows),
        *broken,
        chart.switch(table),
        note=t("Investissement total de chaque façon de choisir, dans les mêmes règles."),
    )


def _ways_title(best: Portfolio, kept: list[Portfolio]) -> str:
    higher = [
        one
        for one in kept
        if (one.leverage or 0) > (best.leverage or 0) + 0.005 and one.total < best.total - 1
    ]
    if higher:
        return t("Le plus fort levier n’est pas le plus grand investissement")
    beaten = [one for one in kept if one.total < best.total - 1]
    if not beaten:
        return t("Aucune autre façon de choisir ne fait moins")
    return t("Choisir ensemble fait plus que prendre un par un")


def _bar(one: Portfolio, is_best: bool) -> Bar:
    leverage = choice_words.leverage(one.leverage)
    count = tn("{n} projet", "{n} projets", len(one.picks))
    return Bar(
        choice_words.way(one.name),
        one.total,
        choice_words.money(one.total),
        tone="accent" if is_best else "quiet",
        aside=t("levier {leverage} · {count}", leverage=leverage, count=count),
        is_strong=is_best,
    )


def _more(source: Source, answer: Answer, found: Chosen) -> Html:
    """What a little more of each budget would bring, in sentences."""
    if not found.shadows:
        return Html("")
    items = [tag("li", choice_words.shadow(found.choice, one)) for one in found.shadows]
    table = tables.drawn(source, MORE, class_="lv-labels", **answer.params)  # type: ignore[arg-type]
    best = max(found.shadows, key=lambda one: one.gain)
    title = (
        t(
            "Ce qu’un peu plus apporterait : jusqu’à {gain}",
            gain=choice_words.objective(found.choice, best.gain),
        )
        if best.gain > choice_words.EVEN
        else t("Un peu plus d’argent ou de temps ne changerait rien")
    )
    return section(
        title,
        tag("ul", *items, class_="lv-choice-more"),
        chart.switch(table),
        note=t("Le choix refait avec un peu plus de chaque budget."),
    )


def _risk(found: Chosen) -> Html:
    """How often the chosen set keeps within its own funds over the draws."""
    kept = found.kept
    if kept is None:
        return Html("")
    share = units.text(round(kept.checked, 2), "ratio")
    title = t("Les fonds propres suffisent dans {share} des tirages", share=share)
    words = [
        t(
            "Sur {n} tirages de coûts, d’inflation des travaux et de décisions (suppositions) : {probability} ; sur autant de nouveaux : {checked}.",
            n=numbers.decimal(kept.draws),
            probability=units.text(round(kept.probability, 2), "ratio"),
            checked=share,
        )
    ]
    if kept.unguarded is not None:
        words.append(
            t(
                "Sans cette exigence, le meilleur choix ferait {total} et tiendrait dans {share}.",
                total=choice_words.money(kept.unguarded.total),
                share=units.text(round(kept.unguarded_probability, 2), "ratio"),
            )
        )
    rows = [
        div(
            "",
            t("Besoin dépassé une fois sur {times}", times=numbers.plain(1 / (1 - share_), 0)),
            t(" : "),
            _by_year(found, needs),
        )
        for share_, needs in kept.quantiles
        if share_ in (0.5, 0.9)
    ]
    return section(title, *(tag("p", one) for one in words), *rows)


def _by_year(found: Chosen, needs: tuple[float, ...]) -> str:
    pairs = zip(found.choice.years, needs, strict=False)
    return ", ".join(t("{need} en {year}", need=choice_words.money(need), year=year) for year, need in pairs)


def _core(source: Source, answer: Answer, found: Chosen) -> Html:
    """Projects always and never in the best set over the draws."""
    core = found.core
    if core is None or not core.draws:
        return Html("")
    rows = [
        tag("div", tag("b", t("Toujours choisis :")), " ", _ids(source, answer, found, core.always)),
        tag("div", tag("b", t("Jamais choisis :")), " ", _ids(source, answer, found, core.never)),
    ]
    title = tn(
        "Noyau solide : un projet est choisi dans les {draws} tirages",
        "Noyau solide : {n} projets sont choisis dans les {draws} tirages",
        len(core.always),
        draws=core.draws,
    )
    if not core.always:
        title = t("Noyau solide : aucun projet n’est choisi dans tous les tirages")
    return section(title, *rows, note=_draws(core))


def _draws(core: Core) -> str:
    """How many draws the best set was sought again for, and why not all of them."""
    if core.is_stopped:
        return t("{n} tirages sur {asked}, arrêté par le temps.", n=core.draws, asked=core.asked)
    if core.draws < core.asked:
        return t(
            "{n} tirages sur {asked} : dans les autres, aucun choix ne tient.", n=core.draws, asked=core.asked
        )
    return tn(
        "Le meilleur choix refait sur {n} tirage.", "Le meilleur choix refait sur {n} tirages.", core.draws
    )


def _ids(source: Source, answer: Answer, found: Chosen, ids: tuple[str, ...]) -> Html:
    """Projects with their titles, as links to their sheets; many are folded."""
    if not ids:
        return span("", t("aucun"))
    items = tag("ul", *(tag("li", _project(source, answer, found, id)) for id in ids))
    if len(ids) <= LISTED:
        return items
    words = tn("{n} projet", "{n} projets", len(ids))
    return tag("details", tag("summary", words), items, class_="lv-more")


def _project(source: Source, answer: Answer, found: Chosen, id: str) -> Html:
    words = choice_words.named(found.choice, id)
    return span("", words) if answer.question.which == EXAMPLE else link(source.link("projet", id=id), words)


def _barred(found: Chosen) -> Html:
    """The projects that the law leaves out, and those with money still to find where only funded ones are asked for."""
    legal, short = ([one for one in found.barred if one.kind == kind] for kind in ("legal", "funded"))
    below = tn(
        "{n} plan écarté par la participation minimale",
        "{n} plans écartés par la participation minimale",
        len(legal),
    )
    unfunded = tn(
        "{n} projet écarté : il n’est pas entièrement financé",
        "{n} projets écartés : ils ne sont pas entièrement financés",
        len(short),
    )
    return join(_folded(words, rules) for words, rules in ((below, legal), (unfunded, short)) if rules)


def _folded(words: str, rules: list[Rule]) -> Html:
    items = [tag("li", choice_words.rule(rule.words)) for rule in rules]
    return tag("details", tag("summary", words), tag("ul", *items), class_="lv-more")


def _assumed(found: Chosen) -> Html:
    """What the choice rests on that no data bear out."""
    words = [said(one) for one in found.choice.assumed]
    words += [said(found.choice.note)] if said(found.choice.note) else []
    if not words:
        return Html("")
    return section(
        t("Suppositions"),
        tag("ul", *(tag("li", one) for one in words)),
        note=t("Aucune donnée ne les appuie : changez les dossiers pour les remplacer."),
    )
