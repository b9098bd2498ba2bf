-- Files, open from opened_on until closed_on. Project mode is unknown where a flag is and none is false; no partner directorate
-- named is none.
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
    own_funds_amount,
    has_preliminary_study,
    has_charter AND has_milestones AND has_manager AS is_project_mode,
    TRIM(COALESCE(partner_directorates, '')) <> '' AS is_cross_directorate
FROM projects
