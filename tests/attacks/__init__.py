"""Attacks on an exchange: each test does what an attacker would, and names the finding it closes.

A module has a subject (`test_<subject>.py`); the docstring of a test begins with the finding's id.
An attack on values needs nothing running. One that needs an exchange uses the fixture ``pipeline``
or ``lease`` (tests/support/exchange_lease.py says how). What takes more than ten seconds is marked
``@pytest.mark.long_attack``; `make attacks` runs all of them.
"""
