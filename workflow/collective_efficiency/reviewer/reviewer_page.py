"""Stage `reviewer_page`: the audit as one self-contained page, on which nothing from data is markup or code."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from collective_efficiency.audit.checks.apply import build_model
from collective_efficiency.audit.checks.reading import read_checks
from collective_efficiency.audit.conventions import Conventions
from collective_efficiency.audit.reviews import DISPUTED
from collective_efficiency.choices import OF_THE_REPORT, Choices, rules_in_words
from collective_efficiency.claims.ledger import read_ledger
from collective_efficiency.claims.pages import CLAIM_SYMBOLS
from collective_efficiency.claims.records import records_under
from collective_efficiency.files.csv_files import Record
from collective_efficiency.files.pages import page
from collective_efficiency.files.yaml_files import checked_yaml
from collective_efficiency.measures.averages import MEANS
from collective_efficiency.report.ingest import read_report
from collective_efficiency.reviewer.effects import headline
from collective_efficiency.reviewer.page_words import LANGUAGES, counted_said, said, strings
from collective_efficiency.reviewer.payload import AuditResults, column_heading, payload, printed_number, slices
from collective_efficiency.reviewer.retest import retest_data
from collective_efficiency.reviewer.stories import rests_on
from collective_efficiency.reviewer.whatif import BASE, scenarios
from collective_efficiency.words import ALL_SECTORS, DEGREES, INDICES, READINGS, UPGRADING

FIGURE_TEXTS = {  # what a figure shows, for those who cannot see it
    "printed_recomputed.svg": "The collective efficiency index of the 40 clusters, as printed and as recomputed.",
    "claims.svg": "The verdicts on the claims of the report, by topic.",
}
PRINTED_NUMBER = re.compile(r"-?\d+(?:\.(\d+))?")
AS_IT_IS = " !$'()*+,-./:;=?@_|~"  # marks that may stand in the address of a picture
OF_THE_REPORT_ALONE = ("printed_recomputed.svg",)  # figures that show nothing of the analyst's choices


def reviewer_data(
    transcription: Mapping[str, bytes],
    checks: bytes,
    claims: bytes,
    results: AuditResults,
    cells: Sequence[Record],
    clusters: Sequence[Record],
    choices: Choices,
) -> dict[str, Any]:
    """All that page and workbook show, as one document of JSON (`payload`).

    transcription: the files of data/report that hold its tables, by name. checks: checks.yaml. claims: claims.yaml.
    cells, clusters: the records of the report's cells.csv and clusters.csv. choices: the analyst's; the audit and what
    a claim rests on stand on the report's own.
    """
    claimed = records_under(OF_THE_REPORT, cells, clusters)
    ledger = read_ledger("claims.yaml", claims, claimed.vocabulary)
    report = read_report(transcription)
    layouts = {table.id: table.layout for table in report.tables.values()}
    model = build_model(report, read_checks(checks))
    whole = payload(
        report,
        checked_yaml(transcription["tables.yaml"]),
        model,
        Conventions(model, OF_THE_REPORT.missing),
        results,
        rests_on(ledger, claimed, layouts),
        scenarios(pd.DataFrame(clusters, dtype="str"), cells, choices),
        rules_in_words(choices, "report", *READINGS),
    )
    whole["follow"]["tested"] = retest_data(model, clusters, claimed.indices["printed"], layouts)
    return whole


def reviewer_page(data: Mapping[str, Any], figures: Mapping[str, bytes], root: str = "../") -> str:
    """The page of `data` (as `payload` gives it), with what it has. figures: SVG by the name of the file.

    root: where the run's other pages are; empty where there are none.
    """
    claims = data["claims"]
    counts = Counter((claim.get("kind", ""), claim["verdict"]) for claim in claims)
    kinds = dict.fromkeys(claim.get("kind", "") for claim in _by_weight(claims))
    disputed = [
        finding for finding in data["findings"] if any(each["stance"] == DISPUTED for each in finding["reviews"])
    ]
    return page(
        "reviewer/index.html.j2",
        data=data,
        root=root,
        title=data["source"]["title"] or "Tables without a title",
        head=headline(data),
        t=said,
        counted_t=counted_said,
        languages=LANGUAGES,
        disputed=disputed,
        by_place=_by_place(data),
        base=data["scenarios"][BASE],
        slices=slices(data),
        topics=sorted({claim["topic"] for claim in claims}),
        by_weight=_by_weight(claims),
        claim_kinds={kind: {name: counts[kind, name] for name in CLAIM_SYMBOLS} for kind in kinds},
        claim_symbols=CLAIM_SYMBOLS,
        claim_tables={
            claim["claim"]: Counter(data["cells"][number]["table"] for number in claim["cells"]) for claim in claims
        },
        claim_counts={name: sum(claim["verdict"] == name for claim in claims) for name in CLAIM_SYMBOLS},
        heading=column_heading,
        indices=INDICES,
        means=MEANS,
        degrees=DEGREES,
        upgrading=UPGRADING,
        all_sectors=ALL_SECTORS,
        figures=[
            {
                "name": name.partition(".")[0],
                "alt": FIGURE_TEXTS[name],
                "rules": data["rules"][:1] if name in OF_THE_REPORT_ALONE else data["rules"],
                "source": _embedded(svg),
            }
            for name, svg in figures.items()
        ],
        json=Markup(_json(_compact(data) | {"strings": strings()})),  # noqa: S704  every mark of HTML in it is escaped
    )


def _by_weight(claims: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The claims, the heaviest first, those of a weight in their order."""
    return sorted(claims, key=lambda claim: -int(claim.get("weight", 0)))


def _by_place(data: Mapping[str, Any]) -> dict[tuple[str, str, str], dict[str, Any]]:
    """The cells by place; those of columns with numbers with what pads them, so that the points stand in one line."""
    decimals: dict[tuple[str, str], int] = defaultdict(int)
    numbers = {}
    for index, cell in enumerate(data["cells"]):
        found = PRINTED_NUMBER.fullmatch(printed_number(cell))
        if found:
            numbers[index] = len(found[1] or "")
            decimals[cell["table"], cell["column"]] = max(decimals[cell["table"], cell["column"]], numbers[index])
    placed = {}
    for index, cell in enumerate(data["cells"]):
        padded = dict(cell)
        if index in numbers:
            lacking = decimals[cell["table"], cell["column"]] - numbers[index]
            padded["pad"] = "" if not lacking else ("" if numbers[index] else ".") + "0" * lacking
        placed[cell["table"], cell["row"], cell["column"]] = padded
    return placed


def _embedded(picture: bytes) -> str:
    """The address that holds an SVG: as text, of which less must be written otherwise than in base 64."""
    return f"data:image/svg+xml,{quote(picture, safe=AS_IT_IS)}"


def _compact(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same data in less text: cells as lists of values, and of each scenario what differs from the first.

    The readings of claims stand in their list, where the script finds them.
    """
    claims = [{key: value for key, value in claim.items() if key != "readings"} for claim in data["claims"]]
    fields = list(dict.fromkeys(key for cell in data["cells"] for key in cell))
    cells = [[cell.get(field, "") for field in fields] for cell in data["cells"]]
    base = data["scenarios"][BASE]
    scenarios = {
        name: values if name == BASE else {key: value for key, value in values.items() if value != base[key]}
        for name, values in data["scenarios"].items()
    }
    return {**data, "cells": {"fields": fields, "rows": cells}, "claims": claims, "scenarios": scenarios}


def _json(data: Mapping[str, Any]) -> str:
    """JSON that can stand in a script element: the marks of HTML, and line ends that scripts know, are escaped."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text
