"""The financing lines as several rules need them."""

# Each line with the programme row of its date (the latest row where the line is undated). A cancelled line is out.
# Whether the row was still valid on that date is rule 11's business.
LIVE_LINES = """
    lines AS (
        SELECT line.*, programme.family, programme.cumulation_cap, programme.start_within_months,
               coalesce(programme.is_public, CASE
                   WHEN programme.family = 'private' THEN false
                   WHEN programme.family <> 'other' THEN true
               END) AS is_public
        FROM financings line
        ASOF LEFT JOIN programmes programme
            ON line.programme = programme.programme
            AND coalesce(line.requested_on, line.awarded_on, DATE '9999-12-31') >= programme.valid_from
        CROSS JOIN settings
        WHERE line.cancelled_on IS NULL OR line.cancelled_on > settings.as_of
    )
"""
