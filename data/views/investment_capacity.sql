-- What a year could invest, in euros of the baseline year: the budget's own part (dated 1 January) and each award to a
-- project of the town. The loan is gross, since net savings already bear the repayments.
WITH prices AS (
    SELECT
        b.year,
        b.price_index / NULLIF(MAX(CASE WHEN b.year = q.baseline_year THEN b.price_index END) OVER (), 0) AS price
    FROM budgets AS b
    CROSS JOIN parameters AS q
)
SELECT
    b._id,
    NULL AS project_id,
    'budget' AS part,
    NULL AS lead_directorate,
    MAKE_DATE(CAST(b.year AS INTEGER), 1, 1) AS counted_on,
    CAST(NULL AS DATE) AS cancelled_on,
    CAST(
        b.operating_revenue_amount - b.operating_expenditure_amount - b.loan_repayment_amount
        + b.own_investment_receipts_amount + b.fctva_amount + b.new_loan_amount AS DOUBLE
    ) / NULLIF(c.price, 0) AS own_capacity_amount,
    0 AS awarded_amount
FROM budgets AS b
JOIN prices AS c ON c.year = b.year
UNION ALL
SELECT
    l._id,
    l.project_id,
    'award' AS part,
    l.lead_directorate,
    l.awarded_on AS counted_on,
    l.cancelled_on,
    NULL AS own_capacity_amount,
    CAST(l.awarded_amount AS DOUBLE) / NULLIF(c.price, 0) AS awarded_amount
FROM city_lines AS l
JOIN prices AS c ON c.year = EXTRACT(YEAR FROM l.awarded_on)
WHERE l.awarded_on IS NOT NULL
