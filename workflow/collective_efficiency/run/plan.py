"""What a run is to make of what people wrote: decided once, by the process that starts it, for each of its jobs.

A job on another machine rebuilds the rules, too, and would otherwise read and check all data again. This module is all
that it loads for that, so it imports nothing; `run.check` makes the plan.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import quote, unquote


@dataclass(frozen=True)
class Plan:
    """What the rules depend on.

    sizes: how many clusters a dataset has. tables: the title of each table of the report. studies: the names of the
    files of each enabled study. rated: the studies with several raters. scored_again: the studies that score clusters
    of the report once more.
    """

    sizes: Mapping[str, int]
    tables: Mapping[str, str]
    studies: Mapping[str, tuple[str, ...]]
    rated: tuple[str, ...]
    scored_again: tuple[str, ...]


def packed(plan: Plan) -> str:
    """The plan as the value of an environment variable: JSON of which no letter means anything to a shell.

    >>> packed(Plan({"report": 40}, {}, {}, (), ()))[:32]
    '%7B%22sizes%22%3A%20%7B%22report'
    """
    return quote(json.dumps(asdict(plan)), safe="")


def unpacked(text: str) -> Plan:
    """The plan that was `packed`."""
    found = json.loads(unquote(text))
    return Plan(
        found["sizes"],
        found["tables"],
        {name: tuple(files) for name, files in found["studies"].items()},
        tuple(found["rated"]),
        tuple(found["scored_again"]),
    )
