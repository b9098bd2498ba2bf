-- Sessions of the online course. Enrolments without a known number of completions are left out of the rate.
SELECT
    _id,
    session_id,
    held_on,
    directorate AS lead_directorate,
    participants,
    enrolled,
    CASE WHEN completed IS NOT NULL THEN enrolled END AS counted_enrolled,
    CASE WHEN enrolled IS NOT NULL THEN completed END AS completed
FROM practice_sessions
WHERE kind = 'mooc'
