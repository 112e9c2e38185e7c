"""The yardstick: the same work written the natural way in Quix Streams, in an environment of its
own (requirements.lock).
"""
