-- Questions that showed nothing are in the ledger too (act `empty`), with the keyed hash of what was asked.

ALTER TABLE {database}.disclosures ADD COLUMN IF NOT EXISTS question_hash String COMMENT 'HMAC-SHA256 of what was asked; empty unless act is empty';
