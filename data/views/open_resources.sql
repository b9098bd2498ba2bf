-- What the town gives away on its site.
SELECT
    _id,
    milestone_id,
    happened_on,
    date_precision,
    label,
    url,
    source
FROM milestones_done
WHERE milestone_kind = 'open_data'
