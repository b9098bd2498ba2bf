-- What the DADI costs each day: the year's credits (spent, else voted) and payroll, spread evenly over its days.
WITH years AS (
    SELECT
        _id,
        MAKE_DATE(CAST(year AS INTEGER), 1, 1) AS starts_on,
        MAKE_DATE(CAST(year AS INTEGER), 12, 31) AS ends_on,
        CAST(COALESCE(dadi_spent_amount, dadi_voted_amount) AS DOUBLE) AS credits_amount,
        CAST(dadi_payroll_amount AS DOUBLE) AS payroll_amount
    FROM budgets
),
days AS (
    SELECT _id, starts_on, ends_on, credits_amount, payroll_amount,
        UNNEST(GENERATE_SERIES(starts_on, ends_on, INTERVAL 1 DAY)) AS spent_on
    FROM years
)
SELECT
    _id,
    CAST(spent_on AS DATE) AS spent_on,
    credits_amount / (DATE_DIFF('day', starts_on, ends_on) + 1) AS credits_amount,
    (credits_amount + payroll_amount) / (DATE_DIFF('day', starts_on, ends_on) + 1) AS cost_amount
FROM days
