-- How many rows has a table, and what is the sum of their hashes? `<row>`: an expression of the compared columns.
SELECT count(), toString(sum(reinterpretAsUInt128(sipHash128(<row>)))) FROM <table> FINAL WHERE <where>
