-- Sessions of every kind (practices, workshops, online course), under the directorate they were held for.
-- Hours are those of the people who came and ran them; their cost is an assumption (parameter hourly_cost_amount).
SELECT
    s._id,
    s.session_id,
    s.kind AS session_kind,
    s.practice,
    s.held_on,
    s.directorate AS lead_directorate,
    s.is_run_by_team,
    s.participants,
    s.newcomers,
    s.hours,
    s.hours * q.hourly_cost_amount AS hours_cost_amount,
    s.external_cost_amount
FROM practice_sessions AS s
CROSS JOIN parameters AS q
