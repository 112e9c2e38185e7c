-- The users of Quipu on a ClickHouse server (26.9 or newer). An administrator runs this file once,
-- with the three passwords in place of '...'. The embedded engine takes its grants from here, too.
CREATE USER IF NOT EXISTS quipu_reader IDENTIFIED WITH sha256_password BY '...' SETTINGS readonly = 2;
CREATE USER IF NOT EXISTS quipu_writer IDENTIFIED WITH sha256_password BY '...';
CREATE USER IF NOT EXISTS quipu_migrator IDENTIFIED WITH sha256_password BY '...';

-- The API, questions on the command line, health, reconcile.
GRANT SHOW DATABASES, SHOW TABLES, SHOW COLUMNS, SELECT ON quipu_*.* TO quipu_reader;
GRANT SELECT ON system.columns TO quipu_reader;
GRANT SELECT ON system.databases TO quipu_reader;
GRANT SELECT ON system.disks TO quipu_reader;
GRANT SELECT ON system.one TO quipu_reader;
GRANT SELECT ON system.parts TO quipu_reader;
GRANT SELECT ON system.tables TO quipu_reader;

-- The sink and hits: rows come, and those of erased events leave.
GRANT SHOW DATABASES, SHOW TABLES, SHOW COLUMNS, SELECT, INSERT, ALTER DELETE ON quipu_*.* TO quipu_writer;
GRANT SELECT ON system.columns TO quipu_writer;
GRANT SELECT ON system.one TO quipu_writer;
GRANT SELECT ON system.tables TO quipu_writer;

-- Migrations and rebuild. Neither may reach a file, an address or another server.
GRANT SHOW DATABASES, SHOW TABLES, SHOW COLUMNS, SELECT, INSERT ON quipu_*.* TO quipu_migrator;
GRANT CREATE DATABASE, CREATE TABLE, DROP DATABASE, DROP TABLE, TRUNCATE, OPTIMIZE ON quipu_*.* TO quipu_migrator;
GRANT ALTER COLUMN, ALTER CONSTRAINT, ALTER DELETE, ALTER INDEX, ALTER ORDER BY, ALTER PROJECTION, ALTER SETTINGS, ALTER TTL, ALTER UPDATE ON quipu_*.* TO quipu_migrator;
GRANT SELECT ON system.columns TO quipu_migrator;
GRANT SELECT ON system.databases TO quipu_migrator;
GRANT SELECT ON system.disks TO quipu_migrator;
GRANT SELECT ON system.mutations TO quipu_migrator;
GRANT SELECT ON system.one TO quipu_migrator;
GRANT SELECT ON system.parts TO quipu_migrator;
GRANT SELECT ON system.processes TO quipu_migrator;
GRANT SELECT ON system.tables TO quipu_migrator;
