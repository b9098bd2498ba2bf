-- Open files that have been in their stage, at each date of the calendar, longer than 85 % of the town's files are: Kaplan-Meier
-- over the stage's rows entered in the twelve months before. A stage whose curve has not come so far has no ageing file.
-- A file abandoned in a stage goes out of sight there: it did not end it.
WITH lasted AS (
    SELECT
        c.as_of,
        s.stage,
        DATE_DIFF('day', s.opened_on, LEAST(c.as_of, COALESCE(s.closed_on, c.as_of))) AS days,
        COUNT(*) AS files,
        COUNT(CASE WHEN s.closed_on <= c.as_of AND NOT s.is_abandoned THEN 1 END) AS ended
    FROM calendar AS c
    JOIN open_stages AS s ON s.opened_on <= c.as_of AND s.opened_on >= c.rolling_on
    GROUP BY c.as_of, s.stage, DATE_DIFF('day', s.opened_on, LEAST(c.as_of, COALESCE(s.closed_on, c.as_of)))
),
followed AS (
    SELECT
        as_of,
        stage,
        days,
        ended,
        CAST(SUM(files) OVER (
            PARTITION BY as_of, stage ORDER BY days DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS DOUBLE) AS at_risk
    FROM lasted
),
curve AS (
    SELECT
        as_of,
        stage,
        days,
        ended,
        EXP(SUM(CASE WHEN ended < at_risk THEN LN(1 - ended / at_risk) ELSE 0 END) OVER w)
        * MIN(CASE WHEN ended < at_risk THEN 1 ELSE 0 END) OVER w AS still
    FROM followed
    WINDOW w AS (PARTITION BY as_of, stage ORDER BY days ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
usual AS (
    SELECT as_of, stage, CAST(MIN(days) AS INTEGER) AS usual_days
    FROM curve
    WHERE ended > 0 AND still <= 0.15 + 1e-9
    GROUP BY as_of, stage
)
SELECT
    s._id,
    s.project_id,
    s.title,
    s.lead_directorate,
    s.theme,
    s.departement,
    s.stage,
    s.opened_on,
    u.as_of,
    DATE_DIFF('day', s.opened_on, u.as_of) AS days,
    u.usual_days
FROM usual AS u
JOIN open_stages AS s
    ON s.stage = u.stage
    AND s.opened_on < u.as_of - u.usual_days
    AND (s.closed_on IS NULL OR s.closed_on > u.as_of)
