-- The town's KPIs by hand, at every month end, for the town and by directorate: kpi, as_of, scope, value, numerator,
-- denominator, n. As good as we can write them for DuckDB, for this catalogue only: constants instead of parameters, shared
-- scans, months as running totals. {first} and {last} are the first days of the first and last months.

-- name: leverage_awarded cofinancing_raised funder_concentration success_rate
WITH cal AS (SELECT last_day(CAST(d AS DATE)) AS m FROM generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 MONTH) AS t(d)),
won AS MATERIALIZED (
    SELECT f.project_id, p.lead_directorate AS d, k.kind, f.awarded_on, f.cancelled_on, f.awarded_amount AS a, p.own_funds_amount AS own
    FROM financings AS f
    JOIN projects AS p ON p.project_id = f.project_id
    LEFT JOIN partners AS k ON k.partner_id = f.partner_id
    WHERE f.awarded_on >= DATE '2014-09-01' AND (f.cancelled_on IS NULL OR f.cancelled_on > f.awarded_on)
        AND f.nature IN ('grant', 'partner_contribution', 'participation', 'sponsorship')
        AND (p.project_owner = 'city' OR p.project_owner IS NULL)
),
islands AS (
    SELECT project_id, d, own, awarded_on, ended_on,
        SUM(CASE WHEN covered IS NULL OR awarded_on > covered THEN 1 ELSE 0 END) OVER (PARTITION BY project_id ORDER BY awarded_on, ended_on ROWS UNBOUNDED PRECEDING) AS life
    FROM (
        SELECT project_id, d, own, awarded_on, coalesce(cancelled_on, DATE '9999-12-31') AS ended_on,
            MAX(coalesce(cancelled_on, DATE '9999-12-31')) OVER (PARTITION BY project_id ORDER BY awarded_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered
        FROM won WHERE own IS NOT NULL
    )
),
plans AS MATERIALIZED (
    SELECT d, any_value(own) AS own, MIN(awarded_on) AS awarded_on, NULLIF(MAX(ended_on), DATE '9999-12-31') AS cancelled_on
    FROM islands GROUP BY project_id, d, life
),
refused AS (
    SELECT p.lead_directorate AS d, f.refused_on, f.cancelled_on, f.requested_amount AS a
    FROM financings AS f
    JOIN projects AS p ON p.project_id = f.project_id
    WHERE f.refused_on >= DATE '2014-09-01' AND f.awarded_on IS NULL AND (f.cancelled_on IS NULL OR f.cancelled_on > f.refused_on)
        AND f.nature IN ('grant', 'partner_contribution', 'participation', 'sponsorship')
        AND (p.project_owner = 'city' OR p.project_owner IS NULL)
),
changes AS (
    SELECT last_day(awarded_on) AS m, d, kind, SUM(a) AS a, SUM(CASE WHEN own IS NOT NULL THEN a END) AS matched, COUNT(*) AS n, 0 AS own, 0 AS plans, 0 AS refused, 0 AS refusals
    FROM won GROUP BY 1, 2, 3
    UNION ALL
    SELECT last_day(cancelled_on), d, kind, -SUM(a), -SUM(CASE WHEN own IS NOT NULL THEN a END), -COUNT(*), 0, 0, 0, 0
    FROM won WHERE cancelled_on IS NOT NULL GROUP BY 1, 2, 3
    UNION ALL
    SELECT last_day(awarded_on), d, '', 0, 0, 0, SUM(own), COUNT(*), 0, 0 FROM plans GROUP BY 1, 2
    UNION ALL
    SELECT last_day(cancelled_on), d, '', 0, 0, 0, -SUM(own), -COUNT(*), 0, 0 FROM plans WHERE cancelled_on IS NOT NULL GROUP BY 1, 2
    UNION ALL
    SELECT last_day(refused_on), d, '', 0, 0, 0, 0, 0, SUM(a), COUNT(*) FROM refused GROUP BY 1, 2
    UNION ALL
    SELECT last_day(cancelled_on), d, '', 0, 0, 0, 0, 0, -SUM(a), -COUNT(*) FROM refused WHERE cancelled_on IS NOT NULL GROUP BY 1, 2
),
steps AS MATERIALIZED (
    SELECT m, CASE WHEN GROUPING(d) = 1 THEN '' ELSE d END AS scope, kind, SUM(a) AS a, SUM(matched) AS matched, SUM(n) AS n, SUM(own) AS own, SUM(plans) AS plans, SUM(refused) AS refused, SUM(refusals) AS refusals
    FROM changes GROUP BY GROUPING SETS ((m, kind), (m, d, kind))
),
running AS (
    SELECT cal.m, l.scope, l.kind, SUM(s.a) OVER w AS a, SUM(s.matched) OVER w AS matched, SUM(s.n) OVER w AS n, SUM(s.own) OVER w AS own, SUM(s.plans) OVER w AS plans, SUM(s.refused) OVER w AS refused, SUM(s.refusals) OVER w AS refusals
    FROM cal CROSS JOIN (SELECT DISTINCT scope, kind FROM steps) AS l
    LEFT JOIN steps AS s ON s.m = cal.m AND s.scope = l.scope AND s.kind = l.kind
    WINDOW w AS (PARTITION BY l.scope, l.kind ORDER BY cal.m ROWS UNBOUNDED PRECEDING)
),
totals AS MATERIALIZED (
    SELECT m, scope, SUM(a)::DOUBLE AS a, SUM(matched)::DOUBLE AS matched, SUM(n) AS n, SUM(own)::DOUBLE AS own, SUM(plans) AS plans, SUM(a::DOUBLE * a::DOUBLE) AS squares, coalesce(SUM(refused), 0)::DOUBLE AS refused, coalesce(SUM(refusals), 0) AS refusals
    FROM running GROUP BY m, scope
)
SELECT 'leverage_awarded' AS kpi, m AS as_of, scope, matched / NULLIF(own, 0) AS value, matched AS numerator, own AS denominator, plans AS n FROM totals
UNION ALL SELECT 'cofinancing_raised', m, scope, a, a, NULL, n FROM totals
UNION ALL SELECT 'funder_concentration', m, scope, squares / NULLIF(a * a, 0), squares, a * a, n FROM totals
UNION ALL SELECT 'success_rate', m, scope, a / NULLIF(a + refused, 0), a, a + refused, n + refusals FROM totals;

-- name: secured_share active_files files_per_manager project_mode_share cross_directorate_share
WITH cal AS (SELECT last_day(CAST(d AS DATE)) AS m FROM generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 MONTH) AS t(d)),
files AS (
    SELECT lead_directorate AS d, last_day(opened_on) AS i, last_day(closed_on) AS o,
        CASE WHEN total_cost_amount IS NOT NULL THEN own_funds_amount END AS secured, CASE WHEN own_funds_amount IS NOT NULL THEN total_cost_amount END AS cost, 1 AS n,
        CASE WHEN has_charter AND has_milestones AND has_manager THEN 1 ELSE 0 END AS mode, CASE WHEN has_charter AND has_milestones AND has_manager IS NULL THEN 0 ELSE 1 END AS told,
        CASE WHEN trim(partner_directorates) <> '' THEN 1 ELSE 0 END AS crossed
    FROM projects
    WHERE closed_on IS NULL OR last_day(closed_on) > last_day(opened_on)
    UNION ALL
    SELECT p.lead_directorate, last_day(greatest(f.awarded_on, p.opened_on)) AS i, last_day(least(f.cancelled_on, p.closed_on)) AS o, f.awarded_amount, 0, 0, 0, 0, 0
    FROM financings AS f
    JOIN projects AS p ON p.project_id = f.project_id
    WHERE f.awarded_on IS NOT NULL AND p.own_funds_amount IS NOT NULL AND p.total_cost_amount IS NOT NULL
        AND f.nature IN ('grant', 'partner_contribution', 'participation', 'sponsorship')
        AND (p.project_owner = 'city' OR p.project_owner IS NULL)
        AND (least(f.cancelled_on, p.closed_on) IS NULL OR last_day(least(f.cancelled_on, p.closed_on)) > last_day(greatest(f.awarded_on, p.opened_on)))
),
cells AS MATERIALIZED (
    SELECT i, o, d, GROUPING(o) AS came, SUM(secured) AS secured, SUM(cost) AS cost, SUM(n) AS n, SUM(mode) AS mode, SUM(told) AS told, SUM(crossed) AS crossed
    FROM files GROUP BY GROUPING SETS ((i, d), (o, d))
),
steps AS MATERIALIZED (
    SELECT CASE WHEN came = 1 THEN i ELSE o END AS m, CASE WHEN GROUPING(d) = 1 THEN '' ELSE d END AS scope,
        SUM(CASE WHEN came = 1 THEN secured ELSE -secured END) AS secured, SUM(CASE WHEN came = 1 THEN cost ELSE -cost END) AS cost, SUM(CASE WHEN came = 1 THEN n ELSE -n END) AS n,
        SUM(CASE WHEN came = 1 THEN mode ELSE -mode END) AS mode, SUM(CASE WHEN came = 1 THEN told ELSE -told END) AS told, SUM(CASE WHEN came = 1 THEN crossed ELSE -crossed END) AS crossed
    FROM cells WHERE came = 1 OR o IS NOT NULL GROUP BY GROUPING SETS ((1), (1, d))
),
running AS MATERIALIZED (
    SELECT cal.m, l.scope, (SUM(s.secured) OVER w)::DOUBLE AS secured, (SUM(s.cost) OVER w)::DOUBLE AS cost, (SUM(s.n) OVER w)::DOUBLE AS n,
        SUM(s.mode) OVER w AS mode, SUM(s.told) OVER w AS told, SUM(s.crossed) OVER w AS crossed
    FROM cal CROSS JOIN (SELECT DISTINCT scope FROM steps) AS l
    LEFT JOIN steps AS s ON s.m = cal.m AND s.scope = l.scope
    WINDOW w AS (PARTITION BY l.scope ORDER BY cal.m ROWS UNBOUNDED PRECEDING)
),
counts AS (SELECT as_of, SUM(CASE WHEN directorate = 'DADI' AND category = 'A' THEN fte END) AS fte FROM staff GROUP BY as_of),
managers AS (SELECT cal.m, counts.fte FROM cal ASOF LEFT JOIN counts ON cal.m >= counts.as_of)
SELECT 'secured_share' AS kpi, m AS as_of, scope, secured / NULLIF(cost, 0) AS value, secured AS numerator, cost AS denominator, n FROM running
UNION ALL SELECT 'active_files', m, scope, n, n, NULL, n FROM running
UNION ALL SELECT 'files_per_manager', r.m, '', r.n / NULLIF(g.fte, 0), r.n, g.fte, r.n FROM running AS r JOIN managers AS g ON g.m = r.m WHERE r.scope = ''
UNION ALL SELECT 'project_mode_share', m, scope, mode / NULLIF(told, 0), mode, told, told FROM running
UNION ALL SELECT 'cross_directorate_share', m, scope, crossed / NULLIF(n, 0), crossed, n, n FROM running;

-- name: appraisal_median_days appraised_within_110_days appraisal_reduction_factor throughput
WITH cal AS (SELECT last_day(CAST(d AS DATE)) AS m FROM generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 MONTH) AS t(d)),
paused AS (
    SELECT _id, lead(stage) OVER (PARTITION BY project_id ORDER BY entered_on) AS next_stage
    FROM stages WHERE project_id IN (SELECT project_id FROM stages WHERE stage = 'suspended')
),
files AS (
    SELECT s.project_id,
        MIN(CASE WHEN s.stage = 'appraisal' THEN s.entered_on END) AS opened_on,
        MIN(CASE WHEN s.stage = 'appraisal' AND p._id IS NULL THEN s.left_on END) AS left_on,
        MIN(CASE WHEN s.stage IN ('financing', 'contracting', 'works') THEN s.entered_on END) AS moved_on
    FROM stages AS s LEFT JOIN paused AS p ON p._id = s._id AND p.next_stage = 'suspended'
    GROUP BY s.project_id
),
appraisals AS MATERIALIZED (
    SELECT p.lead_directorate AS d, f.opened_on,
        CASE WHEN f.moved_on IS NOT NULL THEN coalesce(f.left_on, f.moved_on) WHEN p.outcome IS NULL OR p.outcome <> 'abandoned' THEN f.left_on END AS decided_on,
        CASE WHEN f.moved_on IS NULL AND p.outcome = 'abandoned' THEN least(f.left_on, p.closed_on) END AS ended_on
    FROM files AS f JOIN projects AS p ON p.project_id = f.project_id
    WHERE f.opened_on IS NOT NULL
),
spells AS (
    SELECT 1 AS cohort, m, d, opened_on, decided_on, least(m, ended_on) AS seen
    FROM cal JOIN appraisals ON opened_on <= m AND opened_on > last_day(m - INTERVAL 12 MONTH)
    UNION ALL
    SELECT 0, m, d, opened_on, decided_on, least(m, ended_on)
    FROM cal JOIN appraisals ON opened_on <= m AND opened_on BETWEEN DATE '2012-01-01' AND DATE '2012-12-31'
),
fine AS (
    SELECT cohort, m, d, date_diff('day', opened_on, CASE WHEN decided_on <= seen THEN decided_on ELSE seen END) AS t, COUNT(*) AS c, COUNT(CASE WHEN decided_on <= seen THEN 1 END) AS ended
    FROM spells GROUP BY 1, 2, 3, 4
),
times AS (
    SELECT cohort, m, CASE WHEN GROUPING(d) = 1 THEN '' ELSE d END AS scope, t, SUM(c) AS c, SUM(ended) AS ended
    FROM fine GROUP BY GROUPING SETS ((cohort, m, t), (cohort, m, t, d))
),
risk AS (SELECT *, (SUM(c) OVER (PARTITION BY cohort, m, scope ORDER BY t DESC ROWS UNBOUNDED PRECEDING))::DOUBLE AS n FROM times),
curve AS (
    SELECT *, exp(SUM(CASE WHEN ended < n THEN ln(1 - ended / n) ELSE 0 END) OVER w) * MIN(CASE WHEN ended < n THEN 1 ELSE 0 END) OVER w AS s
    FROM risk WINDOW w AS (PARTITION BY cohort, m, scope ORDER BY t ROWS UNBOUNDED PRECEDING)
),
read AS MATERIALIZED (
    SELECT cohort, m, scope, SUM(c) AS n, MIN(CASE WHEN ended > 0 AND s <= 0.5 + 1e-9 THEN t END) AS median,
        CASE WHEN MAX(t) >= 110 OR MIN(s) <= 1e-9 THEN coalesce(MIN(CASE WHEN t <= 110 THEN s END), 1) END AS still
    FROM curve GROUP BY 1, 2, 3
),
scopes AS (SELECT '' AS scope UNION ALL SELECT DISTINCT lead_directorate FROM projects),
grid AS (SELECT m, scope FROM cal CROSS JOIN scopes),
decided AS (
    SELECT last_day(decided_on) AS m, CASE WHEN GROUPING(d) = 1 THEN '' ELSE d END AS scope, COUNT(*) AS n
    FROM appraisals WHERE decided_on IS NOT NULL GROUP BY GROUPING SETS ((1), (1, d))
),
side AS MATERIALIZED (
    SELECT g.m, g.scope, now.n, now.median, now.still, base.n AS base_n, base.median AS base, coalesce(t.n, 0) AS decided
    FROM grid AS g
    LEFT JOIN read AS now ON now.cohort = 1 AND now.m = g.m AND now.scope = g.scope
    LEFT JOIN read AS base ON base.cohort = 0 AND base.m = g.m AND base.scope = g.scope
    LEFT JOIN decided AS t ON t.m = g.m AND t.scope = g.scope
)
SELECT 'appraisal_median_days' AS kpi, m AS as_of, scope, median AS value, NULL AS numerator, NULL AS denominator, n FROM side
UNION ALL SELECT 'appraised_within_110_days', m, scope, 1 - still, NULL, NULL, n FROM side
UNION ALL SELECT 'appraisal_reduction_factor', m, scope, base / NULLIF(median, 0), base, median, least(base_n, n) FROM side
UNION ALL SELECT 'throughput', m, scope, decided, decided, NULL, decided FROM side;

-- name: investment_capacity_index debt_payback_years constant_means_gap raised_per_operating_euro
WITH cal AS (SELECT last_day(CAST(d AS DATE)) AS m FROM generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 MONTH) AS t(d)),
awards AS MATERIALIZED (
    SELECT last_day(f.awarded_on) AS i, last_day(f.cancelled_on) AS o, SUM(f.awarded_amount) AS a, COUNT(*) AS n
    FROM financings AS f JOIN projects AS p ON p.project_id = f.project_id
    WHERE f.awarded_on IS NOT NULL AND f.nature IN ('grant', 'partner_contribution', 'participation', 'sponsorship')
        AND (p.project_owner = 'city' OR p.project_owner IS NULL)
    GROUP BY 1, 2
),
years AS MATERIALIZED (
    SELECT year, price_index / (SELECT price_index FROM budgets WHERE year = 2013) AS price,
        (operating_revenue_amount - operating_expenditure_amount - loan_repayment_amount + own_investment_receipts_amount + fctva_amount + new_loan_amount)::DOUBLE AS own,
        outstanding_debt_amount::DOUBLE AS debt, (operating_revenue_amount - operating_expenditure_amount)::DOUBLE AS savings,
        dadi_fte AS fte, dadi_voted_amount::DOUBLE / price_index AS voted,
        (coalesce(dadi_spent_amount, dadi_voted_amount) + dadi_payroll_amount)::DOUBLE / date_diff('day', make_date(year::INT, 1, 1), make_date(year::INT + 1, 1, 1)) AS daily
    FROM budgets
),
base AS (SELECT fte, voted FROM years WHERE year = 2013),
monthly AS (
    SELECT c.m, y.own / y.price AS own,
        (SELECT SUM(a) FROM awards WHERE i <= c.m AND i >= date_trunc('year', c.m) AND (o IS NULL OR o > c.m))::DOUBLE AS in_year,
        (SELECT SUM(n) FROM awards WHERE i <= c.m AND i >= date_trunc('year', c.m) AND (o IS NULL OR o > c.m)) AS n_year,
        (SELECT SUM(a) FROM awards WHERE i <= c.m AND i > last_day(c.m - INTERVAL 12 MONTH) AND (o IS NULL OR o > c.m))::DOUBLE AS rolling,
        (SELECT SUM(n) FROM awards WHERE i <= c.m AND i > last_day(c.m - INTERVAL 12 MONTH) AND (o IS NULL OR o > c.m)) AS n_rolling,
        y.year, y.price, y.debt, y.savings, y.fte, y.voted, y.daily, date_diff('day', make_date(y.year::INT, 1, 1), c.m) + 1 AS days_now,
        p.daily AS daily_before, date_diff('day', last_day(c.m - INTERVAL 12 MONTH), make_date(y.year::INT, 1, 1)) - 1 AS days_before
    FROM cal AS c
    LEFT JOIN years AS y ON y.year = year(c.m)
    LEFT JOIN years AS p ON p.year = year(c.m) - 1
),
worked AS MATERIALIZED (
    SELECT m, own + coalesce(in_year, 0) / price AS capacity, coalesce(n_year, 0) AS n_year, debt, CASE WHEN savings > 0 THEN savings END AS savings, year,
        greatest(abs(fte - (SELECT fte FROM base)) / (SELECT fte FROM base), abs(voted - (SELECT voted FROM base)) / (SELECT voted FROM base)) AS gap, fte, voted,
        coalesce(rolling, 0) AS rolling, coalesce(n_rolling, 0) AS n_rolling,
        CASE WHEN days_before > 0 THEN daily * days_now + daily_before * days_before ELSE daily * days_now END AS cost
    FROM monthly
),
then_ AS (SELECT capacity FROM worked WHERE m = DATE '2013-12-31')
SELECT 'investment_capacity_index' AS kpi, m AS as_of, '' AS scope, CASE WHEN m >= DATE '2013-12-31' THEN capacity / NULLIF((SELECT capacity FROM then_), 0) END AS value, capacity AS numerator, (SELECT capacity FROM then_) AS denominator, n_year AS n FROM worked
UNION ALL SELECT 'debt_payback_years', m, '', debt / NULLIF(savings, 0), debt, savings, CASE WHEN year IS NULL THEN 0 ELSE 1 END FROM worked
UNION ALL SELECT 'constant_means_gap', m, '', CASE WHEN fte IS NOT NULL AND voted IS NOT NULL THEN gap END, NULL, NULL, CASE WHEN year IS NULL THEN 0 ELSE 1 END FROM worked
UNION ALL SELECT 'raised_per_operating_euro', m, '', rolling / NULLIF(cost, 0), rolling, cost, n_rolling FROM worked;

-- name: partners_joined levers_deployed
WITH cal AS (SELECT last_day(CAST(d AS DATE)) AS m FROM generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 MONTH) AS t(d)),
joined AS (SELECT last_day(joined_on) AS m, COUNT(*) AS n FROM partners GROUP BY 1),
pulled AS (SELECT lever, last_day(MIN(deployed_on)) AS m FROM practices WHERE deployed_on IS NOT NULL GROUP BY lever),
levers AS (SELECT m, COUNT(*) AS n FROM pulled GROUP BY m),
used AS (SELECT last_day(deployed_on) AS m, COUNT(*) AS n FROM practices WHERE deployed_on IS NOT NULL GROUP BY 1),
side AS MATERIALIZED (
    SELECT c.m, coalesce(SUM(j.n) OVER w, 0) AS joined, coalesce(SUM(l.n) OVER w, 0) AS levers, coalesce(SUM(u.n) OVER w, 0) AS used
    FROM cal AS c LEFT JOIN joined AS j ON j.m = c.m LEFT JOIN levers AS l ON l.m = c.m LEFT JOIN used AS u ON u.m = c.m
    WINDOW w AS (ORDER BY c.m ROWS UNBOUNDED PRECEDING)
)
SELECT 'partners_joined' AS kpi, m AS as_of, '' AS scope, joined AS value, joined AS numerator, NULL AS denominator, joined AS n FROM side
UNION ALL SELECT 'levers_deployed', m, '', levers, NULL, NULL, used FROM side;

-- name: active_partner_share new_partners partner_retention
WITH cal AS (SELECT last_day(CAST(d AS DATE)) AS m, year(d) * 12 + month(d) AS ym FROM generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 MONTH) AS t(d)),
events AS (
    SELECT partner_id, held_on AS d FROM interactions
    UNION ALL SELECT partner_id, requested_on FROM financings
    UNION ALL SELECT partner_id, awarded_on FROM financings WHERE awarded_on IS NOT NULL
    UNION ALL SELECT partner_id, contracted_on FROM financings WHERE contracted_on IS NOT NULL
    UNION ALL SELECT f.partner_id, y.paid_on FROM payments AS y JOIN financings AS f ON f.financing_id = y.financing_id
),
years AS (
    SELECT partner_id, year(MIN(d)) * 12 + month(MIN(d)) AS a, year(MAX(d)) * 12 + month(MAX(d)) + 12 AS b
    FROM events GROUP BY partner_id, year(d)
),
spells AS MATERIALIZED (
    SELECT s.partner_id, greatest(s.a, year(k.joined_on) * 12 + month(k.joined_on)) AS a, s.b
    FROM (SELECT partner_id, a, least(b, lead(a) OVER (PARTITION BY partner_id ORDER BY a)) AS b FROM years) AS s
    JOIN partners AS k ON k.partner_id = s.partner_id AND s.b > year(k.joined_on) * 12 + month(k.joined_on)
),
kept AS (
    SELECT greatest(s.a + 12, n.a) AS a, least(s.b + 12, n.b) AS b
    FROM spells AS s JOIN spells AS n ON n.partner_id = s.partner_id AND n.a < s.b + 12 AND n.b > s.a + 12
),
moves AS (
    SELECT a AS ym, COUNT(*) AS active, 0 AS kept, 0 AS joined FROM spells GROUP BY 1
    UNION ALL SELECT b, -COUNT(*), 0, 0 FROM spells GROUP BY 1
    UNION ALL SELECT a, 0, COUNT(*), 0 FROM kept GROUP BY 1
    UNION ALL SELECT b, 0, -COUNT(*), 0 FROM kept GROUP BY 1
    UNION ALL SELECT year(joined_on) * 12 + month(joined_on), 0, 0, COUNT(*) FROM partners GROUP BY 1
),
sums AS (SELECT ym, SUM(active) AS active, SUM(kept) AS kept, SUM(joined) AS joined FROM moves GROUP BY ym),
running AS (
    SELECT c.m, c.ym, coalesce(SUM(s.active) OVER w, 0) AS active, coalesce(SUM(s.kept) OVER w, 0) AS kept, coalesce(SUM(s.joined) OVER w, 0) AS joined,
        coalesce(SUM(s.joined) OVER (PARTITION BY (c.ym - 1) // 3 ORDER BY c.ym ROWS UNBOUNDED PRECEDING), 0) AS recent
    FROM cal AS c LEFT JOIN sums AS s ON s.ym = c.ym
    WINDOW w AS (ORDER BY c.ym ROWS UNBOUNDED PRECEDING)
),
side AS MATERIALIZED (SELECT *, lag(active, 12) OVER (ORDER BY ym) AS before FROM running)
SELECT 'active_partner_share' AS kpi, m AS as_of, '' AS scope, active / NULLIF(joined, 0) AS value, active AS numerator, joined AS denominator, joined AS n FROM side
UNION ALL SELECT 'new_partners', m, '', recent, recent, NULL, recent FROM side
UNION ALL SELECT 'partner_retention', m, '', kept / NULLIF(before, 0), kept, before, before FROM side;

-- name: ageing_share
WITH cal AS (SELECT last_day(CAST(d AS DATE)) AS m, last_day(CAST(d - INTERVAL 12 MONTH AS DATE)) AS after, (year(d) * 12 + month(d))::INT AS ym FROM generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 MONTH) AS t(d)),
stays AS MATERIALIZED (
    SELECT p.lead_directorate AS d, CASE s.stage WHEN 'appraisal' THEN 0 WHEN 'financing' THEN 1 WHEN 'contracting' THEN 2 WHEN 'works' THEN 3 ELSE 4 END AS stage,
        greatest(s.entered_on, p.opened_on) AS i, coalesce(least(s.left_on, p.closed_on), DATE '9999-12-31') AS o,
        CASE WHEN p.outcome = 'abandoned' AND (s.left_on IS NULL OR s.left_on >= p.closed_on) THEN 0 ELSE 1 END AS ends
    FROM stages AS s JOIN projects AS p ON p.project_id = s.project_id
),
lasted AS (
    SELECT c.ym * 8 + s.stage AS g, least(s.o, c.m) - s.i AS t, COUNT(*) AS c, SUM(CASE WHEN s.o <= c.m THEN s.ends ELSE 0 END) AS ended
    FROM (SELECT *, unnest(range((year(i) * 12 + month(i))::INT, (year(i) * 12 + month(i))::INT + 12)) AS ym FROM stays) AS s JOIN cal AS c ON c.ym = s.ym
    GROUP BY 1, 2
),
risk AS (SELECT *, (SUM(c) OVER (PARTITION BY g ORDER BY t DESC ROWS UNBOUNDED PRECEDING))::DOUBLE AS n FROM lasted),
curve AS (
    SELECT *, exp(SUM(CASE WHEN ended < n THEN ln(1 - ended / n) ELSE 0 END) OVER w) * MIN(CASE WHEN ended < n THEN 1 ELSE 0 END) OVER w AS s
    FROM risk WINDOW w AS (PARTITION BY g ORDER BY t ROWS UNBOUNDED PRECEDING)
),
usual AS MATERIALIZED (SELECT g // 8 AS ym, g % 8 AS stage, MIN(t)::INT AS p85 FROM curve WHERE ended > 0 AND s <= 0.15 + 1e-9 GROUP BY g),
shortest AS (SELECT stage, MIN(p85) AS p85 FROM usual GROUP BY stage),
slow AS (
    SELECT s.d, s.stage, s.i, s.o, unnest(range((year(s.i + b.p85) * 12 + month(s.i + b.p85))::INT, (year(least(s.o, DATE '{last}' + 31)) * 12 + month(least(s.o, DATE '{last}' + 31)))::INT + 1)) AS ym
    FROM stays AS s JOIN shortest AS b ON b.stage = s.stage AND s.o - s.i > b.p85
),
old AS (
    SELECT c.m, CASE WHEN GROUPING(s.d) = 1 THEN '' ELSE s.d END AS scope, COUNT(*) AS n
    FROM slow AS s JOIN usual AS u ON u.ym = s.ym AND u.stage = s.stage JOIN cal AS c ON c.ym = s.ym
    WHERE c.m - s.i > u.p85 AND s.o > c.m
    GROUP BY GROUPING SETS ((c.m), (c.m, s.d))
),
changes AS (
    SELECT last_day(opened_on) AS m, lead_directorate AS d, COUNT(*) AS n FROM projects GROUP BY 1, 2
    UNION ALL SELECT last_day(closed_on), lead_directorate, -COUNT(*) FROM projects WHERE closed_on IS NOT NULL GROUP BY 1, 2
),
steps AS MATERIALIZED (SELECT m, CASE WHEN GROUPING(d) = 1 THEN '' ELSE d END AS scope, SUM(n) AS n FROM changes GROUP BY GROUPING SETS ((m), (m, d))),
running AS (
    SELECT cal.m, l.scope, SUM(s.n) OVER (PARTITION BY l.scope ORDER BY cal.m ROWS UNBOUNDED PRECEDING) AS n
    FROM cal CROSS JOIN (SELECT DISTINCT scope FROM steps) AS l LEFT JOIN steps AS s ON s.m = cal.m AND s.scope = l.scope
)
SELECT 'ageing_share' AS kpi, r.m AS as_of, r.scope, coalesce(o.n, 0) / NULLIF(r.n, 0) AS value, coalesce(o.n, 0) AS numerator, r.n AS denominator, r.n AS n
FROM running AS r LEFT JOIN old AS o ON o.m = r.m AND o.scope = r.scope;

-- name: directorates_supported
WITH cal AS (SELECT last_day(CAST(d AS DATE)) AS m, year(d) * 12 + month(d) AS ym FROM generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 MONTH) AS t(d)),
studied AS (
    SELECT lead_directorate AS d, partner_directorates AS more, year(opened_on) * 12 + month(opened_on) AS a, coalesce(year(closed_on) * 12 + month(closed_on) + 12, 999999) AS b
    FROM projects WHERE has_preliminary_study
),
spells AS (SELECT d, a, MAX(b) AS b FROM (SELECT d, a, b FROM studied UNION ALL SELECT trim(unnest(string_split(more, ';'))), a, b FROM studied WHERE more IS NOT NULL) GROUP BY d, a),
counts AS (SELECT as_of, directorate FROM staff GROUP BY ALL),
latest AS (SELECT cal.m, cal.ym, k.as_of FROM cal ASOF JOIN (SELECT DISTINCT as_of FROM counts) AS k ON cal.m >= k.as_of),
there AS (
    SELECT l.m, c.directorate AS d, CASE WHEN EXISTS (SELECT 1 FROM spells AS s WHERE s.d = c.directorate AND s.a <= l.ym AND s.b > l.ym) THEN 1 ELSE 0 END AS yes
    FROM latest AS l JOIN counts AS c ON c.as_of = l.as_of
)
SELECT 'directorates_supported' AS kpi, m AS as_of, CASE WHEN GROUPING(d) = 1 THEN '' ELSE d END AS scope, SUM(yes) / COUNT(*) AS value, SUM(yes) AS numerator, COUNT(*) AS denominator, SUM(yes) AS n
FROM there GROUP BY GROUPING SETS ((m), (m, d));

-- name: compliant_plans grants_at_risk
WITH cal AS (SELECT last_day(CAST(d AS DATE)) AS m, year(d) * 12 + month(d) AS ym FROM generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 MONTH) AS t(d)),
rules AS (SELECT programme, is_public, start_within_months, valid_from, lead(valid_from, 1, DATE '9999-12-31') OVER (PARTITION BY programme ORDER BY valid_from) AS next_from FROM programmes),
lines AS MATERIALIZED (
    SELECT f.project_id, p.lead_directorate AS d, f.awarded_on, f.cancelled_on, f.awarded_amount AS a, coalesce(r.is_public, k.sector = 'public', TRUE) AS is_public,
        p.own_funds_amount AS own, coalesce(p.min_own_share, 0.2) AS share, p.has_derogation,
        coalesce(f.start_deadline_on, f.awarded_on + r.start_within_months::INT * INTERVAL 1 MONTH) - INTERVAL 6 MONTH + INTERVAL 1 DAY AS risky_on,
        least(p.works_started_on, f.cancelled_on, p.closed_on) AS ended_on
    FROM financings AS f JOIN projects AS p ON p.project_id = f.project_id
    LEFT JOIN partners AS k ON k.partner_id = f.partner_id
    LEFT JOIN rules AS r ON r.programme = f.programme AND f.requested_on >= r.valid_from AND f.requested_on < r.next_from
    WHERE f.awarded_on IS NOT NULL AND f.nature IN ('grant', 'partner_contribution', 'participation', 'sponsorship')
        AND (p.project_owner = 'city' OR p.project_owner IS NULL)
),
plans AS (
    SELECT l.* FROM lines AS l
    WHERE (cancelled_on IS NULL OR cancelled_on > awarded_on) AND project_id IN (SELECT project_id FROM lines WHERE awarded_on >= DATE '2014-09-01')
),
events AS (
    SELECT project_id, year(awarded_on) * 12 + month(awarded_on) AS ym, d, own, share, has_derogation, CASE WHEN is_public THEN a ELSE 0 END AS a, CASE WHEN awarded_on >= DATE '2014-09-01' THEN 1 ELSE 0 END AS won FROM plans
    UNION ALL
    SELECT project_id, year(cancelled_on) * 12 + month(cancelled_on), d, own, share, has_derogation, CASE WHEN is_public THEN -a ELSE 0 END, CASE WHEN awarded_on >= DATE '2014-09-01' THEN -1 ELSE 0 END FROM plans WHERE cancelled_on IS NOT NULL
),
months AS (SELECT project_id, ym, any_value(d) AS d, any_value(own) AS own, any_value(share) AS share, any_value(has_derogation) AS free, SUM(a) AS a, SUM(won) AS won FROM events GROUP BY project_id, ym),
stretches AS (
    SELECT d, own, share, free, ym, lead(ym) OVER w AS next, SUM(a) OVER w AS a, SUM(won) OVER w AS won
    FROM months WINDOW w AS (PARTITION BY project_id ORDER BY ym)
),
judged AS (
    SELECT d, ym, next, CASE WHEN free OR round(share * (own + a), 2) <= own THEN 1 ELSE 0 END AS good FROM stretches WHERE won > 0 AND (own IS NOT NULL OR free)
),
risky AS (SELECT d, year(greatest(risky_on, awarded_on)) * 12 + month(greatest(risky_on, awarded_on)) AS i, year(ended_on) * 12 + month(ended_on) AS o, a FROM lines WHERE risky_on IS NOT NULL),
changes AS (
    SELECT ym, d, COUNT(*) AS n, SUM(good) AS good, 0 AS a, 0 AS lines FROM judged GROUP BY 1, 2
    UNION ALL SELECT next, d, -COUNT(*), -SUM(good), 0, 0 FROM judged WHERE next IS NOT NULL GROUP BY 1, 2
    UNION ALL SELECT i, d, 0, 0, SUM(a), COUNT(*) FROM risky WHERE o IS NULL OR o > i GROUP BY 1, 2
    UNION ALL SELECT o, d, 0, 0, -SUM(a), -COUNT(*) FROM risky WHERE o > i GROUP BY 1, 2
),
steps AS MATERIALIZED (
    SELECT ym, CASE WHEN GROUPING(d) = 1 THEN '' ELSE d END AS scope, SUM(n) AS n, SUM(good) AS good, SUM(a) AS a, SUM(lines) AS lines
    FROM changes GROUP BY GROUPING SETS ((ym), (ym, d))
),
running AS MATERIALIZED (
    SELECT c.m, l.scope, coalesce(SUM(s.n) OVER w, 0) AS n, coalesce(SUM(s.good) OVER w, 0) AS good, coalesce(SUM(s.a) OVER w, 0)::DOUBLE AS a, coalesce(SUM(s.lines) OVER w, 0) AS lines
    FROM cal AS c CROSS JOIN (SELECT DISTINCT scope FROM steps) AS l LEFT JOIN steps AS s ON s.ym = c.ym AND s.scope = l.scope
    WINDOW w AS (PARTITION BY l.scope ORDER BY c.ym ROWS UNBOUNDED PRECEDING)
)
SELECT 'compliant_plans' AS kpi, m AS as_of, scope, good / NULLIF(n, 0) AS value, good AS numerator, n AS denominator, n FROM running
UNION ALL SELECT 'grants_at_risk', m, scope, a, a, NULL, lines FROM running;

-- name: trials participation_rate return_rate relevance_rate external_cost mooc_completion staff_reached autonomous_adoption
WITH cal AS (SELECT last_day(CAST(d AS DATE)) AS m, year(d) * 12 + month(d) AS ym FROM generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 MONTH) AS t(d)),
steps AS MATERIALIZED (
    SELECT year(held_on) * 12 + month(held_on) AS ym, CASE WHEN GROUPING(directorate) = 1 THEN '' ELSE directorate END AS scope,
        COUNT(*) AS n, SUM(newcomers) AS reached, SUM(external_cost_amount) AS cost,
        COUNT(CASE WHEN kind = 'practice' THEN 1 END) AS trials, SUM(CASE WHEN kind = 'practice' THEN newcomers END) AS came,
        SUM(CASE WHEN kind = 'practice' AND newcomers IS NOT NULL THEN participants END) AS seats, SUM(CASE WHEN kind = 'practice' THEN participants - newcomers END) AS returned,
        SUM(CASE WHEN kind = 'practice' AND opinions_relevant IS NOT NULL THEN opinions END) AS opinions, SUM(CASE WHEN kind = 'practice' AND opinions IS NOT NULL THEN opinions_relevant END) AS relevant,
        SUM(CASE WHEN kind = 'mooc' AND completed IS NOT NULL THEN enrolled END) AS enrolled, SUM(CASE WHEN kind = 'mooc' AND enrolled IS NOT NULL THEN completed END) AS completed
    FROM practice_sessions GROUP BY GROUPING SETS ((1), (1, directorate)) HAVING GROUPING(directorate) = 1 OR directorate IS NOT NULL
),
running AS MATERIALIZED (
    SELECT c.m, l.scope, coalesce(s.trials, 0) AS trials, SUM(s.trials) OVER w AS uses, SUM(s.n) OVER w AS n, SUM(s.reached) OVER w AS reached, (SUM(s.cost) OVER w)::DOUBLE AS cost,
        SUM(s.came) OVER w AS came, SUM(s.seats) OVER w AS seats, SUM(s.returned) OVER w AS returned, SUM(s.opinions) OVER w AS opinions, SUM(s.relevant) OVER w AS relevant,
        SUM(s.enrolled) OVER w AS enrolled, SUM(s.completed) OVER w AS completed
    FROM cal AS c CROSS JOIN (SELECT DISTINCT scope FROM steps) AS l LEFT JOIN steps AS s ON s.ym = c.ym AND s.scope = l.scope
    WINDOW w AS (PARTITION BY l.scope ORDER BY c.ym ROWS UNBOUNDED PRECEDING)
),
counts AS (SELECT as_of, directorate AS d, SUM(headcount) AS heads FROM staff GROUP BY 1, 2),
latest AS (SELECT cal.m, k.as_of FROM cal ASOF JOIN (SELECT DISTINCT as_of FROM counts) AS k ON cal.m >= k.as_of),
there AS MATERIALIZED (SELECT l.m, c.d, c.heads FROM latest AS l JOIN counts AS c ON c.as_of = l.as_of),
heads AS MATERIALIZED (SELECT m, CASE WHEN GROUPING(d) = 1 THEN '' ELSE d END AS scope, SUM(heads) AS heads FROM there GROUP BY GROUPING SETS ((m), (m, d))),
alone AS (SELECT directorate AS d, held_on FROM practice_sessions WHERE NOT is_run_by_team AND directorate IS NOT NULL GROUP BY ALL),
adopted AS (
    SELECT t.m, t.d, CASE WHEN MAX(a.held_on) IS NULL THEN 0 ELSE 1 END AS yes
    FROM there AS t LEFT JOIN alone AS a ON a.d = t.d AND a.held_on <= t.m AND a.held_on > t.m - 90
    GROUP BY 1, 2
),
rates AS (SELECT r.*, h.heads FROM running AS r LEFT JOIN heads AS h ON h.m = r.m AND h.scope = r.scope)
SELECT 'trials' AS kpi, m AS as_of, scope, trials AS value, trials AS numerator, NULL AS denominator, trials AS n FROM running WHERE m >= DATE '2013-09-01'
UNION ALL SELECT 'participation_rate', m, scope, came / NULLIF(heads, 0), came, heads, uses FROM rates
UNION ALL SELECT 'return_rate', m, scope, returned / NULLIF(seats, 0), returned, seats, seats FROM running
UNION ALL SELECT 'relevance_rate', m, scope, relevant / NULLIF(opinions, 0), relevant, opinions, opinions FROM running
UNION ALL SELECT 'external_cost', m, scope, cost, cost, NULL, n FROM running
UNION ALL SELECT 'mooc_completion', m, '', completed / NULLIF(enrolled, 0), completed, enrolled, enrolled FROM running WHERE scope = ''
UNION ALL SELECT 'staff_reached', m, scope, reached / NULLIF(heads, 0), reached, heads, n FROM rates WHERE m >= DATE '2013-09-01'
UNION ALL SELECT 'autonomous_adoption', m, CASE WHEN GROUPING(d) = 1 THEN '' ELSE d END, SUM(yes) / COUNT(*), SUM(yes), COUNT(*), SUM(yes) FROM adopted WHERE m >= DATE '2013-09-01' GROUP BY GROUPING SETS ((m), (m, d));

-- name: press_and_replications open_resources group_representativeness
WITH cal AS (SELECT last_day(CAST(d AS DATE)) AS m, last_day(CAST(d - INTERVAL 12 MONTH AS DATE)) AS after FROM generate_series(DATE '{first}', DATE '{last}', INTERVAL 1 MONTH) AS t(d)),
told AS (
    SELECT c.m, COUNT(CASE WHEN s.kind IN ('press', 'replication') AND s.happened_on > c.after THEN 1 END) AS press, COUNT(CASE WHEN s.kind = 'open_data' THEN 1 END) AS shared
    FROM cal AS c LEFT JOIN milestones AS s ON s.is_done AND s.happened_on <= c.m GROUP BY c.m
),
heads AS (SELECT as_of, category, sex, SUM(headcount)::DOUBLE AS n FROM staff GROUP BY 1, 2, 3),
shares AS (
    SELECT as_of, SUM(CASE WHEN sex = 'F' THEN n ELSE 0 END) / SUM(n) AS f, SUM(CASE WHEN sex = 'M' THEN n ELSE 0 END) / SUM(n) AS m, SUM(CASE WHEN category = 'A' THEN n ELSE 0 END) / SUM(n) AS a,
        SUM(CASE WHEN category = 'B' THEN n ELSE 0 END) / SUM(n) AS b, SUM(CASE WHEN category = 'C' THEN n ELSE 0 END) / SUM(n) AS c
    FROM heads GROUP BY as_of
)
SELECT 'press_and_replications' AS kpi, m AS as_of, '' AS scope, press AS value, press AS numerator, NULL AS denominator, press AS n FROM told WHERE m >= DATE '2013-09-01'
UNION ALL SELECT 'open_resources', m, '', shared, shared, NULL, shared FROM told
UNION ALL SELECT 'group_representativeness', cal.m, '', 1 - (abs(0.5 - s.f) + abs(0.5 - s.m) + abs(0.375 - s.a) + abs(0.25 - s.b) + abs(0.375 - s.c)) / 4, NULL, NULL, 8
FROM cal ASOF JOIN shares AS s ON cal.m >= s.as_of WHERE cal.m >= DATE '2013-09-01';
