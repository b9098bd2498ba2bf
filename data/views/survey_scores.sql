-- One row per published wave of the staff survey: its frozen list, all that is ever told of its answers. Closed: read as a whole.
SELECT _id, wave, held_on, results
FROM survey_waves
WHERE results IS NOT NULL
