"""The report's advice for the tests of the room, built by the library without the workflow."""

import csv
from functools import cache
from pathlib import Path

from collective_efficiency.policy.advice import Policy, read_policy

ROOT = Path(__file__).parents[3]
LENGTH = 10666  # lines of the report's text


def golden(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests/expected" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def content() -> bytes:
    return (ROOT / "data/report/policy.yaml").read_bytes()


@cache
def claim_verdicts() -> dict[str, str]:
    return {record["claim"]: record["verdict"] for record in golden("audit/claims.csv")}


@cache
def cluster_names() -> dict[str, str]:
    return {record["cluster"]: record["name"] for record in golden("report/clusters.csv")}


def policy(text: bytes | None = None) -> Policy:
    return read_policy(text or content(), list(claim_verdicts()), list(cluster_names()), LENGTH)
