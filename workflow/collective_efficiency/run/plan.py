"""What a run is to make of what people wrote: decided once, by the process that starts it, for each of its jobs.

A job on another machine rebuilds the rules, too, and would otherwise read and check all data again. This module is all
that it loads for that, so it imports nothing; `run.check` makes the plan.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from zlib import compress, decompress


@dataclass(frozen=True)
class Plan:
    """What the rules depend on.

    sizes: how many clusters a dataset has. tables: the title of each table of the report. studies: the names of the
    files of each enabled study. rated: the studies with several raters. scored_again: the studies that score clusters
    of the report once more. audits: the names of the files of each other report that is to be audited.
    """

    sizes: Mapping[str, int]
    tables: Mapping[str, str]
    studies: Mapping[str, tuple[str, ...]]
    rated: tuple[str, ...]
    scored_again: tuple[str, ...]
    audits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def packed(plan: Plan) -> str:
    """The plan as the value of an environment variable: JSON, packed, for Linux lets none be longer than 128 kB.

    No letter of it means anything to a shell.

    >>> unpacked(packed(Plan({"report": 40}, {}, {}, (), ()))).sizes
    {'report': 40}
    """
    return urlsafe_b64encode(compress(json.dumps(asdict(plan)).encode(), 9)).decode()


def unpacked(text: str) -> Plan:
    """The plan that was `packed`."""
    found = json.loads(decompress(urlsafe_b64decode(text)))
    return Plan(
        found["sizes"],
        found["tables"],
        {name: tuple(files) for name, files in found["studies"].items()},
        tuple(found["rated"]),
        tuple(found["scored_again"]),
        {name: tuple(files) for name, files in found["audits"].items()},
    )
