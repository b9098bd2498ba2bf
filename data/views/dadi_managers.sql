-- Category A posts of the DADI (parameter dadi_directorate) from one staff count until the next.
WITH counts AS (
    SELECT as_of, LEAD(as_of) OVER (ORDER BY as_of) AS replaced_on
    FROM (SELECT DISTINCT as_of FROM staff) AS dates
)
SELECT
    s._id,
    s.directorate,
    s.sex,
    s.headcount,
    s.fte,
    s.as_of AS counted_on,
    c.replaced_on
FROM staff AS s
JOIN counts AS c ON c.as_of = s.as_of
JOIN parameters AS q ON s.directorate = q.dadi_directorate
WHERE s.category = 'A'
