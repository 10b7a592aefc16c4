"""The audit: a verdict on every printed number, with what explains it and what it changes.

`rounding` and `modes`: what a printed number stands for, and how a column was rounded. `model`: which cell is computed
from which. `judge`: the verdicts. `localise`: which cells must be wrong. `explain`: what most likely happened.
`consequences`: what changes. `facts`: checks of what is not computed. `findings`, `adjudications`, `engine`: records.
"""
