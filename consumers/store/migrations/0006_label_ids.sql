-- Release conditions are part of every question: a reader's released labels are resolved to these ids, and rows of other labels are not fetched.
-- The projections `labels` hold the few distinct labels of a table's parts, so finding them reads no table; `newest_first` has the id
-- beside what chooses, so hidden rows cost a question no more than a comparison.

ALTER TABLE {database}.events ADD COLUMN IF NOT EXISTS label_id UInt64 MATERIALIZED
    sipHash64(country, authority, recipients, tlp, handling, isNull(condition), ifNull(condition, ''), purpose, isNull(exercise), ifNull(exercise, ''));
ALTER TABLE {database}.events DROP PROJECTION IF EXISTS newest_first;
ALTER TABLE {database}.events ADD PROJECTION IF NOT EXISTS newest_first
    (SELECT id, recorded_at, type, country, node, place_country, subdivision, reference, case_reference, label_id ORDER BY recorded_at);
ALTER TABLE {database}.events MATERIALIZE PROJECTION newest_first;
ALTER TABLE {database}.events ADD PROJECTION IF NOT EXISTS labels
    (SELECT label_id, country, authority, recipients, tlp, handling, condition, purpose, exercise
     GROUP BY label_id, country, authority, recipients, tlp, handling, condition, purpose, exercise);
ALTER TABLE {database}.events MATERIALIZE PROJECTION labels;

ALTER TABLE {database}.evidence ADD COLUMN IF NOT EXISTS label_id UInt64 MATERIALIZED sipHash64(label);
ALTER TABLE {database}.evidence DROP PROJECTION IF EXISTS newest_first;
ALTER TABLE {database}.evidence ADD PROJECTION IF NOT EXISTS newest_first
    (SELECT indicator, recorded_at, rule, grade, label_id ORDER BY recorded_at);
ALTER TABLE {database}.evidence MATERIALIZE PROJECTION newest_first;
ALTER TABLE {database}.evidence ADD PROJECTION IF NOT EXISTS labels (SELECT label_id, label GROUP BY label_id, label);
ALTER TABLE {database}.evidence MATERIALIZE PROJECTION labels;

ALTER TABLE {database}.observations MODIFY SETTING deduplicate_merge_projection_mode = 'rebuild';
ALTER TABLE {database}.observations ADD COLUMN IF NOT EXISTS label_id UInt64 MATERIALIZED sipHash64(label);
ALTER TABLE {database}.observations ADD PROJECTION IF NOT EXISTS labels (SELECT label_id, label GROUP BY label_id, label);
ALTER TABLE {database}.observations MATERIALIZE PROJECTION labels;
