"""The shared language of the exchange: formats, identifiers, sealing, vocabulary.

Pure: imports nothing of ours, does no I/O but reading its own files.
"""
