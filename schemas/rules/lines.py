"""The financing lines as several rules need them."""

# A cancelled line is out of every plan.
LIVE_LINES = """
    lines AS (
        SELECT line.* FROM financings line, settings
        WHERE line.cancelled_on IS NULL OR line.cancelled_on > settings.as_of
    )
"""

# Each line with the programme row of its date (the latest row where the line is undated). Whether that row was
# still valid on the date is rule 11's business.
LINES_BY_PROGRAMME = f"""
    {LIVE_LINES.replace("lines AS", "live AS")}, lines AS (
        SELECT live.*, programme.family, programme.cumulation_cap, programme.start_within_months,
               coalesce(programme.is_public, CASE
                   WHEN programme.family = 'private' THEN false
                   WHEN programme.family <> 'other' THEN true
               END) AS is_public
        FROM live ASOF LEFT JOIN programmes programme
            ON live.programme = programme.programme
            AND coalesce(live.requested_on, live.awarded_on, DATE '9999-12-31') >= programme.valid_from
    )
"""
