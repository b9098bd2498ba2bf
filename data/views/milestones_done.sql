-- What has happened; one known to the month, the half-year or the year bears its first day.
SELECT
    _id,
    milestone_id,
    happened_on,
    date_precision,
    kind AS milestone_kind,
    label,
    url,
    source
FROM milestones
WHERE is_done
