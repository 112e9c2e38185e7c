"""The line's health: what is gathered (`gather`), what it means (`assess`, pure), how it is shown
(`screen`, `samples`).
"""
