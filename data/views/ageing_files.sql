-- Open files that have been in their stage, at each date of the calendar, longer than 85 % of the town's files are: Kaplan-Meier
-- over the stage's rows entered in the twelve months before. A stage whose curve has not come so far has no ageing file.
-- A file abandoned in a stage goes out of sight there: it did not end it. Months are numbered, so that dates and rows meet by
-- their month.
WITH dates AS (
    SELECT as_of, rolling_on, YEAR(as_of) * 12 + MONTH(as_of) AS month FROM calendar
),
stays AS (
    SELECT
        stage,
        opened_on,
        closed_on,
        closed_on - opened_on AS days,
        CASE WHEN is_abandoned THEN 0 ELSE 1 END AS ends,
        UNNEST(RANGE(YEAR(opened_on) * 12 + MONTH(opened_on), YEAR(opened_on) * 12 + MONTH(opened_on) + 13)) AS month
    FROM open_stages
),
lasted AS (
    SELECT
        c.as_of,
        s.stage,
        CASE WHEN s.closed_on <= c.as_of THEN s.days ELSE c.as_of - s.opened_on END AS days,
        CASE WHEN s.closed_on <= c.as_of THEN s.ends ELSE 0 END AS ended
    FROM dates AS c
    JOIN stays AS s ON s.month = c.month AND s.opened_on <= c.as_of AND s.opened_on >= c.rolling_on
),
times AS (
    SELECT as_of, stage, days, COUNT(*) AS files, SUM(ended) AS ended FROM lasted GROUP BY as_of, stage, days
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
    FROM times
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
    SELECT as_of, stage, YEAR(as_of) * 12 + MONTH(as_of) AS month, CAST(MIN(days) AS INTEGER) AS usual_days
    FROM curve
    WHERE ended > 0 AND still <= 0.15 + 1e-9
    GROUP BY as_of, stage
),
shortest AS (
    SELECT stage, MIN(usual_days) AS usual_days, MAX(as_of) AS last_on FROM usual GROUP BY stage
),
long_stays AS (
    SELECT
        s._id,
        s.project_id,
        s.title,
        s.lead_directorate,
        s.theme,
        s.departement,
        s.stage,
        s.opened_on,
        s.closed_on,
        s.opened_on + m.usual_days AS from_on,
        LEAST(s.closed_on, m.last_on) AS to_on
    FROM open_stages AS s
    JOIN shortest AS m ON m.stage = s.stage
    WHERE LEAST(s.closed_on, m.last_on) - s.opened_on > m.usual_days
),
months AS (
    SELECT
        *,
        UNNEST(RANGE(YEAR(from_on) * 12 + MONTH(from_on), YEAR(to_on) * 12 + MONTH(to_on) + 1)) AS month
    FROM long_stays
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
    u.as_of - s.opened_on AS days,
    u.usual_days
FROM usual AS u
JOIN months AS s
    ON s.month = u.month
    AND s.stage = u.stage
    AND u.as_of - s.opened_on > u.usual_days
    AND (s.closed_on IS NULL OR s.closed_on > u.as_of)
