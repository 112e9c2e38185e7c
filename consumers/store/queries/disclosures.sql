-- What was shown to whom, newest first? `owner`: only entries that show something of this country, or accept its condition (empty: all).
-- `world`: the exercise the one who asks is in. `digits`: the first or last ones of an event's id. Empty and zero mean any.
-- `before`, `before_offset`: the entry after which the list goes on. `end`: entries other than hits are older.
SELECT
    toUnixTimestamp64Milli(recorded_at) AS recorded_at, offset, lower(hex(writer)) AS writer, sequence, act, through, questions,
    person, country, authority, roles, clearance, groups, purpose, exercise, toUnixTimestamp64Milli(as_of) AS as_of,
    arrayMap(id -> UUIDNumToString(id), indicators) AS indicators, arrayMap(id -> UUIDNumToString(id), things) AS things,
    arrayMap(id -> UUIDNumToString(id), events) AS events, arrayMap(id -> UUIDNumToString(id), versions) AS versions,
    arrayMap(at -> toUnixTimestamp64Milli(at), events_recorded) AS events_recorded, owners, owning_authorities, tlp, markings,
    condition_country, condition, lower(hex(question_hash)) AS question_hash, justification
FROM disclosures FINAL
WHERE recorded_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
  AND recorded_at <= fromUnixTimestamp64Milli({before:Int64}, 'UTC')
  AND (recorded_at < fromUnixTimestamp64Milli({before:Int64}, 'UTC') OR offset < {before_offset:UInt64})
  AND (recorded_at < fromUnixTimestamp64Milli({end:Int64}, 'UTC') OR through = 'hit')
  AND ifNull(exercise, '') = {world:String}
  AND ({owner:String} = '' OR has(owners, {owner:String}) OR condition_country = {owner:String})
  AND ({person:String} = '' OR person = {person:String})
  AND ({digits:String} = '' OR arrayExists(
        (id, own) -> (startsWith(lower(hex(id)), {digits:String}) OR endsWith(lower(hex(id)), {digits:String}))
            AND ({owner:String} = '' OR own = {owner:String}),
        events, owners))
ORDER BY recorded_at DESC, offset DESC
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
