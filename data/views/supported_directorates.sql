-- Directorates while they lead, or are partner of, a project with a preliminary study that is open or was in the last twelve
-- months. One row per uninterrupted stretch and staff count that knows the directorate.
WITH studied AS (
    SELECT
        lead_directorate,
        partner_directorates,
        opened_on,
        COALESCE(CAST(closed_on + INTERVAL 12 MONTH AS DATE), DATE '9999-12-31') AS ended_on
    FROM projects
    WHERE has_preliminary_study
),
stretches AS (
    SELECT lead_directorate AS directorate, opened_on, ended_on FROM studied
    UNION ALL
    SELECT TRIM(UNNEST(STRING_SPLIT(partner_directorates, ';'))) AS directorate, opened_on, ended_on
    FROM studied
    WHERE partner_directorates IS NOT NULL
),
years AS (
    -- each stretch lasts twelve months at least: those that begin in one calendar year touch
    SELECT directorate, MIN(opened_on) AS opened_on, MAX(ended_on) AS ended_on
    FROM stretches
    GROUP BY directorate, YEAR(opened_on)
),
covered AS (
    SELECT
        directorate,
        opened_on,
        MAX(ended_on) OVER (
            PARTITION BY directorate ORDER BY opened_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS covered_until
    FROM years
),
starts AS (
    SELECT
        directorate,
        opened_on,
        LEAD(covered_until) OVER (PARTITION BY directorate ORDER BY opened_on) AS next_covered_until
    FROM covered
    WHERE covered_until IS NULL OR opened_on > covered_until
),
lasts AS (
    SELECT directorate, MAX(ended_on) AS ended_on FROM years GROUP BY directorate
),
merged AS (
    SELECT s.directorate, s.opened_on, COALESCE(s.next_covered_until, l.ended_on) AS ended_on
    FROM starts AS s
    JOIN lasts AS l ON l.directorate = s.directorate
)
SELECT
    d._id,
    d.directorate,
    d.lead_directorate,
    GREATEST(m.opened_on, d.counted_on) AS counted_on,
    LEAST(NULLIF(m.ended_on, DATE '9999-12-31'), d.replaced_on) AS replaced_on
FROM merged AS m
JOIN directorates AS d
    ON d.directorate = m.directorate
    AND m.opened_on < COALESCE(d.replaced_on, DATE '9999-12-31')
    AND m.ended_on > d.counted_on
