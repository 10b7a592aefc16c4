"""The few commands of Stata that our do-files use, as Stata's manuals describe them [D]: no Stata runs in the tests.

Values are texts, floats, or `.` and `.a` to `.z` for missing values; a command that is not known is an error.
"""

import csv
import re
from pathlib import Path

MISSING = re.compile(r"\.[a-z]?")


class DoFile:
    """What a do-file leaves: columns (in order), their labels, the labels of values, and what `list` showed."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.columns: dict[str, list] = {}
        self.titles: dict[str, str] = {}
        self.labels: dict[str, dict[str, str]] = {}
        self.labels_of: dict[str, str] = {}
        self.listed: list[dict[str, object]] = []
        lines = [line.strip() for line in (folder / name).read_text(encoding="utf-8").splitlines()]
        self.run([line for line in lines if line and not line.startswith("*")])

    def run(self, lines: list[str]) -> None:
        while lines:
            line, *lines = lines
            loop = re.fullmatch(r"foreach (\w+) of varlist (.*) \{", line)
            if loop:
                end = lines.index("}")
                for column in loop[2].split():
                    assert column in self.columns, f"variable {column} not found"
                    self.run([inner.replace(f"`{loop[1]}'", column) for inner in lines[:end]])
                lines = lines[end + 1 :]
                continue
            assert "`" not in line, line
            command, rest = re.fullmatch(r"(\w+),? ?(.*)", line).groups()
            getattr(self, f"do_{command}")(rest)

    def do_version(self, rest: str) -> None:
        assert int(rest) <= 14

    def do_import(self, rest: str) -> None:
        file = re.match(r'delimited using "([^"]+)", varnames\(1\) ', rest)[1]
        assert "stringcols(_all)" in rest
        assert "bindquote(strict)" in rest
        with (self.folder / file).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        self.columns = {name: [row[name] for row in rows] for name in rows[0]}

    def do_label(self, rest: str) -> None:
        kind, name, *more = re.findall(r'"[^"]*"|[^"\s]+', rest)
        if kind == "define":
            texts = [text.strip('"') for text in more[1::2]]
            assert len(more) % 2 == 0
            self.labels[name] = dict(zip(more[::2], texts, strict=True))
        elif kind == "values":
            assert more[0] in self.labels
            self.labels_of[name] = more[0]
        else:
            assert kind == "variable"
            assert name in self.columns
            self.titles[name] = more[0].strip('"')

    def do_rename(self, rest: str) -> None:
        old, new = rest.split()
        assert new not in self.columns
        self.columns[new] = self.columns.pop(old)

    def do_generate(self, rest: str) -> None:
        name, value = re.fullmatch(r"(?:double|long|byte) (\w+) = (.*)", rest).groups()
        assert name not in self.columns
        size = len(next(iter(self.columns.values())))
        self.columns[name] = [self.value(value, row) for row in range(size)]

    def do_replace(self, rest: str) -> None:
        name, value, condition = re.fullmatch(r"(\w+) = (\S+) if (.*)", rest).groups()
        column = self.columns[name]
        self.columns[name] = [
            self.value(value, row) if self.holds(condition, row) else old for row, old in enumerate(column)
        ]

    def do_drop(self, rest: str) -> None:
        del self.columns[rest]

    def do_order(self, rest: str) -> None:
        names = rest.split()
        assert sorted(names) == sorted(self.columns)
        self.columns = {name: self.columns[name] for name in names}

    def do_preserve(self, rest: str) -> None:
        self.kept = dict(self.columns)

    def do_restore(self, rest: str) -> None:
        self.columns = self.kept

    def do_keep(self, rest: str) -> None:
        condition = rest.removeprefix("if ")
        rows = [row for row in range(len(self.columns["cluster"])) if self.holds(condition, row)]
        self.columns = {name: [column[row] for row in rows] for name, column in self.columns.items()}

    def do_collapse(self, rest: str) -> None:
        counted, of, means, by = re.fullmatch(r"\(count\) (\w+) = (\w+) \(mean\) ([\w ]+), by\((\w+)\)", rest).groups()
        groups: dict[object, list[int]] = {}
        for row, value in enumerate(self.columns[by]):
            groups.setdefault(value, []).append(row)
        result: dict[str, list] = {by: list(groups), counted: [], **{name: [] for name in means.split()}}
        for rows in groups.values():
            known = {
                name: [self.columns[name][row] for row in rows if isinstance(self.columns[name][row], float)]
                for name in means.split()
            }
            result[counted].append(len(known[of]))
            for name, values in known.items():
                result[name].append(sum(values) / len(values) if values else ".")
        self.columns = result

    def do_gsort(self, rest: str) -> None:
        assert rest[0] == "-"
        order = sorted(range(len(self.columns[rest[1:]])), key=self.columns[rest[1:]].__getitem__, reverse=True)
        self.columns = {name: [column[row] for row in order] for name, column in self.columns.items()}

    def do_format(self, rest: str) -> None:
        *names, shape = rest.split()
        assert {*names} <= {*self.columns}
        assert re.fullmatch(r"%\d\.\df", shape)

    def do_list(self, rest: str) -> None:
        self.listed = [dict(zip(self.columns, row, strict=True)) for row in zip(*self.columns.values(), strict=True)]

    def value(self, text: str, row: int) -> object:
        if text == "real(text)":
            try:
                return float(self.columns["text"][row])
            except ValueError:
                return "."
        return text if MISSING.fullmatch(text) else float(text)

    def holds(self, condition: str, row: int) -> bool:
        for part in condition.split(" & "):
            name, value = part.split(" == ")
            wanted = value.strip('"') if value.startswith('"') else self.value(value, row)
            if self.columns[name][row] != wanted:
                return False
        return True
