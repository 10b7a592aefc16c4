"""The page as one self-contained HTML file: nothing is loaded, nothing from data is ever markup or code."""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import jinja2
from markupsafe import Markup

from collective_efficiency.claims.pages import SYMBOLS as CLAIM_SYMBOLS
from collective_efficiency.measures.averages import MEANS
from collective_efficiency.reviewer.payload import heading, slices
from collective_efficiency.reviewer.whatif import BASE
from collective_efficiency.words import ALL_SECTORS, DEGREES, INDICES, UPGRADING


def page(data: Mapping[str, Any], figures: Sequence[Mapping[str, Any]], parts: Mapping[str, str]) -> str:
    """The page of `data` (as `payload` gives it).

    figures: name, alt and svg (bytes) of each; parts: the texts of index.html.j2, page.css and page.js. The policy in
    the page allows this style, this script and pictures within the page, and nothing else.
    """
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style, script = f"\n{parts['page.css']}", f"\n{parts['page.js']}"
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )
    return environment.from_string(parts["index.html.j2"]).render(
        data=data,
        by_place={(cell["table"], cell["row"], cell["column"]): cell for cell in data["cells"]},
        base=data["scenarios"][BASE],
        slices=slices(data),
        topics=sorted({claim["topic"] for claim in data["claims"]}),
        claim_symbols=CLAIM_SYMBOLS,
        claim_tables={
            each["claim"]: Counter(data["cells"][number]["table"] for number in each["cells"])
            for each in data["claims"]
        },
        claim_counts={name: sum(each["verdict"] == name for each in data["claims"]) for name in CLAIM_SYMBOLS},
        heading=heading,
        indices=INDICES,
        means=MEANS,
        degrees=DEGREES,
        upgrading=UPGRADING,
        all_sectors=ALL_SECTORS,
        figures=[dict(each) | {"source": _embedded(each["svg"])} for each in figures],
        policy=policy,
        style=Markup(style),  # noqa: S704  our own file
        script=Markup(script),  # noqa: S704  our own file
        json=Markup(_json(_compact(data))),  # noqa: S704  every mark of HTML in it is escaped
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _embedded(picture: bytes) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(picture).decode()}"


def _compact(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same data in less text: cells as rows of values, and of each scenario what differs from the first."""
    fields = list(dict.fromkeys(key for cell in data["cells"] for key in cell))
    rows = [[cell.get(field, "") for field in fields] for cell in data["cells"]]
    base = data["scenarios"][BASE]
    scenarios = {
        name: values if name == BASE else {key: value for key, value in values.items() if value != base[key]}
        for name, values in data["scenarios"].items()
    }
    return {**data, "cells": {"fields": fields, "rows": rows}, "scenarios": scenarios}


def _json(data: Mapping[str, Any]) -> str:
    """JSON that can stand in a script element: the marks of HTML, and line ends that scripts know, are escaped."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text
