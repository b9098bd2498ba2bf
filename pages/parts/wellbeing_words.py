"""The words of the well-being screen: waves, measures, groups, differences; every figure with what it does not say."""

from metrics.disclosure.compare import Change
from metrics.disclosure.tables import Group, Published, Spread
from pages.parts.fiche_columns import title
from pages.parts.source import Source
from pages.parts.wellbeing_reads import AUDIT, RECOMMEND, WHO5, is_audit, scales, wordings
from pages.texts import language, numbers, said, t

DIGITS = 1  # means are published to 0.1


def wave(name: str) -> str:
    """A wave's name: ``audit de 2013``, ``2015``."""
    return numbers.period(name)


def since(name: str) -> str:
    """From a wave on: ``depuis l’audit de 2013``, ``depuis 2014``."""
    if is_audit(name):
        return t("depuis l’audit de {year}", year=name.removesuffix(AUDIT))
    return t("depuis {wave}", wave=wave(name))


def measure(source: Source, code: str) -> str:
    """A measure's name: its scale's label, else its code."""
    known = scales(source).get(code)
    return said(known.label) if known else code


def short(source: Source, code: str) -> str:
    """A measure's name where there is little room."""
    words = {
        WHO5: lambda: t("Bien-être (OMS-5)"),
        "qwl": lambda: t("Climat QVCT"),
        RECOMMEND: lambda: t("Recommandation"),
    }
    return words[code]() if code in words else measure(source, code)


def attribute(name: str) -> str:
    """What a table is by: ``groupe de directions``, ``catégorie``, ``sexe``."""
    return title(name).lower()


def group(of: Group) -> str:
    """A group of a table by one attribute: ``Catégorie A``, ``Femmes``; answers that left it out say so."""
    ((name, value),) = of
    if value is None:
        return t("non renseigné")
    if name == "category":
        return t("Catégorie {code}", code=value)
    words = {"F": lambda: t("Femmes"), "M": lambda: t("Hommes")}
    return words[value]() if name == "sex" and value in words else value


def few(k: int) -> str:
    """What stands where nothing is told: nobody, too few and hidden to protect others read alike."""
    return t("moins de {k}", k=k)


def mean(value: float | None) -> str:
    """A mean on 0..100; a dash when nothing is told."""
    return numbers.NONE if value is None else numbers.decimal(value, DIGITS)


def count(n: int | None) -> str:
    """How many answers (as published, to the nearest 5); "" when nothing is told."""
    return "" if n is None else t("n = {n}", n=numbers.decimal(n))


def points(value: float | None) -> str:
    """A difference in points with its sign: ``+9,1``."""
    if value is None:
        return numbers.NONE
    shown = round(value, DIGITS) + 0.0
    return f"{'+' if shown > 0 else ''}{numbers.decimal(shown, DIGITS)}"


def interval(low: float | None, high: float | None) -> str:
    """An interval of means: ``[59,5 ; 62,3]``; "" when it is not known."""
    if low is None or high is None:
        return ""
    return t("[{low} ; {high}]", low=mean(low), high=mean(high))


def apart(low: float | None, high: float | None) -> str:
    """An interval of differences: ``[+6,9 ; +11,2]``; "" when it is not known."""
    if low is None or high is None:
        return ""
    return t("[{low} ; {high}]", low=points(low), high=points(high))


def chance(p: float | None) -> str:
    """A p value to two decimals, under a hundredth as such; a dash when it is not known."""
    if p is None:
        return numbers.NONE
    return t("< {p}", p=numbers.decimal(0.01, 2)) if p < 0.01 else numbers.decimal(p, 2)


def limits_of(change: Change) -> str:
    """The interval of a difference; "" where no spread is published."""
    return apart(change.test.low, change.test.high) if change.test else ""


def percent(share: float | None) -> str:
    """A share in whole per cent; a dash when it is not told."""
    if share is None:
        return numbers.NONE
    return f"{numbers.decimal(100 * share)}{'' if language() == 'en' else numbers.THIN}%"


def marked(published: Published) -> str:
    """A wave's name, the audit's marked as the reference."""
    name = wave(published.wave)
    return t("{wave} (référence)", wave=name) if is_audit(published.wave) else name


def whole(value: float | None) -> str:
    """A spread in whole points; a dash when it is not told."""
    return numbers.NONE if value is None else numbers.decimal(value)


def hundredths(value: float | None) -> str:
    """A coefficient; a dash when it is not told."""
    return numbers.NONE if value is None else numbers.decimal(value, 2)


def between(low: float | None, high: float | None) -> str:
    """An interval of coefficients; "" when it is not known."""
    if low is None or high is None:
        return ""
    return t("[{low} ; {high}]", low=hundredths(low), high=hundredths(high))


def out_of_ten(mean: float | None) -> float | None:
    """The mean of answers from 0 to 10, from the same on 0..100."""
    return None if mean is None else round(mean / 10, 2)


def answers(low: float, high: float) -> str:
    """The answers that a class holds: ``3``, ``0 à 2``."""
    if low == high:
        return numbers.plain(low)
    return t("{low} à {high}", low=numbers.plain(low), high=numbers.plain(high))


def span(low: float, high: float) -> str:
    """The same as short as it can be: ``0–2``."""
    return numbers.plain(low) if low == high else f"{numbers.plain(low)}–{numbers.plain(high)}"


def item(source: Source, spread: Spread) -> str:
    """A question: as the town pasted it, else its scale's label, else its code."""
    if pasted := wordings(source).get(spread.item):
        return pasted
    scale = scales(source).get(spread.measure)
    labels = {one.code: one.label for one in scale.items} if scale else {}
    label = labels.get(spread.item)
    return said(label) if label else spread.item
