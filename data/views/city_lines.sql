-- Money asked from partners for the town's own projects: grants, contributions, participations, sponsorship.
-- Investments of a third party in his own building and contributions in kind are not co-financing.
SELECT
    f._id,
    f.financing_id,
    f.project_id,
    f.partner_id,
    f.programme,
    f.nature,
    p.title,
    p.lead_directorate,
    p.theme,
    k.name AS partner,
    k.kind AS partner_kind,
    k.sector,
    p.own_funds_amount,
    p.total_cost_amount,
    f.requested_on,
    f.requested_amount,
    f.awarded_on,
    f.awarded_amount,
    f.contracted_on,
    f.contracted_amount,
    f.refused_on,
    f.cancelled_on,
    f.start_deadline_on
FROM financings AS f
JOIN projects AS p ON p.project_id = f.project_id
LEFT JOIN partners AS k ON k.partner_id = f.partner_id
WHERE f.nature IN ('grant', 'partner_contribution', 'participation', 'sponsorship')
    AND COALESCE(p.project_owner, 'city') = 'city'
