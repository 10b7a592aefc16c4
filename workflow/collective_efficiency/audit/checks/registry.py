"""Every kind of check by name: relations (`relation_kinds`) and facts (`fact_kinds`).

What checks.yaml may say (`reading`), what a mistake in it is answered with, its JSON schema and docs/checks.md all come
from here. To add a kind: write its function beside those it is like, its record in one of the two, and its example.
"""

from collections.abc import Mapping

from collective_efficiency.audit.checks.fact_kinds import FACT_KINDS
from collective_efficiency.audit.checks.kinds import CheckKind
from collective_efficiency.audit.checks.relation_kinds import RELATION_KINDS

CHECK_KINDS: Mapping[str, CheckKind] = {kind.name: kind for kind in (*RELATION_KINDS, *FACT_KINDS)}
