"""What made several cells wrong at once: one finding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from collective_efficiency.audit.explain import explanations
from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.model import Place
from collective_efficiency.audit.operations import Explanation


@dataclass(frozen=True)
class Event:
    """Slips with one cause, and what explains them, the likeliest first.

    right: what should stand in the cells in which it happened, where these are not the slips but what they rest on.
    """

    places: tuple[Place, ...]
    ranked: tuple[Explanation, ...]
    right: Mapping[Place, str] = field(default_factory=dict)


def of_cause(
    judge: Judge,
    places: Sequence[Place],
    cause: Explanation,
    right: Mapping[Place, str] | None = None,
    also: Sequence[Explanation] = (),
) -> Event:
    """The event of one cause; also: what may have happened as well, before all that explains the first slip."""
    others = (each for each in explanations(judge, places[0]) if each.operation != cause.operation)
    return Event(tuple(places), (cause, *also, *others), right or {})
