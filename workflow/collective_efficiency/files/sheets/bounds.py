"""What a file of tables may ask for, in proportion to its size: so no small file takes long, or much memory.

A workbook unpacks to five or twenty times its size, and a spreadsheet writes equal cells once; a file that is made to
do harm unpacks to a thousand times its size, names a cell in the last row, or repeats one cell without end.
"""

import zipfile
from collections.abc import Iterable

LARGEST_FILE = 500_000_000  # bytes, packed or not
MOST_CELLS = 20_000_000  # of a file, empty ones between others counted: 400,000 clusters of fifty columns
LONGEST_CELL = 32_767  # letters, the most that a spreadsheet's cell holds; one text may stand in very many cells
MOST_COLUMNS = 16_384  # of a sheet of Excel or LibreOffice
MOST_PARTS = 10_000  # of a packed file
LARGEST_OTHER_PART = 5_000_000  # bytes, unpacked, of styles and the like, which become objects before a cell is read
ANY_FILE = 2_000_000  # bytes, unpacked, and cells, that a file may hold however small it is; and for each byte of it:
UNPACKED, CELLS, LETTERS = 100, 10, 100
Area = tuple[int, int, int, int]  # top, left, bottom and right, from 0, all inclusive


class TooLargeSheetError(ValueError):
    """A file that asks for more than its `SheetBounds`; its text says of what."""


class SheetBounds:
    """The bounds of a file of so many bytes, and how much of them its sheets have taken up.

    >>> bounds = SheetBounds(500)
    >>> bounds.add(1_000_000, 2)
    >>> bounds.check(4, 1_000)  # of the 5,000 cells that are left
    """

    def __init__(self, size: int) -> None:
        self.most_cells = min(MOST_CELLS, ANY_FILE + CELLS * size)
        self.most_letters = 10 * ANY_FILE + LETTERS * size
        self._size, self._cells, self._letters = size, 0, 0

    def check(self, rows: int, columns: int) -> None:
        """Raises TooLargeSheetError where one more sheet of that size would be too much."""
        if self._cells + rows * max(columns, 1) > self.most_cells:  # rows without cells take their time, too
            raise TooLargeSheetError(f"allowed: at most {self.most_cells:,} cells in a file of this size")

    def add(self, rows: int, columns: int) -> None:
        """Counts a sheet that was read. Raises TooLargeSheetError."""
        self.check(rows, columns)
        self._cells += rows * columns

    def text(self, text: str) -> str:
        """The text of a cell, counted. Raises TooLargeSheetError where it, or all of them, is too long."""
        self.letters(len(text))
        return text

    def letters(self, length: int) -> None:
        """Counts so many letters of one cell. Raises TooLargeSheetError."""
        self._letters += length
        if length > LONGEST_CELL:
            raise TooLargeSheetError(f"allowed: at most {LONGEST_CELL:,} letters in a cell; one has {length:,}")
        if self._letters > self.most_letters:
            raise TooLargeSheetError(f"allowed: at most {self.most_letters:,} letters in a file of this size")

    def merged(self, areas: Iterable[Area], rows: int, columns: int) -> list[Area]:
        """The merged areas, as far as the sheet has cells. Raises TooLargeSheetError where they lie upon each other."""
        cut = [(top, left, min(bottom, rows - 1), min(right, columns - 1)) for top, left, bottom, right in areas]
        cut = [area for area in cut if area[0] <= area[2] and area[1] <= area[3]]
        if sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in cut) > rows * columns:
            raise TooLargeSheetError("allowed: merged cells that do not lie upon each other")
        return cut

    def unpacked(self, packed: zipfile.ZipFile, tables: tuple[str, ...], most: int = LARGEST_FILE) -> None:
        """Raises TooLargeSheetError where the parts of a packed file are too many, or more bytes than suit its size.

        tables: with what the names of the parts begin that hold cells and texts. Each part ends, for zipfile, at the
        size that it says it has, so that these bound what is read.
        """
        parts, most = packed.infolist(), min(most, ANY_FILE + UNPACKED * self._size)
        if len(parts) > MOST_PARTS:
            raise TooLargeSheetError(f"allowed: at most {MOST_PARTS:,} parts")
        if sum(part.file_size for part in parts) > most:
            raise TooLargeSheetError(f"allowed: at most {most:,} bytes, unpacked, in a file of this size")
        for part in parts:
            is_other = part.filename.endswith((".xml", ".rels")) and not part.filename.startswith(tables)
            if is_other and part.file_size > LARGEST_OTHER_PART:
                raise TooLargeSheetError(f"{part.filename}: allowed: at most {LARGEST_OTHER_PART:,} bytes, unpacked")
