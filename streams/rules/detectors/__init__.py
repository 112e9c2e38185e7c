"""Rules over many records: how often, how much, in which order, together, along which path. Pure.

A rule of these forms is evaluated over the records that are released to a reader, when somebody
asks. No worker reads one.
"""
