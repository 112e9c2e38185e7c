-- Drop the tables of a generation.
DROP DATABASE IF EXISTS <database> SYNC
