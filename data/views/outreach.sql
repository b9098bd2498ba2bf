-- Articles in the press and copies of the approach elsewhere.
SELECT
    _id,
    milestone_id,
    happened_on,
    date_precision,
    milestone_kind,
    label,
    url,
    source
FROM milestones_done
WHERE milestone_kind IN ('press', 'replication')
