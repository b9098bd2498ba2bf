-- Partners of the network while active: from an interaction or a financing event (request, award, contract, payment) until
-- twelve months later, and not before they joined. One row per partner and year of events, until the next one takes over.
WITH events AS (
    SELECT partner_id, held_on AS happened_on FROM interactions
    UNION ALL
    SELECT k.partner_id, UNNEST([f.requested_on, f.awarded_on, f.contracted_on]) AS happened_on
    FROM partners AS k
    LEFT JOIN financings AS f ON f.partner_id = k.partner_id
    UNION ALL
    SELECT f.partner_id, y.paid_on
    FROM partners AS k
    LEFT JOIN financings AS f ON f.partner_id = k.partner_id
    LEFT JOIN payments AS y ON y.financing_id = f.financing_id
),
years AS (
    -- two events of one calendar year are never twelve months apart: active in between
    SELECT partner_id, MIN(happened_on) AS first_on, MAX(happened_on) AS last_on
    FROM events
    WHERE happened_on IS NOT NULL
    GROUP BY partner_id, YEAR(happened_on)
),
stretches AS (
    SELECT
        partner_id,
        first_on,
        LEAST(
            CAST(last_on + INTERVAL 12 MONTH AS DATE), LEAD(first_on) OVER (PARTITION BY partner_id ORDER BY first_on)
        ) AS active_until
    FROM years
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
