-- Which rows of a table has the other not? `<position>`: an expression of the ordering columns.
SELECT <position> FROM <table> FINAL
WHERE <where> AND sipHash128(<row>) NOT IN (SELECT sipHash128(<row>) FROM <other> FINAL WHERE <where>)
ORDER BY 1
LIMIT {limit:UInt64}
