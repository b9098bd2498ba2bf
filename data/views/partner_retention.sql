-- Partners by what they were twelve months before: a row of the base while a partner was active then, and a row retained
-- while it was active then and is active now.
WITH then_active AS (
    SELECT
        _id,
        partner_id,
        partner,
        partner_kind,
        sector,
        network,
        CAST(active_from + INTERVAL 12 MONTH AS DATE) AS counted_on,
        CAST(active_until + INTERVAL 12 MONTH AS DATE) AS left_on
    FROM active_partners
)
SELECT
    _id,
    partner_id,
    partner,
    partner_kind,
    sector,
    network,
    counted_on,
    left_on,
    1 AS active_before,
    0 AS retained
FROM then_active
UNION ALL
SELECT
    b._id,
    b.partner_id,
    b.partner,
    b.partner_kind,
    b.sector,
    b.network,
    GREATEST(b.counted_on, n.active_from) AS counted_on,
    LEAST(b.left_on, n.active_until) AS left_on,
    0 AS active_before,
    1 AS retained
FROM then_active AS b
JOIN active_partners AS n
    ON n.partner_id = b.partner_id
    AND n.active_from < b.left_on
    AND n.active_until > b.counted_on
