"""ClickHouse for one machine: the engine in process (chDB) behind ClickHouse's native TCP protocol.

`server` is the process, `session` one client's connection, `engine` the data folder and what runs
on it; `protocol`, `wire` and `columns` are the bytes on the line; `statements` distinguishes
kinds of statements.
"""
