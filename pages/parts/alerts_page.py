"""The screen of the alerts: what each rule saw since an earlier day, with the way to its screen; rules that are refused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from metrics.alertrules import Rule
from metrics.alerts import Alert, once
from pages.exports import digest, outgoing
from pages.parts import alerts_reads, page
from pages.parts.guard import notice
from pages.parts.markup import Html, div, join, link, section, span, tag
from pages.parts.source import Source
from pages.parts.svg import mark
from pages.texts import numbers, said, t, tn

SCREEN = "alertes"
SHAPES = {"bad": "off_target", "good": "on_target"}


def body(source: Source, rule: str = "", since: date | None = None) -> Html:
    """The whole screen, of one rule or of all, compared with ``since`` or with the last month end before."""
    before = alerts_reads.earlier(source, since)
    found = alerts_reads.alerts(source, before)
    rules = alerts_reads.rules(source.reads)
    shown = [alert for alert in found if not rule or alert.rule.id == rule]
    parts = [_head(source, found, before), _refused(source), _filter(source, found, rule, since)]
    told: dict[Rule, list[Html]] = {}
    for alert, others in once(shown):
        told.setdefault(alert.rule, []).append(_alert(source, alert, others))
    parts += [_rule(one, rows) for one, rows in told.items()]
    if not shown:
        parts.append(_nothing(source, rules.rules))
    return join(parts)


def line(source: Source) -> Html:
    """How many alerts there are, as a way to them; "" for none. Counted on each visit: actions come due by themselves."""
    found = alerts_reads.alerts(source, alerts_reads.earlier(source))
    return div("lv-alert-line", link(source.link(SCREEN), _count(found))) if found else Html("")


def _count(found: Sequence[Alert]) -> str:
    count = distinct(found)
    bad = distinct([alert for alert in found if alert.tone == "bad"])
    words = tn("{n} alerte", "{n} alertes", count) if count else t("Aucune alerte")
    if bad:
        return tn("{all}, dont {n} à traiter", "{all}, dont {n} à traiter", bad, all=words)
    return words


def distinct(found: Sequence[Alert]) -> int:
    """How many things are told: two rules may see the same one."""
    return len({(alert.scope, alert.key) for alert in found})


def _head(source: Source, found: Sequence[Alert], before: date | None) -> Html:
    title = _count(found)
    lead = ""
    if before and source.as_of:
        lead = t("Depuis le {day}, par les règles de la ville.", day=numbers.day(before))
    way = link(source.link("note"), t("Préparer la note au maire"), class_="lv-button")
    aside = "" if source.week else div("", way)  # nothing is prepared in a sealed week
    return page.head(title, kicker=t("Alertes"), lead=lead, aside=aside)


def _filter(source: Source, found: Sequence[Alert], rule: str, since: date | None) -> Html:
    """The rules that saw something, as links."""
    counts: dict[str, int] = {}
    for alert in found:
        counts[alert.rule.id] = counts.get(alert.rule.id, 0) + 1
    if len(counts) < 2:
        return Html("")
    labels = {alert.rule.id: said(alert.rule.label) for alert in found}
    kept = {"since": since.isoformat()} if since else {}

    def choice(id: str, words: str) -> Html:
        params = kept | ({"rule": id} if id else {})
        here = "true" if id == rule else None
        return tag("li", link(source.link(SCREEN, **params), words, aria_current=here))

    items = [choice("", t("Toutes les règles"))]
    items += [choice(id, f"{labels[id]} ({count})") for id, count in counts.items()]
    return tag("nav", tag("ul", *items, class_="lv-alert-rules"), aria_label=t("Règles"))


def _rule(rule: Rule, rows: Sequence[Html]) -> Html:
    note = t("Pour {groups}", groups=", ".join(rule.audience)) if rule.audience else None
    return section(said(rule.label), tag("ul", *rows, class_="lv-alerts"), note=note)


def _alert(source: Source, alert: Alert, others: Sequence[Rule]) -> Html:
    """One alert, and which other rules saw it: it is listed once."""
    assert source.as_of is not None
    on = outgoing.day_of(alerts_reads.state(source))
    title, sentence = digest.words(alert, source.catalogue, on)
    path, params = digest.target(alert)
    there = replace(source, scope=alert.scope) if alert.scope else source
    stands = alert.change is not None and not alert.change.is_news
    also = t("Aussi vu par : {rules}", rules=" ; ".join(said(one.label) for one in others))
    return tag(
        "li",
        div(
            "lv-alert-head",
            mark(SHAPES.get(alert.tone, "unknown")),
            link(there.link(path, **params), title),
            span("lv-grey", t("déjà dit") if stands else digest.tone_word(alert.tone)),
        ),
        tag("p", sentence),
        tag("p", span("lv-grey", also)) if others else "",
    )


def _nothing(source: Source, rules: Sequence[Rule]) -> Html:
    if source.as_of is None:
        words = t("Les alertes viennent avec les données : importez-les d’abord.")
        return notice(t("Aucune donnée pour l’instant"), words, "good")
    if not rules:
        words = t("Ajoutez-en dans alerts.yml, parmi les définitions de la ville.")
        return notice(t("Aucune règle n’est en vigueur."), words, "good")
    return notice(
        t("Aucune règle n’a rien à signaler."), t("Rien n’a changé de ce que les règles regardent."), "good"
    )


def _refused(source: Source) -> Html:
    """What is wrong in the rules, for whoever can mend it."""
    rules = alerts_reads.rules(source.reads)
    return join(
        notice(
            t("{file} : la règle « {id} » est refusée.", file=one.file, id=one.id)
            if one.id
            else t("{file} est refusé.", file=one.file),
            f"{said(one.reason)} {said(one.mend)}",
        )
        for one in rules.refused
    )
