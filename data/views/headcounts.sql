-- The staff, from one count until the next: a row per directorate, category and sex.
WITH counts AS (
    SELECT as_of, LEAD(as_of) OVER (ORDER BY as_of) AS replaced_on
    FROM (SELECT DISTINCT as_of FROM staff) AS dates
)
SELECT
    s._id,
    s.directorate,
    s.directorate AS lead_directorate,
    s.category,
    s.sex,
    s.headcount,
    s.fte,
    s.as_of AS counted_on,
    c.replaced_on
FROM staff AS s
JOIN counts AS c ON c.as_of = s.as_of
