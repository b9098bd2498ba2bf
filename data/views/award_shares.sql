-- Own funds spread over a plan's living lines pro rata to their awards, anew at each award and cancellation: one row per
-- line and stretch of time between two of them, under the column names of financed_plans.
WITH known AS (
    SELECT * FROM won_lines WHERE own_funds_amount IS NOT NULL AND awarded_amount IS NOT NULL
),
moments AS (
    SELECT project_id, awarded_on AS happened_on FROM known
    UNION
    SELECT project_id, cancelled_on AS happened_on FROM known WHERE cancelled_on IS NOT NULL
),
stretches AS (
    SELECT
        project_id,
        happened_on,
        LEAD(happened_on) OVER (PARTITION BY project_id ORDER BY happened_on) AS next_on
    FROM moments
),
living AS (
    SELECT
        l._id,
        l.project_id,
        l.title,
        l.lead_directorate,
        l.theme,
        l.partner,
        l.partner_kind,
        l.programme,
        l.year,
        s.happened_on,
        s.next_on,
        l.awarded_amount,
        l.own_funds_amount,
        SUM(l.awarded_amount) OVER (PARTITION BY l.project_id, s.happened_on) AS plan_amount
    FROM known AS l
    JOIN stretches AS s
        ON s.project_id = l.project_id
        AND s.happened_on >= l.awarded_on
        AND (l.cancelled_on IS NULL OR s.happened_on < l.cancelled_on)
)
SELECT
    _id,
    project_id,
    title,
    lead_directorate,
    theme,
    partner,
    partner_kind,
    programme,
    year,
    happened_on AS awarded_on,
    next_on AS cancelled_on,
    awarded_amount AS partner_awarded_amount,
    CAST(own_funds_amount AS DOUBLE) * awarded_amount / NULLIF(plan_amount, 0) AS own_funds_amount,
    1 AS plans
FROM living
