-- One row per file whose appraisal began: from its first complete file to its decision, the exit from appraisal that no
-- suspension follows. A file abandoned undecided is out of sight from ended_on (censored), never a decision.
WITH paused AS (
    SELECT
        _id,
        LEAD(stage) OVER (PARTITION BY project_id ORDER BY entered_on) AS next_stage
    FROM stages
    WHERE project_id IN (SELECT project_id FROM stages WHERE stage = 'suspended')
),
files AS (
    SELECT
        s.project_id,
        MIN(CASE WHEN s.stage = 'appraisal' THEN s._id END) AS _id,
        MIN(CASE WHEN s.stage = 'appraisal' THEN s.entered_on END) AS opened_on,
        MIN(CASE WHEN s.stage = 'appraisal' AND p._id IS NULL THEN s.left_on END) AS left_on,
        MIN(CASE WHEN s.stage IN ('financing', 'contracting', 'works') THEN s.entered_on END) AS moved_on
    FROM stages AS s
    LEFT JOIN paused AS p ON p._id = s._id AND p.next_stage = 'suspended'
    GROUP BY s.project_id
)
SELECT
    f._id,
    f.project_id,
    p.title,
    p.lead_directorate,
    p.theme,
    f.opened_on,
    CASE
        WHEN f.moved_on IS NOT NULL THEN COALESCE(f.left_on, f.moved_on)
        WHEN p.outcome IS NULL OR p.outcome <> 'abandoned' THEN f.left_on
    END AS decided_on,
    CASE WHEN f.moved_on IS NULL AND p.outcome = 'abandoned' THEN LEAST(f.left_on, p.closed_on) END AS ended_on
FROM files AS f
JOIN projects AS p ON p.project_id = f.project_id
WHERE f.opened_on IS NOT NULL
