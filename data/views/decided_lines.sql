-- What partners answered to the town's requests since the change of method (parameter rebase_on): what they awarded, and what
-- had been asked of those that refused. Pending requests are nowhere.
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
    COALESCE(l.awarded_on, l.refused_on) AS decided_on,
    l.cancelled_on,
    CASE WHEN l.awarded_on IS NULL THEN 0 ELSE l.awarded_amount END AS awarded_amount,
    CASE WHEN l.awarded_on IS NULL THEN l.requested_amount ELSE 0 END AS refused_amount
FROM city_lines AS l
CROSS JOIN parameters AS q
WHERE COALESCE(l.awarded_on, l.refused_on) >= q.rebase_on
    AND (l.cancelled_on IS NULL OR l.cancelled_on > COALESCE(l.awarded_on, l.refused_on))
