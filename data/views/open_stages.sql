-- The same files by the stage they are in: one row per stage, from its entry to its exit (or the file's closing).
SELECT
    s._id,
    p.project_id,
    p.title,
    p.lead_directorate,
    p.theme,
    p.departement,
    s.stage,
    GREATEST(s.entered_on, p.opened_on) AS opened_on,
    LEAST(s.left_on, p.closed_on) AS closed_on,
    p.total_cost_amount,
    p.own_funds_amount,
    COALESCE(p.outcome = 'abandoned' AND (s.left_on IS NULL OR s.left_on >= p.closed_on), FALSE) AS is_abandoned
FROM stages AS s
JOIN projects AS p ON p.project_id = s.project_id
