"""What a KPI says, in words, read off its entry: formula and period, in French and English."""

from collections.abc import Mapping

from sqlglot import exp

from metrics import expressions
from metrics.columns import meaning, noun, rows_of
from metrics.definitions import Kpi, Period, Source
from schemas.text import Text

SIGNS: dict[type, Text] = {
    exp.Add: Text("{} plus {}", "{} plus {}"),
    exp.Sub: Text("{} moins {}", "{} minus {}"),
    exp.Mul: Text("{} multiplié par {}", "{} times {}"),
    exp.Div: Text("{} divisé par {}", "{} divided by {}"),
    exp.Pow: Text("{} puissance {}", "{} to the power {}"),
    exp.EQ: Text("{} = {}", "{} = {}"),
    exp.NEQ: Text("{} ≠ {}", "{} ≠ {}"),
    exp.GT: Text("{} > {}", "{} > {}"),
    exp.GTE: Text("{} ≥ {}", "{} ≥ {}"),
    exp.LT: Text("{} < {}", "{} < {}"),
    exp.LTE: Text("{} ≤ {}", "{} ≤ {}"),
    exp.And: Text("{} et {}", "{} and {}"),
    exp.Or: Text("{} ou {}", "{} or {}"),
    exp.Is: Text("{} est {}", "{} is {}"),
    exp.Like: Text("{} comme {}", "{} like {}"),
}
AROUND: dict[type, Text] = {
    exp.Sum: Text("somme de {}", "sum of {}"),
    exp.Avg: Text("moyenne de {}", "mean of {}"),
    exp.Min: Text("plus petit {}", "smallest {}"),
    exp.Max: Text("plus grand {}", "largest {}"),
    exp.Median: Text("médiane de {}", "median of {}"),
    exp.Abs: Text("valeur absolue de {}", "absolute value of {}"),
    exp.Sqrt: Text("racine carrée de {}", "square root of {}"),
    exp.Ln: Text("logarithme de {}", "logarithm of {}"),
    exp.Exp: Text("exponentielle de {}", "exponential of {}"),
    exp.Round: Text("arrondi de {}", "rounded {}"),
    exp.Not: Text("non ({})", "not ({})"),
    exp.Neg: Text("moins {}", "minus {}"),
}
LINES = Text("lignes", "rows")
SHARE = Text("part de {}", "share of {}")
QUANTILE = Text(
    "nombre de jours au bout duquel {share} des dossiers sont passés de « {start} » à « {end} » "
    "(Kaplan-Meier : les dossiers inachevés comptent)",
    "days after which {share} of the files have gone from “{start}” to “{end}” (Kaplan-Meier: unfinished files count)",
)
MEDIAN = Text(
    "nombre médian de jours de « {start} » à « {end} » (Kaplan-Meier : les dossiers inachevés comptent)",
    "median number of days from “{start}” to “{end}” (Kaplan-Meier: unfinished files count)",
)
STILL = Text(
    "part des dossiers encore sans « {end} » {days} jours après « {start} » (Kaplan-Meier : les dossiers inachevés comptent)",
    "share of files still without “{end}” {days} days after “{start}” (Kaplan-Meier: unfinished files count)",
)
DONE = Text(
    "part des dossiers qui atteignent « {end} » en {days} jours depuis « {start} » (Kaplan-Meier : les dossiers inachevés comptent)",
    "share of files that reach “{end}” within {days} days of “{start}” (Kaplan-Meier: unfinished files count)",
)


def formula(kpi: Kpi, kpis: Mapping[str, Kpi] | None = None) -> Text:
    """Return the formula in words; ``kpis`` gives the labels of those it names, else their ids stand."""
    if kpi.sql is None:
        return Text("Dernière valeur saisie", "Last value entered")
    if kpi.is_survey:
        return _weighted(kpi)
    named = {id: other.label for id, other in (kpis or {}).items()}
    if kpi.per:
        named |= {name: noun(name) for name in kpi.per.measures}
    said = _counted(_said(expressions.parse(kpi.sql), named), kpi.source)
    if kpi.per:
        said = _per(kpi, said, named)
    if kpi.denominator:
        said = _joined(SIGNS[exp.Div], said, _source(kpi.denominator, named))
        if kpi.denominator.period.span == "stock" and (kpi.period is None or kpi.period.span != "stock"):
            said = _joined(Text("{} (état à la date)", "{} (as it stands at the date)"), said)
    if kpi.known_from:
        said = Text(
            f"{said.fr}, inconnu avant le {kpi.known_from:%d/%m/%Y}",
            f"{said.en}, unknown before {kpi.known_from:%Y-%m-%d}",
        )
    if kpi.base:
        said = Text(
            f"{said.fr}, rapporté à sa valeur au {kpi.base:%d/%m/%Y}",
            f"{said.en}, relative to its value on {kpi.base:%Y-%m-%d}",
        )
    if kpi.needs:
        condition = _said(expressions.parse(kpi.needs), named)
        said = Text(f"{said.fr} ; calculé si {condition.fr}", f"{said.en}; computed if {condition.en}")
    return Text(said.fr[:1].upper() + said.fr[1:], said.en[:1].upper() + said.en[1:])


def _weighted(kpi: Kpi) -> Text:
    score = noun(next(iter(expressions.columns(expressions.parse(str(kpi.sql))))))
    return Text(
        f"Moyenne de « {score.fr} », chaque réponse pondérée pour que groupe de directions, catégorie et sexe pèsent comme dans les effectifs",
        f"Mean of “{score.en}”, each answer weighted so that directorate group, category and sex weigh as in the staff",
    )


def _source(source: Source, named: Mapping[str, Text]) -> Text:
    return _counted(_said(expressions.parse(source.sql), named), source.view)


def _counted(said: Text, view: str | None) -> Text:
    """Return the words with the rows called by what they are."""
    rows = rows_of(view or "")
    return Text(said.fr.replace(LINES.fr, rows.fr), said.en.replace(LINES.en, rows.en))


def _per(kpi: Kpi, said: Text, named: Mapping[str, Text]) -> Text:
    assert kpi.per is not None
    keys = [noun(name) for name in kpi.per.key]
    inner = [(noun(name), _said(expressions.parse(sql), named)) for name, sql in kpi.per.measures.items()]
    fr = " ; ".join(f"« {name.fr} » = {words.fr}" for name, words in inner)
    en = "; ".join(f"“{name.en}” = {words.en}" for name, words in inner)
    return Text(
        f"{said.fr}, où, par {', '.join(key.fr for key in keys)}, {fr}",
        f"{said.en}, where, by {', '.join(key.en for key in keys)}, {en}",
    )


def _joined(pattern: Text, *parts: Text) -> Text:
    return Text(
        pattern.fr.format(*(part.fr for part in parts)), pattern.en.format(*(part.en for part in parts))
    )


def _said(node: exp.Expr, named: Mapping[str, Text]) -> Text:
    """Return an expression in words."""
    kind = type(node)
    if _is_done(node):
        return _survival(node.expression, DONE)
    if kind is exp.Mul and node.this == node.expression:
        return _joined(Text("carré de {}", "square of {}"), _said(node.this, named))
    if kind in (exp.EQ, exp.NEQ) and isinstance(node.this, exp.Column) and node.expression.is_string:
        return _joined(SIGNS[kind], _said(node.this, named), meaning(node.this.name, node.expression.name))
    if kind in SIGNS:
        return _joined(SIGNS[kind], _operand(node.this, kind, named), _operand(node.expression, kind, named))
    if kind in AROUND:
        return _joined(AROUND[kind], _operand(node.this, kind, named))
    if isinstance(node, exp.Column):
        return _quoted(named[node.name] if node.name in named else noun(node.name))
    if isinstance(node, exp.Anonymous):
        return _function(node, named)
    return _other(node, named)


def _operand(node: exp.Expr, above: type, named: Mapping[str, Text]) -> Text:
    """Return an operand, in brackets where the words alone would not say what it covers."""
    bare = node.this if isinstance(node, exp.Nullif) else node
    said = _said(node, named)
    plain = type(bare) not in (exp.Add, exp.Sub, exp.Mul, exp.Div) or (
        above is exp.Add and isinstance(bare, exp.Add)
    )
    return said if plain else _joined(Text("({})", "({})"), said)


def _quoted(words: Text) -> Text:
    inner = words.fr.replace("« ", "“").replace(" »", "”")
    return Text(f"« {inner} »", f"“{words.en}”")


def _other(node: exp.Expr, named: Mapping[str, Text]) -> Text:
    if isinstance(node, exp.Count):
        return _count(node)
    if isinstance(node, exp.Paren):
        return _joined(Text("({})", "({})"), _said(node.this, named))
    if isinstance(node, (exp.Nullif, exp.Cast)):  # a guard against division by zero says nothing to a reader
        return _said(node.this, named)
    if isinstance(node, exp.Filter):
        return _joined(
            Text("{} (où {})", "{} (where {})"), _said(node.this, named), _said(node.expression.this, named)
        )
    if isinstance(node, (exp.Greatest, exp.Least)):
        word = (
            Text("le plus grand de", "the largest of")
            if isinstance(node, exp.Greatest)
            else Text("le plus petit de", "the smallest of")
        )
        return _list(word, [node.this, *node.expressions], named)
    if isinstance(node, exp.Literal):
        return Text(node.name, node.name)
    written = node.sql(expressions.DIALECT)
    return Text(written, written)


def _list(word: Text, nodes: list[exp.Expr], named: Mapping[str, Text]) -> Text:
    parts = [_said(node, named) for node in nodes]
    return Text(
        f"{word.fr} {' et '.join(p.fr for p in parts)}", f"{word.en} {' and '.join(p.en for p in parts)}"
    )


def _count(node: exp.Count) -> Text:
    if isinstance(node.this, exp.Star):
        return Text("nombre de lignes", "number of rows")
    if isinstance(node.this, exp.Distinct):
        return _joined(
            Text("nombre de {} différents", "number of different {}"), _said(node.this.expressions[0], {})
        )
    return _joined(
        Text("nombre de lignes dont {} est connu", "number of rows whose {} is known"), _said(node.this, {})
    )


def _is_done(node: exp.Expr) -> bool:
    """Say whether an expression is 1 - KM_SURVIVAL(...): those who have ended."""
    ended = node.expression if isinstance(node, exp.Sub) and node.this == exp.Literal.number(1) else None
    return isinstance(ended, exp.Anonymous) and ended.name.upper() == "KM_SURVIVAL"


def _function(node: exp.Anonymous, named: Mapping[str, Text]) -> Text:
    """Return a reference to another KPI, or a survival function, in words."""
    name, arguments = node.name.upper(), node.expressions
    if name == expressions.REFERENCE:
        id = arguments[0].name
        return _quoted(named.get(id, Text(id, id)))
    half = float(arguments[0].name) == 0.5
    return _survival(node, STILL if name == "KM_SURVIVAL" else MEDIAN if half else QUANTILE)


def _survival(node: exp.Anonymous, pattern: Text) -> Text:
    number, start, end = float(node.expressions[0].name), *(noun(part.name) for part in node.expressions[1:3])
    sides = {"days": f"{number:g}"}
    fr = pattern.fr.format(start=start.fr, end=end.fr, share=f"{100 * number:g} %", **sides)
    en = pattern.en.format(start=start.en, end=end.en, share=f"{100 * number:g}%", **sides)
    return Text(fr, en)


def period(kpi: Kpi) -> Text:
    """Return in words which rows count at a date."""
    if kpi.is_survey:
        return Text("dernière enquête tenue à la date", "last survey held by the date")
    if kpi.is_stored_value:
        return Text("dernière période achevée à la date", "last period over by the date")
    if kpi.period is None:
        return Text("comme les indicateurs qu'il cite", "as the KPIs it names")
    if kpi.period.span == "stock":
        return _present(kpi.period)
    words = _span(kpi.period, kpi.frequency)
    if kpi.period.until:
        out = noun(kpi.period.until)
        stays = Text(f", sauf après « {out.fr} »", f", except after “{out.en}”")
        return Text(words.fr + stays.fr, words.en + stays.en)
    return words


def _present(period: Period) -> Text:
    """Return the words of a stock: what has come and has not gone at the date."""
    came = noun(period.date or "")
    if not period.until:
        return Text(f"présent à la date : après « {came.fr} »", f"there at the date: after “{came.en}”")
    gone = noun(period.until)
    return Text(
        f"présent à la date : après « {came.fr} », avant « {gone.fr} »",
        f"there at the date: after “{came.en}”, before “{gone.en}”",
    )


def _span(period: Period, frequency: str) -> Text:
    dated = noun(period.date) if period.date else Text("", "")
    name = {"monthly": Text("mois", "month"), "quarterly": Text("trimestre", "quarter")}.get(
        frequency, Text("année", "year")
    )
    article = "de l'" if name.fr == "année" else "du "
    patterns = {
        "in_period": Text(
            f"selon « {dated.fr} », depuis le début {article}{name.fr}",
            f"by “{dated.en}”, since the start of the {name.en}",
        ),
        "year_to_date": Text(
            f"selon « {dated.fr} », depuis le 1er janvier", f"by “{dated.en}”, since 1 January"
        ),
        "rolling_12_months": Text(
            f"selon « {dated.fr} », sur les douze derniers mois",
            f"by “{dated.en}”, over the last twelve months",
        ),
        "snapshot": Text("ce qu'on en voit à la date", "as seen at the date"),
        "all": Text("toutes les lignes", "all rows"),
    }
    if period.span in patterns:
        return patterns[period.span]
    if period.span == "between" and period.start and period.end:
        return Text(
            f"selon « {dated.fr} », du {period.start:%d/%m/%Y} au {period.end:%d/%m/%Y}",
            f"by “{dated.en}”, from {period.start:%Y-%m-%d} to {period.end:%Y-%m-%d}",
        )
    if period.since:
        return Text(
            f"selon « {dated.fr} », en cumul depuis le {period.since:%d/%m/%Y}",
            f"by “{dated.en}”, running total since {period.since:%Y-%m-%d}",
        )
    return Text(
        f"selon « {dated.fr} », en cumul jusqu'à la date", f"by “{dated.en}”, running total to the date"
    )


def sides(kpi: Kpi, kpis: Mapping[str, Kpi] | None = None) -> tuple[Text, Text | None]:
    """Return what a KPI's numerator and denominator are, in words; None for a KPI that divides by nothing."""
    named = {id: other.label for id, other in (kpis or {}).items()}
    tree = expressions.parse(kpi.sql or "")
    over = _side(tree, kpi.source, named)
    if kpi.denominator:
        return over, _side(expressions.parse(kpi.denominator.sql), kpi.denominator.view, named)
    top = tree.unnest()
    if isinstance(top, exp.Div) and not top.expression.is_number:
        return _side(top.this, kpi.source, named), _side(top.expression, kpi.source, named)
    return over, _joined(Text("{}, à la base", "{}, in the base period"), over) if kpi.base else None


def _side(node: exp.Expr, view: str | None, named: Mapping[str, Text]) -> Text:
    """Return one side: a sum is called by what is summed, a count by what its rows are, another KPI by its label."""
    bare = node.unnest()
    bare = bare.this if isinstance(bare, exp.Nullif) else bare
    if isinstance(bare, exp.Sum) and isinstance(bare.this, exp.Column):
        found = noun(bare.this.name)
    elif isinstance(bare, exp.Count) and isinstance(bare.this, exp.Star):
        found = rows_of(view or "")
    elif isinstance(bare, exp.Anonymous) and bare.name.upper() == expressions.REFERENCE:
        found = named.get(bare.expressions[0].name, Text(bare.expressions[0].name, bare.expressions[0].name))
    else:
        found = _counted(_said(bare, named), view)
    return Text(found.fr[:1].lower() + found.fr[1:], found.en[:1].lower() + found.en[1:])
