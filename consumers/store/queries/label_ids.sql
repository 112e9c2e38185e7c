-- What are the ids of these labels, in their order? As the tables compute them from the columns of events.
SELECT sipHash64(country, authority, recipients, tlp, handling, isNull(condition), ifNull(condition, ''), purpose, isNull(exercise), ifNull(exercise, ''))
FROM
(
    SELECT
        arrayJoin(arrayEnumerate({countries:Array(String)})) AS place,
        arrayElement({countries:Array(String)}, place) AS country,
        arrayElement({authorities:Array(String)}, place) AS authority,
        arrayElement({recipients:Array(Array(String))}, place) AS recipients,
        arrayElement({tlps:Array(String)}, place) AS tlp,
        arrayElement({handling:Array(Array(String))}, place) AS handling,
        arrayElement({conditions:Array(Nullable(String))}, place) AS condition,
        arrayElement({purposes:Array(String)}, place) AS purpose,
        arrayElement({exercises:Array(Nullable(String))}, place) AS exercise
)
ORDER BY place
