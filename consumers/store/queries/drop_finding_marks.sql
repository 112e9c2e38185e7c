-- Remove the marks of batches whose pairs are computed. `writers`, `batches`: up to which batch of each.
ALTER TABLE changed_findings DELETE
WHERE batch <= transform(writer, {writers:Array(UInt64)}, {batches:Array(UInt64)}, toUInt64(0))
SETTINGS mutations_sync = 1
