"""Plots and traps that only many records show, in a scenario of their own, with the truth as data.

Nothing here is known to a detector or a reader. `quipu scenario --set networks` writes it.
"""
