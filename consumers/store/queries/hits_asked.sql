-- Which hit look-ups hit records of a country, or were asked by a person, newest first? `owner`: whose records; else `person` of `country`
-- asked. `begin`: the first hexadecimal digits of the hash of what was asked; empty means any. `before`, `before_hash`: the entry after which
-- the list goes on.
SELECT
    toUnixTimestamp64Milli(recorded_at) AS recorded_at, through, questions, person, country, authority, purpose,
    arrayMap(id -> UUIDNumToString(id), events) AS events, owners, owning_authorities, lower(hex(question_hash)) AS hash
FROM disclosures FINAL
WHERE has(questions, 'hit look-up')
  AND recorded_at <= fromUnixTimestamp64Milli({before:Int64}, 'UTC')
  AND (recorded_at < fromUnixTimestamp64Milli({before:Int64}, 'UTC') OR lower(hex(question_hash)) > {before_hash:String})
  AND ifNull(exercise, '') = {world:String}
  AND if({owner:String} = '', person = {person:String} AND country = {country:String}, has(owners, {owner:String}))
  AND startsWith(lower(hex(question_hash)), {begin:String})
ORDER BY recorded_at DESC, hash
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
