"use strict";
// What follows if printed cells had other values: the relations of the audit, run forward in exact fractions, as
// reviewer/suppose.py does. Pure: it knows nothing of the page.

/**
 * @typedef {Object} Fraction a number n / d in lowest terms, d above zero
 * @property {bigint} n
 * @property {bigint} d
 */
/** @typedef {Fraction | string | null} Value a number, a word, or null where a cell is lost or not available */
/**
 * @typedef {Object} Move
 * @property {Value} before
 * @property {Value} after
 */
/**
 * @typedef {Object} Rules as `rules_as_data` writes them
 * @property {(string | [string] | null)[]} values
 * @property {number[]} missing
 * @property {number[]} order
 * @property {Record<string, any[][]>} rules
 */

const Suppose = (() => {

/** @type {(a: bigint, b: bigint) => bigint} */
const common = (a, b) => { while (b) [a, b] = [b, a % b]; return a < 0n ? -a : a; };

/** @type {(n: bigint, d?: bigint) => Fraction} */
function fraction(n, d = 1n) {
  const divisor = common(n, d) * (d < 0n ? -1n : 1n);
  return { n: n / divisor, d: d / divisor };
}

const ZERO = fraction(0n), ONE = fraction(1n);
/** @type {(a: Fraction, b: Fraction) => Fraction} */
const plus = (a, b) => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
/** @type {(a: Fraction, b: Fraction) => Fraction} */
const times = (a, b) => fraction(a.n * b.n, a.d * b.d);
/** @type {(a: Fraction, b: Fraction) => number} */
const compare = (a, b) => { const sign = a.n * b.d - b.n * a.d; return sign > 0n ? 1 : sign < 0n ? -1 : 0; };
/** @type {(value: any) => value is Fraction} */
const isNumber = (value) => value !== null && typeof value === "object";
/** @type {(a: Value, b: Value) => boolean} */
const same = (a, b) => (isNumber(a) && isNumber(b) ? compare(a, b) === 0 : a === b);

/** @type {(text: string) => Fraction | null} The fraction that a text such as 7, -13/2, 2.5 or 2,5 says; null if it says none. */
function parse(text) {
  const found = /^(-?\d+)(?:\/(\d+)|[.,](\d+))?$/.exec(text.trim());
  if (!found) return null;
  const [, whole, below, decimals = ""] = found;
  if (below) return BigInt(below) ? fraction(BigInt(whole), BigInt(below)) : null;
  return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

/** @type {Map<string, Fraction>} */
const weighed = new Map();
/** @type {(text: string) => Fraction} A number of the data; the few that there are are read once. */
function constant(text) {
  if (!weighed.has(text)) weighed.set(text, /** @type {Fraction} */ (parse(text)));
  return /** @type {Fraction} */ (weighed.get(text));
}

/** @type {(value: Fraction) => string} A fraction as Python writes it. */
const written = ({ n, d }) => (d === 1n ? `${n}` : `${n}/${d}`);

/** @type {(value: Fraction, places: number) => string} A number to `places` decimals, halves away from zero. */
function decimal({ n, d }, places) {
  const units = ((n < 0n ? -n : n) * 10n ** BigInt(places) * 2n + d) / (2n * d);
  const digits = `${units}`.padStart(places + 1, "0");
  const point = digits.length - places;
  return `${n < 0n && units ? "-" : ""}${digits.slice(0, point)}${places ? `.${digits.slice(point)}` : ""}`;
}

/** @param {Rules} data The model of the printed tables. */
function model(data) {
  /** @type {Value[]} */
  const printed = data.values.map((value) => (Array.isArray(value) ? value[0] : value === null ? null : parse(value)));
  const missing = new Set(data.missing);

  /** @typedef {(cell: number) => Value} Look */

  /** @type {(rule: any[], look: Look) => Value} */
  function sum([, read, weights, added, asZero], look) {
    let total = constant(added);
    for (const [place, cell] of read.entries()) {
      const value = look(cell);
      if (value === null && asZero && missing.has(cell)) continue;
      if (!isNumber(value)) return null;
      total = plus(total, times(value, constant(Array.isArray(weights) ? weights[place] : weights)));
    }
    return total;
  }

  /** @type {(rule: any[], look: Look) => Value} */
  function classMean([, wanted, read, classes, leftOut], look) {
    const words = classes.map(look);
    if (words.includes(null)) return null;
    const members = read.filter((/** @type {number} */ cell, /** @type {number} */ place) => words[place] === wanted && !(leftOut && missing.has(cell)));
    if (!members.length) return "-";
    let total = ZERO;
    for (const cell of members) {
      const value = missing.has(cell) ? ZERO : look(cell);
      if (!isNumber(value)) return null;
      total = plus(total, value);
    }
    return times(total, fraction(1n, BigInt(members.length)));
  }

  /** @type {(tree: any, look: Look) => Fraction | null} The trees are as `_tree` in reviewer/suppose.py writes them. */
  function expression(tree, look) {
    if (typeof tree === "number") { const value = look(tree); return isNumber(value) ? value : null; }
    if (typeof tree === "string") return constant(tree);
    const [sign, ...rest] = /** @type {any[]} */ (tree);
    if (sign === "#") {
      const rows = /** @type {[number, string][][]} */ (rest);
      if (rows.some((row) => row.some(([cell]) => look(cell) === null))) return null;
      return fraction(BigInt(rows.filter((row) => row.every(([cell, word]) => look(cell) === word)).length));
    }
    const terms = sign === "+" ? rest.map(([, term]) => term) : sign === "^" ? rest.slice(0, 1) : rest;
    const values = /** @type {Fraction[]} */ (terms.map((term) => expression(term, look)));
    if (values.some((value) => value === null)) return null;
    if (sign === "+") return values.reduce((all, value, place) => plus(all, times(value, constant(rest[place][0]))), ZERO);
    if (sign === "*") return times(values[0], values[1]);
    if (sign === "/") return values[1].n ? times(values[0], fraction(values[1].d, values[1].n)) : null;
    const exponent = rest[1];
    if (!values[0].n && exponent < 0) return null;
    const base = exponent < 0 ? fraction(values[0].d, values[0].n) : values[0];
    return Array(Math.abs(exponent)).fill(base).reduce(times, ONE);
  }

  /** @type {(rule: any[], look: Look) => Value} */
  function gives(rule, look) {
    switch (rule[0]) {
      case "sum": return sum(rule, look);
      case "class mean": return classMean(rule, look);
      case "word": { const word = look(rule[1]); return typeof word === "string" ? word : null; }
      case "expression": return expression(rule[1], look);
      default: { // class
        const index = look(rule[1]);
        if (!isNumber(index)) return null;
        const reached = /** @type {[string, string, string][]} */ (rule[2]).find(([, how, cut]) => { const sign = compare(index, constant(cut)); return sign > 0 || (how === ">=" && sign === 0); });
        return reached ? reached[0] : null;
      }
    }
  }

  const known = new Map();
  /** @type {(cell: number) => Value[]} What each rule of a cell gives of the cells as printed; found when it is first asked for. */
  function asPrinted(cell) {
    if (!known.has(cell)) known.set(cell, data.rules[cell].map((rule) => gives(rule, (at) => printed[at])));
    return known.get(cell);
  }

  /** @type {(cell: number, look: Look) => Move | null} How a cell moves by the first of its rules that gives another value now. */
  function move(cell, look) {
    for (const [place, before] of asPrinted(cell).entries()) {
      if (before === null) continue;
      const after = gives(data.rules[cell][place], look);
      if (!same(before, after)) return { before, after };
    }
    return null;
  }

  const readers = new Map();
  for (const [target, rules] of Object.entries(data.rules)) {
    for (const cell of new Set(rules.flatMap(cellsOf))) {
      if (!readers.has(cell)) readers.set(cell, []);
      readers.get(cell).push(Number(target));
    }
  }

  /** @type {(cells: Iterable<number>) => Set<number>} These cells and all that are computed from them, directly or by way of others. */
  function restingOn(cells) {
    const reached = new Set(cells), ahead = [...reached];
    while (ahead.length) {
      for (const reader of readers.get(ahead.pop()) ?? []) {
        if (!reached.has(reader)) { reached.add(reader); ahead.push(reader); }
      }
    }
    return reached;
  }

  /** @type {(supposed: Map<number, Value>) => Map<number, Move>} The cells that move if those in `supposed` had these values. */
  function follow(supposed) {
    const touched = restingOn(supposed.keys());
    /** @type {Map<number, Move>} */
    const moves = new Map();
    /** @type {Look} */
    const look = (cell) => (supposed.has(cell) ? /** @type {Value} */ (supposed.get(cell)) : moves.has(cell) ? /** @type {Move} */ (moves.get(cell)).after : printed[cell]);
    for (const cell of data.order) {
      if (!touched.has(cell) || supposed.has(cell)) continue;
      const moved = move(cell, look);
      if (moved) moves.set(cell, moved);
    }
    return moves;
  }

  return { printed, follow };
}

/** @type {(rule: any[]) => number[]} The cells that a rule reads. */
function cellsOf([kind, ...rest]) {
  if (kind === "sum") return rest[0];
  if (kind === "class mean") return [...rest[1], ...rest[2]];
  return kind === "expression" ? leaves(rest[0]) : [rest[0]];
}

/** @type {(tree: any) => number[]} */
function leaves(tree) {
  if (!Array.isArray(tree)) return typeof tree === "number" ? [tree] : [];
  const [sign, ...rest] = tree;
  if (sign === "#") return rest.flat().map(([cell]) => cell);
  if (sign === "+") return rest.flatMap(([, term]) => leaves(term));
  return leaves(rest[0]).concat(sign === "^" ? [] : leaves(rest[1]));
}

return { parse, written, decimal, model, compare, isNumber };
})();
if (typeof module !== "undefined") module.exports = Suppose;
