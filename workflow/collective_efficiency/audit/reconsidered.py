"""Conventions inferred once more, when it is known which scores and classes are wrong, or where they hide what is.

Before, a score in the wrong place or a wrong class may make a table look as if it treated missing scores otherwise.
"""

from collective_efficiency.audit.conventions import Conventions
from collective_efficiency.audit.judge import SLIP, Judge
from collective_efficiency.audit.localise import Optimum
from collective_efficiency.audit.misplaced import misplaced
from collective_efficiency.audit.model import OMIT, ZERO, Place
from collective_efficiency.audit.shares import Shares
from collective_efficiency.audit.trials import TOGETHER

ENOUGH_MEANS = 2  # that tell how a table treats missing scores; a single one may be right by chance


def inferred_anew(judge: Judge) -> Judge:
    """A judge with the same scores corrected, who infers the conventions from these and from the right classes."""
    classes = {
        place: right
        for place in judge.model.class_rules
        if judge.judge(place).causes and (right := judge.truth(place)) is not None
    }
    if not judge.corrected and not classes:
        return judge
    conventions = Conventions(judge.model, judge.missing, {**judge.corrected, **classes})
    return Judge(judge.model, judge.missing, judge.corrected, conventions)


def in_either_treatment(judge: Judge) -> tuple[Judge, Shares, list[list[Optimum]]]:
    """The events of misplaced scores, with the judge under whose treatment of missing scores they are such.

    A table with wrong means over missing scores of which hardly a cell tells its treatment may have either: it has the
    one under which one event explains what is wrong.
    """
    shares = Shares(judge.ways)
    events = misplaced(judge, shares)
    turned = _treated(judge, _turned(judge))
    if turned is None:
        return judge, shares, events
    known = {at[0] for event in events for at in event[0].items}
    others = {at[0] for event in misplaced(turned, Shares(turned.ways)) for at in event[0].items} - known
    chosen = _treated(judge, {table: way for table, way in turned.ways.treated.items() if table in others})
    if chosen is None:
        return judge, shares, events
    shares = Shares(chosen.ways)
    return chosen, shares, misplaced(chosen, shares)


def _treated(judge: Judge, ways: dict[str, str]) -> Judge | None:
    if not ways:
        return None
    return Judge(judge.model, judge.missing, conventions=Conventions(judge.model, judge.missing, treated=ways))


def _turned(judge: Judge) -> dict[str, str]:
    """The other treatment of each table with wrong means over missing scores, where too few tell its way."""
    wrong: dict[str, list[Place]] = {}
    for place in judge.model.derivations:
        if judge.model.cells[place].kind == "average" and (SLIP, place) in judge.judge(place).causes:
            wrong.setdefault(place[0], []).append(place)
    turned = {}
    for table, places in wrong.items():
        told = judge.ways.treatments.get(table)
        ways = [next(judge.derivations(place)).assumption for place in places]
        assumed = next((way for way in ways if way in (ZERO, OMIT)), "")
        if told is None or told.n_informative >= ENOUGH_MEANS or len(places) < TOGETHER or not assumed:
            continue
        turned[table] = ZERO if assumed == OMIT else OMIT
    return turned
