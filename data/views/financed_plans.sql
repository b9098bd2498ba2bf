-- The plans won and the lines that won them, on the same projects: own funds count once while any line lives.
-- Plans whose own funds are unknown are left out of both sides (the coverage tells it).
SELECT
    _id,
    project_id,
    title,
    lead_directorate,
    theme,
    partner,
    partner_kind,
    programme,
    awarded_on,
    cancelled_on,
    awarded_amount AS partner_awarded_amount,
    0 AS own_funds_amount,
    0 AS plans
FROM won_lines
WHERE own_funds_amount IS NOT NULL
UNION ALL
SELECT
    _id,
    project_id,
    title,
    lead_directorate,
    theme,
    NULL AS partner,
    NULL AS partner_kind,
    NULL AS programme,
    awarded_on,
    cancelled_on,
    0 AS partner_awarded_amount,
    own_funds_amount,
    1 AS plans
FROM plans
WHERE own_funds_amount IS NOT NULL
