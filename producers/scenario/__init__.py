"""A seeded year of four countries: weapons, persons, money, borders, crimes.

Its noise is documented, and the answers are known.

Nothing here imports the matcher (schemas.normalise, streams): the tables of noise, aliases and
traps are written independently, so that a mistake in the matcher cannot hide in its own test data.
tests/unit/producers/scenario/test_scenario.py holds that.
"""
