"""Effects of findings, and the first sentence of the page. Expected values are by hand."""

from collective_efficiency.reviewer.effects import effects, headline

ORDER = "order of the sectors by eei in T17: a > b > c -> a > c > b"


def finding(severity, *consequence):
    return {"severity": severity, "effects": effects(consequence)}


def test_an_effect_by_its_parts():
    read = effects([
        "claim C015 depends -> contradicted", "advice P14 one case -> in part", "advice P03 stays stands",
        "degree of blumenau-software in T15: High -> Medium", "cross-tabulation T6/High/product: 2.0 -> 2.1", ORDER,
        "9 printed cells change",
    ])  # fmt: skip
    assert [(effect["kind"], effect.get("name", "")) for effect in read] == [
        ("claim", "C015"), ("advice", "P14"), ("other", ""), ("class", "blumenau-software"),
        ("crosstab", "T6/High/product"), ("order", "eei"), ("other", ""),
    ]  # fmt: skip
    assert (read[1]["before"], read[1]["after"]) == ("one case", "in part")
    assert (read[5]["table"], read[5]["before"], read[5]["after"]) == ("T17", "a > b > c", "a > c > b")


def test_what_several_slips_change_is_counted_once():
    data = {
        "findings": [
            finding("decision", "claim C1 depends -> supported", ORDER, "degree of x in T15: High -> Medium"),
            finding("decision", "claim C1 depends -> supported", "claim C2 supported -> depends", ORDER),
            finding("numeric", "degree of x in T16: High -> Medium"),
            finding("lead", "claim C3 supported -> depends"),
        ],
        "claims": [{"claim": "C1", "kind": "conclusion"}, {"claim": "C2", "kind": "number"},
                   {"claim": "C3", "kind": "conclusion"}],
        "summary": {"verdicts": {"consistent": 5, "consistent_if": 2, "inconsistent": 3}},
    }  # fmt: skip
    said = headline(data)
    assert (said["slips"], said["wrong"], said["judged"]) == (3, 3, 10)
    names = {
        key: [effect["name"] for effect in said[key]] for key in ("classes", "orders", "conclusions", "other_claims")
    }
    assert names == {"classes": ["x"], "orders": ["eei"], "conclusions": ["C1"], "other_claims": ["C2"]}
    assert said["all_conclusions"] == 2
    assert said["advice"] == []
