-- Which generations have tables?
SELECT name FROM system.databases WHERE match(name, '^quipu_g[0-9]+$')
