"""The other panels of the well-being screen: recommendation, load, trust in the measures, protection, licences."""

from math import ceil

from metrics.association import FEWEST, Association, spearman
from metrics.disclosure.tables import Net, Summary
from metrics.wellbeing import net_noise
from pages.parts import chart, tables, wellbeing_likert
from pages.parts import wellbeing_reads as reads
from pages.parts import wellbeing_words as words
from pages.parts.markup import Html, div, facts, join, link, section, tag
from pages.parts.source import Source
from pages.parts.wellbeing_reads import LOAD, RECOMMEND, WHO5, Survey
from pages.parts.wellbeing_tables import ITEMS, LOADS, NET, QUALITY
from pages.texts import numbers, said, t, tn

CLOSE = 8  # points between two net scores that pass for a change
WHO5_CUT, WHO5_CHANGE = 50, 10  # Topp and others 2015


def recommendation(source: Source, survey: Survey) -> Html:
    """The recommendation: its mean first, how answers spread, then the net score with what it is not."""
    found = survey.now.summary(RECOMMEND) if survey.now else None
    if found is None or found.mean is None:
        return section(t("Recommandation employeur : non publiée à cette vague"))
    mean = words.mean(words.out_of_ten(found.mean))
    title = t("Recommandation employeur : {mean} sur 10", mean=mean)
    if found.net:
        title = t(
            "Recommandation employeur : {mean} sur 10, solde {net}",
            mean=mean,
            net=words.points(found.net.value),
        )
    listed = tables.drawn(source, NET, class_="lv-labels")
    return section(
        title,
        _spread(source, survey),
        _net(found.net, found.n),
        chart.under(title, listed),
        note=words.count(found.n),
    )


def _spread(source: Source, survey: Survey) -> Html:
    """How the answers from 0 to 10 spread, from against to for."""
    spreads = [
        one for one in (survey.now.spreads if survey.now else ()) if one.measure == RECOMMEND and one.classes
    ]
    scale = reads.scales(source).get(RECOMMEND)
    if not spreads or scale is None:
        return Html("")
    name = t("Recommandation : répartition des réponses de 0 à 10")
    listed = tables.drawn(source, ITEMS, class_="lv-labels", measure=RECOMMEND)
    return join((wellbeing_likert.drawn(source, spreads, scale, name), chart.switch(listed)))


def _net(net: Net | None, n: int) -> Html:
    """The net score with its interval, and how little a difference of two of them says."""
    if net is None:
        return Html("")
    score = t(
        "Solde : {promoters} de notes 9 et 10 moins {detractors} de notes 0 à 6, soit {net} {limits} avant d’arrondir les parts.",
        promoters=words.percent(net.promoters),
        detractors=words.percent(net.detractors),
        net=words.points(net.value),
        limits=words.apart(net.low, net.high),
    )
    lost = t("Le solde perd de l’information : lisez d’abord la moyenne.")
    return div("lv-wb-words", tag("p", score), tag("p", join((*_noise(net, n), lost), " ")))


def _noise(net: Net, n: int) -> list[str]:
    """How far apart two waves of this size must be to differ by more than chance."""
    apart = net_noise(net, n)
    if apart is None:
        return []
    if apart <= CLOSE:
        return [
            t(
                "Deux vagues de cette taille diffèrent plus que le bruit à partir de {n} points.",
                n=ceil(apart),
            )
        ]
    return [
        t(
            "Deux vagues de cette taille distantes de {close} points ne sont pas différentes : il en faut {n}.",
            close=CLOSE,
            n=ceil(apart),
        )
    ]


def load(source: Source, survey: Survey) -> Html:
    """Load and well-being at each wave: pairs, and their association once there are enough waves. Never a cause."""
    pairs = load_pairs(source, survey)
    if not pairs:
        return Html("")
    found = spearman([load for load, _ in pairs], [mean for _, mean in pairs])
    kpi = source.kpi(LOAD)
    sheet = link(source.link("fiche", kpi=LOAD), said(kpi.label)) if kpi else ""
    return section(
        _load_title(found, len(pairs)),
        tag("p", _load_words(found, len(pairs))),
        tables.drawn(source, LOADS, class_="lv-labels"),
        note=join((t("Charge :"), " ", sheet, ". ", t("Une association n’est jamais une cause."))),
    )


def load_pairs(source: Source, survey: Survey) -> list[tuple[float, float]]:
    """(files per senior staff member, well-being) of the waves that have both."""
    known = reads.loads(source.whole_town())
    found = [(known.get(one.wave), one.summary(WHO5)) for one in survey.lists]
    return [
        (load, one.weighted) for load, one in found if load is not None and one and one.weighted is not None
    ]


def _load_title(found: Association | None, n: int) -> str:
    if found is None:
        return t("Charge et bien-être : pas encore d’association calculable")
    if not found.is_told:
        return t("Charge et bien-être : rien ne dit qu’ils vont ensemble")
    if found.rho > 0:
        return t("Charge et bien-être vont dans le même sens")
    return t("Charge et bien-être vont en sens contraire")


def _load_words(found: Association | None, n: int) -> str:
    if found is None and n < FEWEST:
        return tn(
            "Avec {n} vague où les deux sont connus, aucune association ne peut être calculée : il en faut {most}.",
            "Avec {n} vagues où les deux sont connus, aucune association ne peut être calculée : il en faut {most}.",
            n,
            most=FEWEST,
        )
    if found is None:
        return t("L’une des deux valeurs n’a jamais changé : aucune association ne peut être calculée.")
    values = {"rho": numbers.decimal(found.rho, 2), "p": numbers.decimal(found.p, 3), "n": found.n}
    if found.is_exact:
        return t(
            "Corrélation des rangs (Spearman) : {rho}, p exacte {p}, sur {n} vagues. Bien d’autres choses ont changé entre elles.",
            **values,
        )
    return t(
        "Corrélation des rangs (Spearman) : {rho}, p {p}, sur {n} vagues. Bien d’autres choses ont changé entre elles.",
        **values,
    )


def trust(source: Source, survey: Survey) -> Html:
    """How well-being is to be read, how reliable the scales are, and what weighting did."""
    summaries = survey.now.summaries if survey.now else ()
    told = dict.fromkeys(_weights(one) for one in summaries if one.effective_n and one.design_effect)
    reliable = [_reliability(source, one) for one in summaries if one.alpha is not None]
    detail = tables.drawn(source, QUALITY, class_="lv-labels")
    none = t("Aucune fiabilité n’est publiée pour cette vague.")
    return section(
        t("Ce que valent ces mesures"),
        tag("ul", *(tag("li", one) for one in [*reliable, *told] or [none]), class_="lv-wb-list"),
        chart.switch(detail, t("Fiabilité et pondération en détail")) if detail else "",
    )


def _reliability(source: Source, one: Summary) -> str:
    values = {
        "measure": words.short(source, one.measure),
        "alpha": words.hundredths(one.alpha),
        "limits": words.between(one.alpha_low, one.alpha_high),
        "omega": words.hundredths(one.omega),
        "n": words.count(one.n),
    }
    if one.omega is None:
        return t("{measure} : les questions vont ensemble à {alpha} {limits} (alpha), {n}.", **values)
    return t(
        "{measure} : les questions vont ensemble à {alpha} {limits} (alpha), oméga {omega}, {n}.", **values
    )


def _weights(one: Summary) -> str:
    return t(
        "Les réponses sont pondérées par groupe de directions, catégorie et sexe : {n} réponses en valent {worth} de poids égal (effet de plan {factor} : la variance est multipliée d’autant).",
        n=numbers.decimal(one.n),
        worth=numbers.decimal(one.effective_n or 0),
        factor=words.hundredths(one.design_effect),
    )


def reading(source: Source, survey: Survey) -> Html:
    """How the WHO-5 may be read: of a population, never of a person; what is not published is not told."""
    found = survey.now.summary(WHO5) if survey.now else None
    if found is None or found.weighted is None:
        return Html("")
    side = (
        t("La moyenne de {value} est au-dessus de ce repère.", value=words.mean(found.weighted))
        if found.weighted > WHO5_CUT
        else t("La moyenne de {value} n’est pas au-dessus de ce repère.", value=words.mean(found.weighted))
    )
    lines = (
        t(
            "Repère usuel : {cut} ou moins signale un bien-être faible, dans une population ; jamais d’une personne.",
            cut=WHO5_CUT,
        ),
        side,
        t("Un écart de {n} points est celui qu’on tient pour important.", n=WHO5_CHANGE),
        t("La part des agents sous ce repère n’est pas publiée : elle ne figure donc pas ici."),
    )
    return section(t("Lire l’OMS-5"), tag("ul", *(tag("li", line) for line in lines), class_="lv-wb-list"))


def protection(source: Source, survey: Survey) -> Html:
    """k and the rules by which answers are protected, in short."""
    k = survey.now.k if survey.now else None
    if k is None:
        return Html("")
    purged = sorted(one.wave for one in survey.lists if one.wave in survey.purged)
    lines = [
        t("Rien n’est dit de moins de {k} répondants.", k=k),
        t(
            "Une liste fermée de tableaux par vague, choisie puis attaquée par programme avant d’être publiée, et figée ensuite."
        ),
        t("Un groupe assez nombreux est masqué aussi, quand il permettrait d’en déduire un autre."),
        t("Effectifs à 5 près, moyennes à 0,1, parts en % entiers ; aucun croisement libre de filtres."),
        t(
            "Les réponses ne quittent jamais la base, et sont détruites à leur échéance ; ces tableaux restent."
        ),
    ]
    rules = (
        t(
            "Un groupe dont tous ont répondu de même n’est pas montré, ni un groupe dont presque tous ont répondu."
        ),
        t(
            "Ni un effectif, ni une moyenne à moins de 10 points près, ne se déduit pour moins de {k} personnes : ni par différence entre groupes, ni entre questions, ni entre vagues, ni par encadrement.",
            k=k,
        ),
        t("Une liste que cette attaque perce est refusée : elle dit quel tableau retirer."),
    )
    if purged:
        named = ", ".join(words.wave(one) for one in purged)
        lines.append(t("Réponses déjà détruites : {waves}. Leurs chiffres publiés restent.", waves=named))
    return section(
        t("Comment les réponses sont protégées (k = {k})", k=k),
        tag("ul", *(tag("li", line) for line in lines), class_="lv-wb-list"),
        chart.switch(
            tag("ul", *(tag("li", rule) for rule in rules), class_="lv-wb-list"), t("Les autres règles")
        ),
    )


def licences(source: Source, survey: Survey) -> Html:
    """The licence note of each scale that the wave used."""
    known = reads.scales(source)
    pairs = [
        (said(scale.label), said(scale.licence))
        for code in reads.measures(survey)
        if (scale := known.get(code)) is not None and scale.licence
    ]
    if not pairs:
        return Html("")
    title = t("Les questionnaires et leurs conditions d’usage")
    return section(title, facts(pairs), class_="lv-wb-licences")
