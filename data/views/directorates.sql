-- The directorates there are, from one staff count until the next: a row per directorate and count.
SELECT
    MIN(_id) AS _id,
    directorate,
    lead_directorate,
    SUM(headcount) AS headcount,
    counted_on,
    replaced_on
FROM headcounts
GROUP BY directorate, lead_directorate, counted_on, replaced_on
