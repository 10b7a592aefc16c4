"""The conventions of the printed tables, inferred from what they print: rounding, missing scores, rounded parts.

Each is inferred from the printed cells, but for the scores that are known to be wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from collective_efficiency.audit.evaluation import CellValue, derived_value, printed_value
from collective_efficiency.audit.model import OMIT, ZERO, Derivation, Model, Place
from collective_efficiency.audit.modes import ALL, Inferred, assumption, infer, reproducing, tells_alone
from collective_efficiency.audit.spans import rounded_columns
from collective_efficiency.audit.treatments import UNDETERMINED, Treatment, infer_treatments
from collective_efficiency.numbers.rounding import Mode


@dataclass
class Conventions:
    """How the tables of a model round, and what they make of missing scores.

    missing: how n.a. counts where both ways fit, `zero` or `omit`. corrected: the true values of scores that were found
    misprinted, and of classes. treated: how tables treat missing scores whose means do not tell, by what else does.
    reproduced: the modes by which columns give their averages. modes: of the columns of averages; modes_of_tables: of
    all averages of a table but those of columns with a way of their own, under the column ""; modes_of_sums: of the
    sums and indices of clusters; treatments: of missing scores, by table.
    """

    model: Model
    missing: str
    corrected: Mapping[Place, CellValue] = field(default_factory=dict)
    treated: Mapping[str, str] = field(default_factory=dict)
    reproduced: Mapping[Place, frozenset[Mode]] = field(default_factory=dict, init=False)
    modes: Mapping[tuple[str, str], Inferred] = field(default_factory=dict, init=False)
    modes_of_tables: Mapping[tuple[str, str], Inferred] = field(default_factory=dict, init=False)
    modes_of_sums: Mapping[tuple[str, str], Inferred] = field(default_factory=dict, init=False)
    treatments: Mapping[str, Treatment] = field(default_factory=dict, init=False)
    _preferred: Mapping[Place, str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._infer()
        if any(each.way == UNDETERMINED or each.tied for each in self.treatments.values()):
            self._infer()  # now that it is known how the columns round, which may tell how their tables count

    def _infer(self) -> None:
        votes = dict(self._votes())
        self._reproduced_means = frozenset(place for place, fitting in votes.items() if fitting)
        told = infer_treatments(votes.items(), ZERO if self.missing == "zero" else OMIT)
        known = {table: at for table, at in self.treatments.items() if at.way != UNDETERMINED and not at.tied}
        taken = {table: Treatment(way, 0, "what stands elsewhere tells") for table, way in self.treated.items()}
        self.treatments = {**told, **known, **taken}
        self._preferred = {place: self._preferred_treatment(place, fitting) for place, fitting in votes.items()}
        of_rows: dict[tuple[str, str], list[frozenset[Mode]]] = {}
        for table, column, modes in self._reproduced_sums():
            of_rows.setdefault((table, column), []).append(modes)
        self.reproduced = dict(self._reproduced())
        self.modes = infer(((place[0], place[2], modes) for place, modes in self.reproduced.items()), of_rows)
        self.modes_of_tables = infer(
            (place[0], "", modes)
            for place, modes in self.reproduced.items()
            if not tells_alone(of_rows.get((place[0], place[2]), ()))
        )
        self.modes_of_sums = {place: infer((*place, each) for each in modes)[place] for place, modes in of_rows.items()}

    def _value(self, way: Derivation) -> CellValue | None:
        return derived_value(self.model, way, self._known)

    def _known(self, place: Place) -> CellValue | None:
        return self.corrected.get(place, printed_value(self.model, place))

    # how a table treats missing scores

    def derivations(self, place: Place) -> Iterator[Derivation]:
        """How a cell may be computed: under the likelier treatment of missing scores first."""
        ways = self.model.derivations.get(place, ())
        preferred = self._preferred.get(place) or (ZERO if self.missing == "zero" else OMIT)
        last = OMIT if preferred == ZERO else ZERO
        yield from (each for each in ways if each.assumption != last)
        yield from (each for each in ways if each.assumption == last)

    def _votes(self) -> Iterator[tuple[Place, frozenset[str]]]:
        """Each mean that rests on missing scores, with the treatments that give the most of what prints it."""
        for place, ways in self.model.derivations.items():
            values = self._by_treatment(ways)
            if {ZERO, OMIT} <= values.keys():
                copies = self.model.copies.get(place, ())
                cells = copies if copies and place[0] in self._with_wrong_means else (place, *copies)
                given = {
                    name: max(sum(self.fits(at, value) is not None for at in cells) for value in by_way)
                    for name, by_way in values.items()
                }
                most = max(given.values())
                yield place, frozenset(name for name, count in given.items() if count == most > 0)

    @cached_property
    def _with_wrong_means(self) -> frozenset[str]:
        """The tables that print most means wrong which rest on nothing unknown: of the others only copies can tell."""
        told: dict[str, list[bool]] = {}
        for place, ways in self.model.derivations.items():
            own = [way for way in ways if not way.copy]
            if self.model.cells[place].kind == "average" and own and not any(way.assumption for way in own):
                is_right = any(self.fits(place, self._value(way)) is not None for way in own)
                told.setdefault(place[0], []).append(is_right)
        return frozenset(table for table, right in told.items() if right.count(False) > right.count(True))

    def _preferred_treatment(self, place: Place, fitting: frozenset[str]) -> str:
        """The table's way; where nothing tells it, the one that fits, and of two the one that needs no odd rounding."""
        way = self.treatments[place[0]].way
        if way != UNDETERMINED:
            return way
        values = self._by_treatment(self.model.derivations[place])
        simple = [name for name in fitting if any(self.fits(place, value) == "" for value in values[name])]
        named = simple if len(simple) == 1 else list(fitting)
        return named[0] if len(named) == 1 else ""

    def _by_treatment(self, ways: Sequence[Derivation]) -> dict[str, list[CellValue | None]]:
        """What a mean gives from its column, and from its total, under each treatment of missing scores."""
        values: dict[str, list[CellValue | None]] = {}
        for way in ways:
            if not way.copy:
                values.setdefault(way.assumption, []).append(self._value(way))
        return values

    def determined_treatment(self, place: Place) -> str | None:
        """How missing scores count in a mean, where its table tells."""
        table = self.treatments.get(place[0])
        return None if table is None or table.way == UNDETERMINED else self._preferred.get(place)

    # how a column was rounded

    def _reproduced(self) -> Iterator[tuple[Place, frozenset[Mode]]]:
        """Each average that its own column gives, and the modes under which it does."""
        for place, cell in self.model.cells.items():
            if cell.kind != "average" or not isinstance(cell.value, Fraction):
                continue
            modes: frozenset[Mode] = frozenset()
            for exact in (*self._values_of_column(place), *self._recomputed_values(place), *self._unrounded(place)):
                modes |= reproducing(exact, cell.value, cell.decimals or 0)
            if modes:
                yield place, modes

    def _unrounded(self, place: Place) -> Iterator[Fraction]:
        """Of a mean that another table has with fewer decimals, or otherwise: what that was before it was rounded."""
        own = self.model.cells[place]
        for way in self.model.derivations.get(place, ()):
            source = way.parents[0][0]
            cell = self.model.cells[source]
            if way.copy and ((cell.decimals or 0) < (own.decimals or 0) or cell.value != own.value):
                yield from (*self._values_of_column(source), *self._recomputed_values(source))

    def _reproduced_sums(self) -> Iterator[tuple[str, str, frozenset[Mode]]]:
        """The same of the sums and indices of clusters' rows, by table and column; each stands for itself."""
        for place, cell in self.model.cells.items():
            if cell.kind == "derived" and isinstance(cell.value, Fraction):
                for exact in self._values_of_column(place):
                    modes = reproducing(exact, cell.value, self.decimals(place))
                    if modes:
                        yield cell.table, cell.column, modes

    def _values_of_column(self, place: Place) -> Iterator[Fraction]:
        """What the cells of its own column or row give, each under its treatment of missing scores."""
        table = self.treatments.get(place[0])
        other = {ZERO: OMIT, OMIT: ZERO}.get(table.way) if table else None
        for derivation in self.model.derivations.get(place, ()):
            if not derivation.copy and not derivation.of_rounded and derivation.assumption != other:
                value = self._value(derivation)
                if isinstance(value, Fraction):
                    yield value

    def _recomputed_values(self, place: Place) -> Iterator[Fraction]:
        """The same from the sums and indices of the column as they were before they were rounded."""
        for way in self.model.derivations.get(place, ()):
            rounded_too = any(at in self._recomputed for at, _ in way.parents)
            if rounded_too and not way.copy and not way.of_rounded:
                value = derived_value(self.model, way, self._as_recomputed)
                if isinstance(value, Fraction):
                    yield value

    def _as_recomputed(self, place: Place) -> CellValue | None:
        return self._recomputed.get(place, self._known(place))

    @cached_property
    def _recomputed(self) -> Mapping[Place, CellValue]:
        """The sums and indices of rows that print rounded what their scores give exactly."""
        values: dict[Place, CellValue] = {}
        for place, cell in self.model.cells.items():
            if cell.kind == "derived" and isinstance(cell.value, Fraction):
                for exact in self._values_of_column(place):
                    if exact != cell.value and reproducing(exact, cell.value, self.decimals(place)):
                        values[place] = exact
        return values

    @cached_property
    def rounded(self) -> frozenset[tuple[str, str]]:
        """The columns whose numbers are rounded ones."""
        return rounded_columns(self.model)

    def mode(self, place: Place) -> Inferred | None:
        """How the column of a cell was rounded; None where no average of it tells anything."""
        return self.modes.get((place[0], place[2]))

    def likely_mode(self, place: Place) -> Inferred | None:
        """How the column of a cell was rounded, else how its table was, of which all averages may tell."""
        return self.mode(place) or self.modes_of_tables.get((place[0], ""))

    def admits(self, place: Place) -> frozenset[Mode]:
        """The modes under which a cell may have been rounded."""
        cell = self.model.cells[place]
        mode = self.likely_mode(place)
        if cell.kind in ("item", "derived"):  # of clusters: like their column
            mode = self.modes_of_sums.get((cell.table, cell.column))
        return mode.admits if mode else ALL

    def decimals(self, place: Place) -> int:
        """The decimals that a cell is rounded to: of a sum at least those that its column prints."""
        cell = self.model.cells[place]
        own = cell.decimals or 0
        if cell.kind in ("item", "derived"):
            return max(own, self.model.decimals.get((cell.table, cell.column), 0))
        return max(own, self.model.usual_decimals.get((cell.table, cell.column), 0)) if cell.kind == "total" else own

    def fits(self, place: Place, exact: CellValue | None) -> str | None:
        """What the printed cell assumes if it prints `exact`: "" for nothing, None if it does not print it."""
        printed = printed_value(self.model, place)
        if not isinstance(exact, Fraction) or not isinstance(printed, Fraction):
            return "" if exact is not None and exact == printed else None
        return assumption(exact, printed, self.decimals(place), self.admits(place))

    # what sums leave open

    def leaves_open(self, place: Place, least: CellValue) -> bool:
        """Whether a sum over cells that are not available prints more than its known parts, which these may make up.

        Not where another sum of the table counts what is not available as zero, the mean of the same column is that of
        its known parts, or another table repeats the sum of these.
        """
        ways = [way for way in self.model.derivations.get(place, ()) if way.at_least]
        printed = printed_value(self.model, place)
        if not ways or not isinstance(least, Fraction) or not isinstance(printed, Fraction) or printed <= least:
            return False
        if self._counts_as_zero(place) or (place[0], "average", place[2]) in self._reproduced_means:
            return False
        if any(printed_value(self.model, copy) == least for copy in self.model.copies.get(place, ())):
            return False
        most = self._most(ways[0])
        return most is None or printed <= least + most

    def _counts_as_zero(self, place: Place) -> bool:
        """Whether another sum of the table over missing cells prints what is known of it alone."""
        return any(other != place for other in self.zero_sums.get(place[0], ()))

    @cached_property
    def zero_sums(self) -> Mapping[str, Sequence[Place]]:
        """The sums of each table that count what is not available as zero."""
        sums: dict[str, list[Place]] = {}
        for place, ways in self.model.derivations.items():
            if any(way.at_least and self._value(way) == printed_value(self.model, place) for way in ways):
                sums.setdefault(place[0], []).append(place)
        return sums

    def _most(self, way: Derivation) -> Fraction | None:
        """The most that the missing parts of a sum may add to it; None where their columns have no largest value."""
        most = Fraction(0)
        for (table, row, column), weight in way.parents:
            if self.model.cells[table, row, column].status == "not_available":
                largest = self.model.largest.get((table, column))
                if largest is None:
                    return None
                most += weight * largest
        return most
