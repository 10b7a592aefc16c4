"""The study's questions, a module each: a panel, or several, in; a frame of text out, one line an answer.

Both treatments of `n.a.` are answered (column `missing`). What has no variation, or was never scored, has a line that
says so in `note`, and no numbers.
"""
