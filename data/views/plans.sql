-- A plan lives while at least one of its won lines does: one row per uninterrupted life of a project's plan.
WITH lives AS (
    SELECT
        project_id,
        awarded_on,
        COALESCE(cancelled_on, DATE '9999-12-31') AS ended_on,
        MAX(COALESCE(cancelled_on, DATE '9999-12-31')) OVER (
            PARTITION BY project_id ORDER BY awarded_on, _id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS covered_until
    FROM won_lines
),
numbered AS (
    SELECT
        project_id,
        awarded_on,
        ended_on,
        SUM(CASE WHEN covered_until IS NULL OR awarded_on > covered_until THEN 1 ELSE 0 END) OVER (
            PARTITION BY project_id ORDER BY awarded_on, ended_on ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS life
    FROM lives
),
merged AS (
    SELECT
        project_id,
        MIN(awarded_on) AS awarded_on,
        NULLIF(MAX(ended_on), DATE '9999-12-31') AS cancelled_on
    FROM numbered
    GROUP BY project_id, life
)
SELECT
    p._id,
    p.project_id,
    p.title,
    p.lead_directorate,
    p.theme,
    m.awarded_on,
    m.cancelled_on,
    p.own_funds_amount,
    p.total_cost_amount,
    p.opened_on,
    p.closed_on
FROM merged AS m
JOIN projects AS p ON p.project_id = m.project_id
