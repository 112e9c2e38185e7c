"""The embedded engine: chDB behind ClickHouse's native TCP protocol."""
