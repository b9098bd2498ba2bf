-- Files, open from opened_on until closed_on.
SELECT
    _id,
    project_id,
    title,
    lead_directorate,
    theme,
    departement,
    opened_on,
    closed_on,
    total_cost_amount,
    own_funds_amount
FROM projects
