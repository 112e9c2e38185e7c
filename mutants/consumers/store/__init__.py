"""DDL and SQL of the ClickHouse tables."""
