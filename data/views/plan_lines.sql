-- Every line of the town's projects with the legal nature of its money, for the financing plans' guard.
-- Public: as the programme's rule in force says, else the partner's sector. Start deadline: the line's own, else the rule's.
WITH rules AS (
    SELECT
        programme,
        is_public,
        start_within_months,
        valid_from,
        LEAD(valid_from) OVER (PARTITION BY programme ORDER BY valid_from) AS next_from
    FROM programmes
)
SELECT
    l._id,
    l.financing_id,
    l.project_id,
    l.title,
    l.lead_directorate,
    l.theme,
    l.partner_id,
    l.partner,
    l.partner_kind,
    l.sector,
    l.programme,
    l.nature,
    COALESCE(r.is_public, l.sector = 'public') AS is_public,
    l.own_funds_amount,
    l.total_cost_amount,
    l.requested_on,
    l.requested_amount,
    l.awarded_on,
    l.awarded_amount,
    l.contracted_on,
    l.contracted_amount,
    l.refused_on,
    l.cancelled_on,
    COALESCE(
        l.start_deadline_on,
        CAST(l.awarded_on + CAST(r.start_within_months AS INTEGER) * INTERVAL 1 MONTH AS DATE)
    ) AS start_deadline_on
FROM city_lines AS l
LEFT JOIN rules AS r
    ON r.programme = l.programme
    AND r.valid_from <= COALESCE(l.requested_on, l.awarded_on)
    AND (r.next_from IS NULL OR r.next_from > COALESCE(l.requested_on, l.awarded_on))
