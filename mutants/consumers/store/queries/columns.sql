-- The columns that are written to a table (not those computed from others), in their order, and whether they order it.
SELECT name, type, is_in_sorting_key FROM system.columns
WHERE database = {database:String} AND table = {table:String} AND default_kind = ''
ORDER BY position
