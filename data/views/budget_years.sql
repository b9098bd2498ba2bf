-- Yearly budgets, dated 1 January; means_gap is the larger of the two gaps to the baseline year (posts; credits in
-- constant euros).
WITH base AS (
    SELECT
        b.dadi_fte AS fte,
        CAST(b.dadi_voted_amount AS DOUBLE) / NULLIF(b.price_index, 0) AS voted
    FROM budgets AS b
    JOIN parameters AS q ON b.year = q.baseline_year
)
SELECT
    b._id,
    b.year,
    MAKE_DATE(CAST(b.year AS INTEGER), 1, 1) AS starts_on,
    b.outstanding_debt_amount,
    b.operating_revenue_amount - b.operating_expenditure_amount AS gross_savings_amount,
    CASE
        WHEN b.operating_revenue_amount > b.operating_expenditure_amount
            THEN b.operating_revenue_amount - b.operating_expenditure_amount
    END AS positive_savings_amount,
    CASE
        WHEN b.dadi_fte IS NOT NULL AND b.dadi_voted_amount IS NOT NULL AND b.price_index > 0 AND base.fte > 0 AND base.voted > 0
            THEN GREATEST(
                ABS(b.dadi_fte - base.fte) / base.fte,
                ABS(CAST(b.dadi_voted_amount AS DOUBLE) / b.price_index - base.voted) / base.voted
            )
    END AS means_gap
FROM budgets AS b
LEFT JOIN base ON TRUE
