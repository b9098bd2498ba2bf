-- One row for each grant of the State, with the cost of its project and where and what it is for.
-- The rate of a grant is only known where the cost is known and above zero: both known_* columns are empty elsewhere.
SELECT
    f._id,
    f.financing_id,
    f.project_id,
    f.programme,
    p.theme,
    p.departement,
    p.territory_code,
    f.awarded_on,
    CAST(EXTRACT(YEAR FROM f.awarded_on) AS INTEGER) AS year,
    f.awarded_amount,
    p.total_cost_amount,
    CASE WHEN p.total_cost_amount > 0 THEN f.awarded_amount END AS known_awarded_amount,
    CASE WHEN p.total_cost_amount > 0 AND f.awarded_amount IS NOT NULL THEN p.total_cost_amount END AS known_cost_amount,
    f.cancelled_on
FROM financings AS f
INNER JOIN partners AS k ON k.partner_id = f.partner_id AND k.kind = 'state'
INNER JOIN projects AS p ON p.project_id = f.project_id
WHERE f.nature = 'grant' AND f.awarded_on IS NOT NULL
