"""The files that set config.yaml's keys, read once more than Snakemake does, and strictly.

Snakemake's own reader lets the last of two equal keys win, and of bytes that are no text or marks that are no YAML it
says neither the file nor the line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import yaml

from collective_efficiency.choices import CONFIG_FILE
from collective_efficiency.files.yaml_files import Lines, key_lines, load_yaml, with_line
from collective_efficiency.problems import BadInputError, Problem

COMMAND_LINE = "--config"  # what sets keys there has no line
IN_BRACES = "Snakemake takes numbers in braces as text: set them in a file, and name it with --configfile"


@dataclass(frozen=True)
class ConfigSources:
    """The lines of the documents that a run's config is merged of, by their names; the last one counts most."""

    documents: Mapping[str, Lines]

    @classmethod
    def read(cls, files: Mapping[str, bytes], command_line: Mapping[str, Any]) -> Self:
        """The sources of a config: `files` in the order in which they are merged, then what --config sets.

        Raises BadInputError for bytes that are no text, for what is no YAML, and for a key that stands twice.
        """
        problems: list[Problem] = []
        for name, content in files.items():
            problems += load_yaml(name, content, {"type": "object", "description": "the keys of config.yaml"})[1]
        if problems:
            raise BadInputError(problems)
        texts = {name: content.decode("utf-8-sig") for name, content in files.items()}
        texts[COMMAND_LINE] = yaml.safe_dump(dict(command_line))
        return cls({name: key_lines(text) for name, text in texts.items()})

    def located(self, problem: Problem) -> Problem:
        """A problem of the merged config with the file that sets its key, and with the line there."""
        keys = tuple(problem.column.split(".")) if problem.column else ()
        if problem.file != CONFIG_FILE or problem.row:
            return problem
        for name, lines in reversed(list(self.documents.items())):
            if any(path in lines for path in ((*keys, problem.value), keys)):
                if name != COMMAND_LINE:
                    return with_line(replace(problem, file=name), lines)
                in_braces = f"{problem.message}; {IN_BRACES}" if "." in problem.column else problem.message
                return replace(problem, file=name, message=in_braces)
        return with_line(problem, self.documents.get(CONFIG_FILE, {}))
