"""Define the shared language of the exchange: formats, identifiers, sealing, vocabulary.

Pure: it imports no other package of the project and reads only its own files.
"""
