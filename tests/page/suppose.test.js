// templates/reviewer/suppose.js by itself, by node's test runner: `node --test tests/page`. Expected values are by hand.
"use strict";
const assert = require("node:assert/strict");
const { test } = require("node:test");
const Suppose = require("../../workflow/collective_efficiency/templates/reviewer/suppose.js");

const said = (value) => (Suppose.isNumber(value) ? Suppose.written(value) : value);

test("a number is read as people and Python write it", () => {
  const texts = ["2", " -2.50 ", "2,5", "10/4", "007", "1/0", "", "2.", "1e3", "n.a.", "9".repeat(40)];
  assert.deepEqual(texts.map((text) => said(Suppose.parse(text))), ["2", "-5/2", "5/2", "5/2", "7", null, null, null, null, null, "9".repeat(40)]);
});

test("a number is written with halves away from zero", () => {
  const written = (text, places) => Suppose.decimal(Suppose.parse(text), places);
  assert.deepEqual([written("5/2", 0), written("-5/2", 0), written("1/3", 2), written("-1/1000", 2), written("0", 1), written("115/15", 4)],
    ["3", "-3", "0.33", "0.00", "0.0", "7.6667"]);
});

// Cells: 0 and 1 are scores, 2 is missing, 3 their sum (n.a. as zero), 4 its class, 5 a copy of the class,
// 6 the mean of 0 and 1 in the class High of 4 and 5, 7 the share 100 x cell 0 / cell 3, 8 how many of 4, 5 are High.
const data = {
  values: ["2", "3", null, "5", ["Low"], ["Low"], ["-"], "40", "0"],
  missing: [2],
  order: [3, 4, 5, 6, 7, 8],
  rules: {
    3: [["sum", [0, 1, 2], "1", "0", true]],
    4: [["class", 3, [["High", ">=", "6"], ["Low", ">", "-1"]]]],
    5: [["word", 4]],
    6: [["class mean", "High", [0, 1], [4, 5], false]],
    7: [["expression", ["/", ["*", "100", 0], 3]]],
    8: [["expression", ["#", [[4, "High"]], [[5, "High"]]]]],
  },
};
const follow = (supposed) => {
  const moves = Suppose.model(data).follow(new Map(supposed.map(([cell, text]) => [cell, Suppose.parse(text) ?? text])));
  return Object.fromEntries([...moves].map(([cell, move]) => [cell, [said(move.before), said(move.after)]]));
};

test("what is computed from a cell moves with it, to the end", () => {
  assert.deepEqual(follow([[0, "3"]]), { 3: ["5", "6"], 4: ["Low", "High"], 5: ["Low", "High"], 6: ["-", "3"], 7: ["40", "50"], 8: ["0", "2"] });
});

test("a cell that is supposed follows nothing, and what comes back to itself does not move", () => {
  assert.deepEqual(follow([[0, "3"], [3, "5"]]), { 7: ["40", "60"] });
  assert.deepEqual(follow([[0, "3"], [1, "2"]]), { 7: ["40", "60"] });
  assert.deepEqual(follow([[0, "2"]]), {});
});

test("what divides by zero is not known", () => {
  assert.deepEqual(follow([[3, "0"]]), { 7: ["40", null] });
});

test("of several relations the first that moves tells", () => {
  const two = { ...data, rules: { ...data.rules, 7: [["sum", [1], "1", "37", false], ["sum", [0], "20", "0", false]] } };
  const moves = Suppose.model(two).follow(new Map([[0, Suppose.parse("1")], [3, Suppose.parse("5")]]));
  assert.deepEqual([...moves].map(([cell, move]) => [cell, said(move.before), said(move.after)]), [[7, "40", "20"]]);
});
