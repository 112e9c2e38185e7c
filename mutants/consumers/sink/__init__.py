"""Write derived topics into ClickHouse tables."""
