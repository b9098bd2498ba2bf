-- One row per answer of a staff survey with its two scores, 0 to 100. Closed: only means of whole waves leave it.
-- WHO-5 (four times the sum of five items) needs all five; the local scale is the mean of the items answered, three or more.
WITH items AS (
    SELECT
        _id,
        wave,
        directorate_group,
        category,
        sex,
        who5_1 + who5_2 + who5_3 + who5_4 + who5_5 AS who5_sum,
        CASE WHEN qwl_1 IS NULL THEN 0 ELSE 1 END + CASE WHEN qwl_2 IS NULL THEN 0 ELSE 1 END
        + CASE WHEN qwl_3 IS NULL THEN 0 ELSE 1 END + CASE WHEN qwl_4 IS NULL THEN 0 ELSE 1 END
        + CASE WHEN qwl_5 IS NULL THEN 0 ELSE 1 END + CASE WHEN qwl_6 IS NULL THEN 0 ELSE 1 END AS qwl_answered,
        COALESCE(qwl_1, 0) + COALESCE(qwl_2, 0) + COALESCE(qwl_3, 0)
        + COALESCE(qwl_4, 0) + COALESCE(qwl_5, 0) + COALESCE(qwl_6, 0) AS qwl_sum
    FROM survey_answers
)
SELECT
    _id,
    wave,
    directorate_group,
    category,
    sex,
    4 * who5_sum AS who5,
    CASE WHEN qwl_answered >= 3 THEN 100 * (CAST(qwl_sum AS DOUBLE) / qwl_answered - 1) / 4 END AS qwl
FROM items
