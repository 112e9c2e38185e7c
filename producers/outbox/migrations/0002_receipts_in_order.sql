-- Receipts have an order, and a time of the log.
ALTER TABLE bundles ADD COLUMN recorded_at INTEGER; -- ms since 1970 UTC, by the log
ALTER TABLE items ADD COLUMN told INTEGER; -- rises with every change of a verdict
UPDATE items SET told = number WHERE verdict IS NOT NULL;
CREATE INDEX items_told ON items (told) WHERE told IS NOT NULL;
CREATE INDEX items_open ON items (number) WHERE verdict IS NULL;
