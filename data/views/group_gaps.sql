-- How like the staff the project group is (parameters project_group_*), from one staff count until the next and since the
-- group exists: the mean, over sex and category, of 1 - half the sum of the gaps between shares (1 = same make-up).
WITH counts AS (
    SELECT
        MIN(_id) AS _id,
        counted_on,
        replaced_on,
        CAST(SUM(headcount) AS DOUBLE) AS heads,
        SUM(CASE WHEN sex = 'F' THEN headcount ELSE 0 END) AS f,
        SUM(CASE WHEN sex = 'M' THEN headcount ELSE 0 END) AS m,
        SUM(CASE WHEN category = 'A' THEN headcount ELSE 0 END) AS a,
        SUM(CASE WHEN category = 'B' THEN headcount ELSE 0 END) AS b,
        SUM(CASE WHEN category = 'C' THEN headcount ELSE 0 END) AS c
    FROM headcounts
    GROUP BY counted_on, replaced_on
),
members AS (
    SELECT
        project_group_since AS since,
        project_group_f + project_group_m AS members,
        CAST(project_group_f AS DOUBLE) / (project_group_f + project_group_m) AS f,
        CAST(project_group_m AS DOUBLE) / (project_group_f + project_group_m) AS m,
        CAST(project_group_a AS DOUBLE) / (project_group_a + project_group_b + project_group_c) AS a,
        CAST(project_group_b AS DOUBLE) / (project_group_a + project_group_b + project_group_c) AS b,
        CAST(project_group_c AS DOUBLE) / (project_group_a + project_group_b + project_group_c) AS c
    FROM parameters
)
SELECT
    s._id,
    GREATEST(s.counted_on, g.since) AS counted_on,
    s.replaced_on,
    g.members,
    1 - (ABS(g.f - s.f / s.heads) + ABS(g.m - s.m / s.heads)) / 2 AS sex_likeness,
    1 - (ABS(g.a - s.a / s.heads) + ABS(g.b - s.b / s.heads) + ABS(g.c - s.c / s.heads)) / 2 AS category_likeness,
    1 - (
        ABS(g.f - s.f / s.heads) + ABS(g.m - s.m / s.heads)
        + ABS(g.a - s.a / s.heads) + ABS(g.b - s.b / s.heads) + ABS(g.c - s.c / s.heads)
    ) / 4 AS representativeness
FROM counts AS s
CROSS JOIN members AS g
WHERE s.heads > 0 AND (s.replaced_on IS NULL OR s.replaced_on > g.since)
