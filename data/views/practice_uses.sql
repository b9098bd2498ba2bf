-- Sessions of the practices alone. What is divided rests on the same sessions: participants whose newcomers were counted,
-- opinions of which it is known how many found the practice relevant.
SELECT
    s._id,
    s.session_id,
    s.practice,
    p.lever,
    s.held_on,
    s.directorate AS lead_directorate,
    s.is_run_by_team,
    s.participants,
    s.newcomers,
    s.participants - s.newcomers AS returning_participants,
    CASE WHEN s.newcomers IS NOT NULL THEN s.participants END AS counted_participants,
    CASE WHEN s.opinions_relevant IS NOT NULL THEN s.opinions END AS opinions,
    CASE WHEN s.opinions IS NOT NULL THEN s.opinions_relevant END AS opinions_relevant
FROM practice_sessions AS s
LEFT JOIN practices AS p ON p.practice = s.practice
WHERE s.kind = 'practice'
