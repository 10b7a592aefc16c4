"""Tables as people keep them, read one way: a file becomes `grid.Grid`s of text, with what the text does not say.

`reading.read_grids` is the way in. It knows the readers by the endings of files and by what the bytes begin with:
`delimited` (csv, tsv), `xlsx`, `ods`, `labelled` (Stata and SPSS), `html` and `markdown` (a grid a table). A reader
decides nothing about what a cell is worth: a date, a percentage, a struck-out or a hidden one stays text with a
`grid.CellMark`, and who asked for the file decides, by rules of its own, whether to read or to refuse it.
"""
