-- The steps of a course (a request, an alert) name its opening, or the step before, within their content. This column has what they name, so that
-- the steps of a course are found by it: the id of an event, or `ref:` with the reference of the opening where the step knows no id.

ALTER TABLE {database}.events ADD COLUMN IF NOT EXISTS about String MATERIALIZED multiIf(
    type = 'acknowledgement', JSONExtractString(payload, 'event'),
    type = 'assistance_response', if(JSONExtractString(payload, 'request') != '', JSONExtractString(payload, 'request'),
        concat('ref:', JSONExtractString(payload, 'request_reference'))),
    type = 'operation_result', if(JSONExtractString(payload, 'plan') != '', JSONExtractString(payload, 'plan'),
        concat('ref:', JSONExtractString(payload, 'plan_reference'))),
    type = 'trace_result', concat('ref:', JSONExtractString(payload, 'request_reference')),
    type = 'investigation', JSONExtractString(payload, 'investigation'),
    type IN ('alert', 'operation_plan'), JSONExtractString(payload, 'follows'),
    '');
ALTER TABLE {database}.events ADD INDEX IF NOT EXISTS by_about about TYPE bloom_filter(0.01) GRANULARITY 1;
ALTER TABLE {database}.events MATERIALIZE INDEX by_about;
