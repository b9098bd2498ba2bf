-- Money awarded to the town's projects until their works start, the line is cancelled or the file is closed. It is at risk from
-- the day after (deadline - 6 months): the deadline of the line itself, else as many months after the award as the rule of its
-- programme, valid at the request, allows.
WITH waiting AS (
    SELECT
        l._id,
        l.financing_id,
        l.project_id,
        l.partner_id,
        l.programme,
        l.nature,
        l.title,
        l.lead_directorate,
        l.theme,
        l.partner,
        l.partner_kind,
        l.sector,
        l.awarded_on,
        l.awarded_amount,
        l.start_deadline_on,
        LEAST(p.works_started_on, l.cancelled_on, p.closed_on) AS ended_on
    FROM plan_lines AS l
    JOIN projects AS p ON p.project_id = l.project_id
    WHERE l.awarded_on IS NOT NULL
)
SELECT
    _id,
    financing_id,
    project_id,
    partner_id,
    programme,
    nature,
    title,
    lead_directorate,
    theme,
    partner,
    partner_kind,
    sector,
    awarded_on,
    awarded_amount,
    start_deadline_on,
    CASE
        WHEN start_deadline_on IS NOT NULL
            THEN GREATEST(awarded_on, CAST(start_deadline_on - INTERVAL 6 MONTH + INTERVAL 1 DAY AS DATE))
    END AS at_risk_on,
    ended_on
FROM waiting
WHERE ended_on IS NULL OR ended_on > awarded_on
