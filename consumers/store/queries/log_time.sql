-- What is the newest moment of the log among the records from a moment on, ms since 1970 UTC? 0 where there is none.
SELECT toUnixTimestamp64Milli(max(recorded_at)) FROM facts WHERE recorded_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
