"""Pace and forecast in words: the panel's title, its facts, its assumptions, and the short words for a card."""

from fractions import Fraction

from metrics import backtest
from metrics.backtest import Coverage
from metrics.definitions import Kpi
from metrics.forecast import Forecast, NoForecast
from metrics.pacing import MONTH, Pace
from metrics.tendency import Tendency
from pages.parts.fiche_finding import value_words
from pages.texts import numbers, said, t, tn, units
from pages.texts.beside import counted_word


def amount(value: float, unit: str) -> str:
    """A forecast value: counts are whole, the rest as elsewhere."""
    if unit == "n":
        return numbers.decimal(value) if abs(value) >= 10 else numbers.plain(value, 1)
    return value_words(value, unit)


def difference(size: float, unit: str) -> str:
    """A positive difference between two values: of shares in points, of ratios without their words."""
    if unit in ("eur", "days", "years"):
        return value_words(size, unit)
    if unit == "ratio":
        points = numbers.plain(100 * size, 1)
        return tn("{points} point", "{points} points", 100 * size, points=points)
    return numbers.plain(size, 1 if size >= 1 else 2)


def pace_words(pace: Pace) -> str:
    """Where a KPI stands against its line, short: ``en avance de 12 jours``."""
    days = abs(pace.days or 0)
    words = {
        "met": lambda: t("cible atteinte"),
        "missed": lambda: t("échéance passée sans atteindre la cible"),
        "on_line": lambda: t("sur la ligne attendue"),
        "ahead": lambda: (
            tn("en avance d’un jour", "en avance de {n} jours", days)
            if pace.days
            else t("mieux que la ligne attendue")
        ),
        "behind": lambda: (
            tn("en retard d’un jour", "en retard de {n} jours", days)
            if pace.days
            else t("en deçà de la ligne attendue")
        ),
    }
    return words[pace.standing]()


def pace_line(kpi: Kpi, pace: Pace, found: Forecast | NoForecast) -> str:
    """The pace against its named line, and whether what the forecast expects is enough: a line kept so far may be lost."""
    said_so_far = _against(kpi, pace)
    coming = expected_rate(found)
    if pace.needed is None or coming is None or not is_contrary(kpi, pace, coming):
        return said_so_far
    needed, told = rate_words(pace.needed, kpi.unit), rate_words(coming, kpi.unit)
    if kpi.direction == "down":
        clause = t(
            "mais il faudrait s’en tenir à {needed} par mois et la prévision en attend {told}",
            needed=needed,
            told=told,
        )
    elif pace.standing == "behind":
        clause = t(
            "mais il suffirait de {needed} par mois et la prévision en attend {told}",
            needed=needed,
            told=told,
        )
    else:
        clause = t(
            "mais il faudrait {needed} par mois et la prévision en attend {told}", needed=needed, told=told
        )
    return f"{said_so_far}, {clause}"


def _against(kpi: Kpi, pace: Pace) -> str:
    """Where the value stands, with the line's goal and its day."""
    if pace.standing in ("met", "missed"):
        return pace_words(pace)
    goal, due = units.short(pace.line.target, kpi.unit), numbers.day(pace.line.due_on)
    return t("{pace} (ligne vers {goal} au {due})", pace=_so_far(pace), goal=goal, due=due)


def _so_far(pace: Pace) -> str:
    return t("sur la ligne à ce jour") if pace.standing == "on_line" else pace_words(pace)


def expected_rate(found: Forecast | NoForecast) -> float | None:
    """What the forecast adds per month up to its horizon; None where it adds nothing up."""
    months = (found.horizon - found.as_of).days / MONTH
    if isinstance(found, NoForecast) or found.method == "random_walk" or months <= 0:
        return None
    return (found.value - found.start) / months


def is_contrary(kpi: Kpi, pace: Pace, coming: float) -> bool:
    """Say whether the rate to come turns round what the pace says so far: kept and not to be held, or the reverse."""
    if pace.needed is None or rate_words(pace.needed, kpi.unit) == rate_words(coming, kpi.unit):
        return False
    is_enough = coming < pace.needed if kpi.direction == "down" else coming > pace.needed
    if pace.standing == "behind":
        return is_enough and kpi.direction != "down"
    return pace.standing in ("on_line", "ahead") and not is_enough


def badge(pace: Pace | None) -> str:
    """The pace for a card: ``rythme : en avance de 12 jours``; "" without an expected line."""
    return t("rythme : {pace}", pace=pace_words(pace)) if pace else ""


def chance(share: float) -> str:
    """A chance rounded to 5 % as people say it: ``8 chances sur 10``; never 0 or certain."""
    if share <= 0:
        return t("moins d’une chance sur 20")
    if share >= 1:
        return t("plus de 19 chances sur 20")
    part = Fraction(round(20 * share), 20)
    base = part.denominator if part.denominator in (2, 4, 20) else 10
    return tn("{n} chance sur {base}", "{n} chances sur {base}", int(part * base), base=base)


def aim(kpi: Kpi, found: Forecast) -> str:
    """What the chance is of: ``d’atteindre 15 M€``, ``de rester dans la bande de 90 à 110``."""
    if isinstance(found.target, tuple):
        low, high = (units.short(bound, kpi.unit) for bound in found.target)
        return t("de finir dans la bande de {low} à {high}", low=low, high=high)
    return t("d’atteindre {target}", target=units.short(found.target, kpi.unit))


def trust(held: Coverage | None) -> str:
    """What stands beside a chance whose band the past denies, or could not check; "" where it may be relied on."""
    is_reliable = backtest.is_reliable(held)
    if is_reliable:
        return ""
    return " " + (
        t("(non vérifié)") if is_reliable is None else t("(prudence : bande trop étroite par le passé)")
    )


def title(kpi: Kpi, found: Forecast | NoForecast, pace: Pace | None, held: Coverage | None = None) -> str:
    """The panel's finding."""
    if isinstance(found, NoForecast):
        if pace is None:
            return t("Pas de prévision pour la fin de l’année")
        return t("Au {day} : {pace}", day=numbers.day(pace.as_of), pace=pace_words(pace))
    value = _when(kpi, found)
    if pace and pace.standing == "met" and kpi.direction == "up":
        return t("Cible déjà atteinte ; {value}", value=value)
    if found.chance is None:
        return _first(value)
    coming = expected_rate(found)
    if (
        pace
        and pace.standing in ("on_line", "ahead")
        and coming is not None
        and is_contrary(kpi, pace, coming)
    ):
        value = t("{pace}, mais {value}", pace=_so_far(pace), value=_expected(kpi, found))
    words = t(
        "{value} : {chance} {aim}", value=_first(value), chance=chance(found.chance), aim=aim(kpi, found)
    )
    return f"{words}{trust(held)}"


def _when(kpi: Kpi, found: Forecast) -> str:
    """How much at the end of the year, in a clause that a sentence may go on with."""
    value, year = _counted(kpi, found), found.horizon.year
    if found.total:
        return t("à ce rythme, {value} sur l’année {year}", value=value, year=year)
    if found.method == "random_walk":
        return t("autour de {value} fin {year}", value=value, year=year)
    return t("à ce rythme, {value} fin {year}", value=value, year=year)


def _expected(kpi: Kpi, found: Forecast) -> str:
    """What the forecast expects at the end of the year, where the pace so far says otherwise."""
    value, year = _counted(kpi, found), found.horizon.year
    if found.total:
        return t("la prévision attend {value} sur l’année {year}", value=value, year=year)
    return t("la prévision attend {value} fin {year}", value=value, year=year)


def _counted(kpi: Kpi, found: Forecast) -> str:
    """The forecast value; of a year's count with what is counted."""
    value = amount(found.value, kpi.unit)
    noun = counted_word(kpi, round(found.value)) if found.total and kpi.unit == "n" else ""
    return f"{value} {noun}" if noun else value


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]


def why_not(found: NoForecast) -> str:
    """Why there is no forecast, as one sentence."""
    return t("Pas de prévision : {why}.", why=said(found.why.said(numbers.day)))


def facts(
    kpi: Kpi, found: Forecast | NoForecast, pace: Pace | None, held: Coverage | None, trend: Tendency | None
) -> list[tuple[object, object]]:
    """What stands beside the chart, what on the left and how much on the right."""
    pairs: list[tuple[object, object]] = _pace_facts(kpi, pace, found) if pace else []
    if isinstance(found, Forecast):
        band = t(
            "{low} à {high}, 8 fois sur 10",
            low=amount(found.low, kpi.unit),
            high=amount(found.high, kpi.unit),
        )
        pairs.append((t("Prévision au {day}", day=numbers.day(found.horizon)), amount(found.value, kpi.unit)))
        pairs.append((t("Bande à 80 %"), band))
        if found.chance is not None and not (pace and pace.standing == "met" and kpi.direction == "up"):
            said_chance = f"{chance(found.chance)}{trust(held)}"
            pairs.append((t("Chances {aim}", aim=aim(kpi, found)), said_chance))
        pairs.append((t("Fiabilité de la bande"), coverage_words(held)))
    if trend:
        pairs.append((t("Tendance de fond"), trend_words(kpi, trend)))
    return pairs


def _pace_facts(kpi: Kpi, pace: Pace, found: Forecast | NoForecast) -> list[tuple[object, object]]:
    pairs: list[tuple[object, object]] = [(t("Rythme"), pace_line(kpi, pace, found))]
    gap = f"{'+' if pace.gap >= 0 else '−'}{difference(abs(pace.gap), kpi.unit)}"
    if pace.standing not in ("met", "missed"):
        expected = amount(pace.expected, kpi.unit)
        pairs.append((t("Attendu à cette date"), t("{expected} (écart {gap})", expected=expected, gap=gap)))
    for months, rate in ((3, pace.rate_3), (12, pace.rate_12)):
        if rate is not None:
            pairs.append((t("Rythme sur {n} mois", n=months), per_month(rate, kpi.unit)))
    if pace.needed is not None:
        due = numbers.day(pace.line.due_on)
        pairs.append((t("Rythme nécessaire jusqu’au {day}", day=due), per_month(pace.needed, kpi.unit)))
    return pairs


def per_month(rate: float, unit: str) -> str:
    """A rate: ``1,8 M€ par mois``."""
    if unit == "n_of_12":
        return tn("{n} levier par mois", "{n} leviers par mois", rate, n=numbers.decimal(rate, 1))
    return t("{rate} par mois", rate=rate_words(rate, unit))


def rate_words(rate: float, unit: str) -> str:
    """What is added in a month, one decimal of a count."""
    return numbers.decimal(rate, 1) if unit == "n" else value_words(rate, unit)


def coverage_words(held: Coverage | None) -> str:
    """How often the band held, with what this number is worth."""
    if held is None:
        return t("non vérifiée : aucune date passée ne permettait cette prévision")
    words = tn(
        "la bande à 80 % a contenu {held} fois sur {n} la valeur atteinte un mois plus tard",
        "la bande à 80 % a contenu {held} fois sur {n} la valeur atteinte {months} mois plus tard",
        held.months,
        held=held.held,
        n=held.n,
        months=held.months,
    )
    interval = t(
        "intervalle à 95 % : de {low} à {high}, les fenêtres se chevauchant",
        low=units.text(round(held.low, 2), "ratio"),
        high=units.text(round(held.high, 2), "ratio"),
    )
    return f"{words} ({interval})"


def caution(held: Coverage | None) -> str:
    """What the backtest warns of; "" where it does not contradict the band."""
    if held is None or held.low <= backtest.PROMISED <= held.high:
        return ""
    if not backtest.is_reliable(held):
        return t("Prudence : par le passé, la bande a été trop étroite pour cet indicateur.")
    return t("Par le passé, la bande a été plus large que nécessaire pour cet indicateur.")


def trend_words(kpi: Kpi, trend: Tendency) -> str:
    """The slope if it is more than noise, with the test that says so."""
    if trend.p < 0.001:
        test = t("Mann-Kendall p < 0,001")
    else:
        test = t("Mann-Kendall p = {p}", p=numbers.decimal(trend.p, 3 if trend.p < 0.1 else 2))
    if trend.is_corrected:
        test = t("{test}, corrigé de l’autocorrélation", test=test)
    if not trend.is_clear:
        return t("aucune tendance nette sur {n} points ({test})", n=trend.n, test=test)
    step = t("par trimestre") if kpi.frequency == "quarterly" else t("par mois")
    sign = "+" if trend.slope >= 0 else "−"
    slope = f"{sign}{difference(abs(trend.slope), kpi.unit)} {step}"
    return t("{slope} sur {n} points (Theil-Sen ; {test})", slope=slope, n=trend.n, test=test)


def _arrivals(per_month: float) -> str:
    """What is taken for granted of the requests that have not been made yet."""
    if not per_month:
        return t("Les demandes encore à déposer ne comptent pas.")
    return t(
        "Il s’en dépose encore {n} par mois, de montants semblables à ceux des derniers mois.",
        n=numbers.decimal(per_month, 1),
    )


def assumptions(kpi: Kpi, found: Forecast) -> str:
    """How the forecast was made and what it takes for granted, in plain words."""
    facts = found.facts
    if found.method == "pipeline":
        return t(
            "{requests} demandes en attente ({requested}) sont jouées 10 000 fois. Chances de succès par programme, "
            "d’après {won} réponses favorables sur {decided} et un a priori valant {prior} demandes moyennes ; un seul "
            "tirage par programme. Montant obtenu : de {least} à {most} du montant demandé, le plus souvent {usual}. Délai "
            "médian de réponse : {delay}, sachant l’attente déjà passée. {arrivals}",
            requests=numbers.decimal(facts["requests"]),
            requested=units.text(facts["requested"], "eur"),
            won=numbers.decimal(facts["won"]),
            decided=numbers.decimal(facts["decided"]),
            prior=numbers.plain(facts["prior"]),
            least=units.text(facts["least"], "ratio"),
            usual=units.text(facts["usual"], "ratio"),
            most=units.text(facts["most"], "ratio"),
            delay=units.text(round(facts["delay"]), "days"),
            arrivals=_arrivals(facts["arrivals"]),
        )
    if found.method == "random_walk":
        return t(
            "Partant de la dernière valeur, chaque pas est tiré au hasard, aussi grand que les pas passés (écart-type "
            "{step}, d’après {n} points sans signal) ; la bande s’élargit avec le temps.",
            step=difference(facts["step"], kpi.unit),
            n=found.n,
        )
    mean = per_month(facts["mean"], kpi.unit)
    if found.method == "counts":
        return t(
            "D’après {n} mois ({mean}) : peu d’événements, donc une loi de comptage (Poisson, binomiale négative si les mois "
            "sont irréguliers) dont le rythme est lui-même tiré au sort.",
            n=found.n,
            mean=mean,
        )
    seasons = t(" Les saisons sont retirées puis remises.") if facts.get("seasonal") else ""
    return t(
        "Les mois à venir sont des blocs des {n} derniers mois ({mean}), retirés 10 000 fois ; le niveau l’est aussi.{seasons}",
        n=found.n,
        mean=mean,
        seasons=seasons,
    )
