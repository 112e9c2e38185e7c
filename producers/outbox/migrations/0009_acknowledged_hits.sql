-- Who of the authority acknowledged a hit, and when (ms since 1970 UTC). A hit that changes is to be
-- acknowledged again. Of a hit that ended: the authorities that the node was told of, so that an
-- officer can tell whom he called; nothing else of them is left.
ALTER TABLE hits ADD COLUMN acknowledged_by TEXT NOT NULL DEFAULT '';
ALTER TABLE hits ADD COLUMN acknowledged_at INTEGER;
ALTER TABLE hits ADD COLUMN counterparts TEXT NOT NULL DEFAULT '';
