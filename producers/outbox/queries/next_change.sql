-- The place of the next change of a verdict, in the order in which readers get them.
SELECT ifnull(max(told), 0) + 1 FROM items WHERE told IS NOT NULL
