-- Lines awarded since the change of method (parameter rebase_on). One cancelled the day it was awarded never lived.
SELECT
    l._id,
    l.financing_id,
    l.project_id,
    l.partner_id,
    l.programme,
    l.nature,
    l.title,
    l.lead_directorate,
    l.theme,
    l.partner,
    l.partner_kind,
    l.sector,
    l.own_funds_amount,
    l.total_cost_amount,
    l.awarded_on,
    CAST(EXTRACT(YEAR FROM l.awarded_on) AS INTEGER) AS year,
    l.awarded_amount,
    l.cancelled_on
FROM city_lines AS l
CROSS JOIN parameters AS q
WHERE l.awarded_on >= q.rebase_on
    AND (l.cancelled_on IS NULL OR l.cancelled_on > l.awarded_on)
