"""Which of three lines that add up is the one that was computed: a total, or the difference of the two before it.

The numbers cannot tell a = b + c from c = a - b; names, signs and the order of the lines can.
"""

import re
from dataclasses import replace

from collective_efficiency.audit.drafts.evidence import Relation
from collective_efficiency.audit.drafts.lines import NumberLines
from collective_efficiency.audit.line_names import is_summary_name

_DIFFERENCE = re.compile(
    "balance|differ|change|net\\b|profit|surplus|deficit|increase|margin|saldo|diferencia|variac|solde|variation|"
    "differenz|veränderung|überschuss",
    re.IGNORECASE,
)


def oriented(relation: Relation, lines: NumberLines) -> Relation:
    """A sum of two lines, said as a difference where it rather is one.

    That is so where the last of the three lines is one of the two parts, as what is computed stands behind that from
    which it is computed, unless the name of the sum says that it is a total, or no name and no negative number speaks
    for a difference and the sum stands first (all, men, women).
    """
    if relation.kind != "sum" or len(relation.parts) != 2:
        return relation
    difference = [part for part in relation.parts if _DIFFERENCE.search(lines.names[part])]
    negative = [part for part in relation.parts if (lines.values[part] < 0).any()]
    last = max(relation.parts)
    if len(difference) == 1:
        taken = difference[0]
    elif is_summary_name(lines.names[relation.target]) or last < relation.target:
        return relation
    elif len(negative) == 1:
        taken = negative[0]
    elif relation.target < min(relation.parts):
        return relation
    else:
        taken = last
    [minus] = {*relation.parts} - {taken}
    return replace(relation, kind="difference", target=taken, parts=(relation.target, minus))
