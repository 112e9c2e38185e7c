-- Why a reader asks for another purpose is in the ledger too (act `stated`), in the reader's own words.

ALTER TABLE {database}.disclosures ADD COLUMN IF NOT EXISTS justification String COMMENT 'empty unless act is stated';
