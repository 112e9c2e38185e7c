-- The steps of goals and decisions of the high-level group name their opening, too (see 0021). Rows of before have no such type, so nothing is computed again.

ALTER TABLE {database}.events MODIFY COLUMN about String MATERIALIZED multiIf(
    type = 'acknowledgement', JSONExtractString(payload, 'event'),
    type = 'assistance_response', if(JSONExtractString(payload, 'request') != '', JSONExtractString(payload, 'request'),
        concat('ref:', JSONExtractString(payload, 'request_reference'))),
    type = 'operation_result', if(JSONExtractString(payload, 'plan') != '', JSONExtractString(payload, 'plan'),
        concat('ref:', JSONExtractString(payload, 'plan_reference'))),
    type = 'trace_result', concat('ref:', JSONExtractString(payload, 'request_reference')),
    type = 'investigation', JSONExtractString(payload, 'investigation'),
    type = 'commitment_step', JSONExtractString(payload, 'commitment'),
    type IN ('alert', 'operation_plan'), JSONExtractString(payload, 'follows'),
    '');
