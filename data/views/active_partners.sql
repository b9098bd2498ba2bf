-- Partners of the network while active: from an interaction or a financing event (request, award, contract, payment) until
-- twelve months later, and not before they joined. Stretches that touch are one row.
WITH events AS (
    SELECT partner_id, held_on AS happened_on FROM interactions
    UNION ALL
    SELECT k.partner_id, f.requested_on FROM partners AS k LEFT JOIN financings AS f ON f.partner_id = k.partner_id
    UNION ALL
    SELECT k.partner_id, f.awarded_on FROM partners AS k LEFT JOIN financings AS f ON f.partner_id = k.partner_id
    UNION ALL
    SELECT k.partner_id, f.contracted_on FROM partners AS k LEFT JOIN financings AS f ON f.partner_id = k.partner_id
    UNION ALL
    SELECT k.partner_id, y.paid_on
    FROM partners AS k
    LEFT JOIN financings AS f ON f.partner_id = k.partner_id
    LEFT JOIN payments AS y ON y.financing_id = f.financing_id
),
seen AS (
    SELECT
        partner_id,
        happened_on,
        LAG(happened_on) OVER (PARTITION BY partner_id ORDER BY happened_on) AS previous_on,
        MAX(happened_on) OVER (PARTITION BY partner_id) AS last_on
    FROM events
    WHERE happened_on IS NOT NULL
),
stretches AS (
    SELECT
        partner_id,
        happened_on AS first_on,
        CAST(
            COALESCE(LEAD(previous_on) OVER (PARTITION BY partner_id ORDER BY happened_on), last_on)
            + INTERVAL 12 MONTH AS DATE
        ) AS active_until
    FROM seen
    WHERE previous_on IS NULL OR happened_on > previous_on + INTERVAL 12 MONTH
)
SELECT
    k._id,
    k.partner_id,
    k.name AS partner,
    k.kind AS partner_kind,
    k.sector,
    k.network,
    k.joined_on,
    GREATEST(s.first_on, k.joined_on) AS active_from,
    s.active_until
FROM stretches AS s
JOIN partners AS k ON k.partner_id = s.partner_id
WHERE s.active_until > k.joined_on
