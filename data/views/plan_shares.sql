-- The town's own share of each won plan in public money, anew at each award and cancellation: one row per stretch of time in
-- which at least one won line lives. All public money awarded to the project counts, whenever it was; what nobody knows to be
-- private is public. A breach is certain, compliance is not, while a public amount is unknown.
WITH lines AS (
    SELECT
        l.project_id,
        l.awarded_on,
        l.cancelled_on,
        CASE WHEN COALESCE(l.is_public, TRUE) THEN COALESCE(l.awarded_amount, 0) ELSE 0 END AS public_amount,
        CASE WHEN COALESCE(l.is_public, TRUE) AND l.awarded_amount IS NULL THEN 1 ELSE 0 END AS unknown_lines,
        CASE WHEN l.awarded_on >= q.rebase_on THEN 1 ELSE 0 END AS won_lines
    FROM plan_lines AS l
    CROSS JOIN parameters AS q
    WHERE l.awarded_on IS NOT NULL AND (l.cancelled_on IS NULL OR l.cancelled_on > l.awarded_on)
),
moves AS (
    SELECT project_id, awarded_on AS happened_on, public_amount, unknown_lines, won_lines FROM lines
    UNION ALL
    SELECT project_id, cancelled_on, -public_amount, -unknown_lines, -won_lines FROM lines WHERE cancelled_on IS NOT NULL
),
days AS (
    SELECT
        project_id,
        happened_on,
        SUM(public_amount) AS public_amount,
        SUM(unknown_lines) AS unknown_lines,
        SUM(won_lines) AS won_lines
    FROM moves
    GROUP BY project_id, happened_on
),
stretches AS (
    SELECT
        project_id,
        happened_on AS awarded_on,
        LEAD(happened_on) OVER w AS cancelled_on,
        SUM(public_amount) OVER w AS public_amount,
        SUM(unknown_lines) OVER w AS unknown_lines,
        SUM(won_lines) OVER w AS won_lines
    FROM days
    WINDOW w AS (PARTITION BY project_id ORDER BY happened_on)
)
SELECT
    p._id,
    p.project_id,
    p.title,
    p.lead_directorate,
    p.theme,
    s.awarded_on,
    s.cancelled_on,
    p.own_funds_amount,
    s.public_amount,
    COALESCE(p.min_own_share, 0.20) AS min_own_share,
    p.has_derogation,
    CASE
        WHEN p.has_derogation THEN TRUE
        WHEN ROUND(COALESCE(p.min_own_share, 0.20) * (p.own_funds_amount + s.public_amount), 2) > p.own_funds_amount THEN FALSE
        WHEN p.own_funds_amount IS NOT NULL AND s.unknown_lines = 0 THEN TRUE
    END AS is_compliant
FROM stretches AS s
JOIN projects AS p ON p.project_id = s.project_id
WHERE s.won_lines > 0
