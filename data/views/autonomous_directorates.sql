-- When a directorate ran sessions without the project team: from such a session until ninety days after the last of an
-- unbroken series, within the time in which the staff counts know the directorate.
WITH own AS (
    SELECT
        _id,
        directorate,
        held_on,
        MAX(held_on) OVER (
            PARTITION BY directorate ORDER BY held_on, _id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS earlier_on
    FROM practice_sessions
    WHERE NOT is_run_by_team AND directorate IS NOT NULL
),
numbered AS (
    SELECT
        _id,
        directorate,
        held_on,
        SUM(CASE WHEN earlier_on IS NULL OR DATE_DIFF('day', earlier_on, held_on) > 90 THEN 1 ELSE 0 END) OVER (
            PARTITION BY directorate ORDER BY held_on, _id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS series
    FROM own
),
spells AS (
    SELECT
        MIN(_id) AS _id,
        directorate,
        MIN(held_on) AS started_on,
        CAST(MAX(held_on) + INTERVAL 90 DAY AS DATE) AS lapsed_on,
        COUNT(*) AS sessions
    FROM numbered
    GROUP BY directorate, series
)
SELECT
    s._id,
    s.directorate,
    s.directorate AS lead_directorate,
    GREATEST(s.started_on, d.counted_on) AS started_on,
    CASE WHEN d.replaced_on < s.lapsed_on THEN d.replaced_on ELSE s.lapsed_on END AS lapsed_on,
    s.sessions
FROM spells AS s
JOIN directorates AS d
    ON d.directorate = s.directorate
    AND d.counted_on < s.lapsed_on
    AND (d.replaced_on IS NULL OR d.replaced_on > s.started_on)
