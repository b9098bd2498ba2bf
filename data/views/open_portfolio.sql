-- What the open files cost and what is secured for them: a row per file, one per award while it lives on an open file,
-- one per plan won while the file is open. Files whose cost or own funds are unknown only count in portfolio_cost_amount.
SELECT
    _id,
    project_id,
    title,
    lead_directorate,
    theme,
    opened_on,
    closed_on,
    total_cost_amount AS portfolio_cost_amount,
    CASE WHEN own_funds_amount IS NOT NULL THEN total_cost_amount END AS total_cost_amount,
    CASE WHEN total_cost_amount IS NOT NULL THEN own_funds_amount END AS own_funds_amount,
    0 AS awarded_amount,
    0 AS plan_cost_amount,
    1 AS files
FROM projects
UNION ALL
SELECT
    l._id,
    l.project_id,
    l.title,
    l.lead_directorate,
    l.theme,
    GREATEST(l.awarded_on, p.opened_on) AS opened_on,
    LEAST(l.cancelled_on, p.closed_on) AS closed_on,
    0 AS portfolio_cost_amount,
    0 AS total_cost_amount,
    0 AS own_funds_amount,
    l.awarded_amount,
    0 AS plan_cost_amount,
    0 AS files
FROM city_lines AS l
JOIN projects AS p ON p.project_id = l.project_id
WHERE l.awarded_on IS NOT NULL AND l.own_funds_amount IS NOT NULL AND l.total_cost_amount IS NOT NULL
UNION ALL
SELECT
    _id,
    project_id,
    title,
    lead_directorate,
    theme,
    GREATEST(awarded_on, opened_on) AS opened_on,
    LEAST(cancelled_on, closed_on) AS closed_on,
    0 AS portfolio_cost_amount,
    0 AS total_cost_amount,
    0 AS own_funds_amount,
    0 AS awarded_amount,
    total_cost_amount AS plan_cost_amount,
    0 AS files
FROM plans
WHERE own_funds_amount IS NOT NULL
