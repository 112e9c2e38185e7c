"""The pure core: what decides, as functions of values. No Kafka, no clock, no disk; imports only
`schemas` and may be imported by all.
"""
