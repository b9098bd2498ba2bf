"""How office charts write the values of a unit: raw values, said in millions or per cent by the format alone."""

from pages.texts import language

EUROS = {
    "fr": '[>=1000000]#,##0.0,,"\u00a0M€";[>=10000]#,##0,"\u00a0k€";#,##0"\u00a0€"',
    "en": '[>=1000000]"€"#,##0.0,,"m";[>=10000]"€"#,##0,"k";"€"#,##0',
}
FORMATS = {"ratio": "0%", "eur_per_eur": "0.00", "days": "0", "n": "#,##0"}
PRECISE = frozenset({"index", "share", "factor", "times", "x"})


def number_format(unit: str) -> str:
    """The number format of a unit, for an axis or the label of a point."""
    if unit == "eur":
        return EUROS[language()]
    return FORMATS.get(unit, "0.00" if unit in PRECISE else "#,##0.0")
