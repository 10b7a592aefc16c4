"use strict";
// The exact test of Jonckheere (1954) and Terpstra (1952) within strata, as inference/exact.py has it: the number of
// concordant less that of discordant pairs, and how often arrangements within the strata give one as far from zero.

/**
 * @typedef {Object} Unit a cluster: its places among the values of x and of y, and its stratum
 * @property {number} x
 * @property {number} y
 * @property {string} stratum
 */
/**
 * @typedef {Object} Tested n units, the statistic s, and its two-sided p-value, over / under
 * @property {number} n
 * @property {number} s
 * @property {bigint} over
 * @property {bigint} under
 */

const Exact = (() => {
const MOST = 18; // units of a stratum: 18! is a number that a double holds exactly

/** @type {(values: number[]) => number[]} How often each value stands there, in the order of the values. */
function sizes(values) {
  const counts = new Map();
  for (const value of [...values].sort((a, b) => a - b)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()];
}

/** @type {(units: Unit[]) => number} Concordant less discordant pairs. */
function statistic(units) {
  let s = 0;
  units.forEach((one, place) => units.slice(0, place).forEach((other) => { s += Math.sign(one.x - other.x) * Math.sign(one.y - other.y); }));
  return s;
}

/** @type {Map<string, Float64Array>} */
const known = new Map();

/** @type {(units: Unit[]) => Float64Array} How many arrangements of a stratum give each statistic, from -n(n-1)/2 up. */
function arrangements(units) {
  const [groups, columns] = [sizes(units.map((unit) => unit.x)), sizes(units.map((unit) => unit.y))].sort((a, b) => a.length - b.length);
  const key = `${groups}|${columns}`;
  let counts = known.get(key);
  if (!counts) known.set(key, counts = counted(groups, columns));
  return counts;
}

/** @type {(groups: number[], columns: number[]) => Float64Array} Column by column: states are how many units each group has. */
function counted(groups, columns) {
  const n = groups.reduce((sum, size) => sum + size, 0), middle = n * (n - 1) / 2;
  const strides = groups.map((_, place) => groups.slice(0, place).reduce((product, size) => product * (size + 1), 1));
  /** @type {Map<number, Float64Array>} */
  let states = new Map([[0, Float64Array.of(...Array(middle).fill(0), 1, ...Array(middle).fill(0))]]);
  for (const size of columns) {
    /** @type {Map<number, Float64Array>} */
    const next = new Map();
    for (const [state, counts] of states) {
      const placed = groups.map((most, place) => Math.floor(state / strides[place]) % (most + 1));
      const all = placed.reduce((sum, count) => sum + count, 0);
      let below = 0;
      const slopes = placed.map((count) => { below += count; return below - count - (all - below); });
      /** @type {(group: number, left: number, to: number, shift: number, ways: number) => void} */
      const place = (group, left, to, shift, ways) => {
        if (group === groups.length) {
          if (left) return;
          let target = next.get(to);
          if (!target) next.set(to, target = new Float64Array(2 * middle + 1));
          for (let s = Math.max(0, -shift); s < counts.length && s + shift < counts.length; s += 1) if (counts[s]) target[s + shift] += counts[s] * ways;
          return;
        }
        let choices = 1; // ways to choose the units of this group from those left
        for (let count = 0; count <= Math.min(left, groups[group] - placed[group]); count += 1) {
          place(group + 1, left - count, to + count * strides[group], shift + count * slopes[group], ways * choices);
          choices = choices * (left - count) / (count + 1);
        }
      };
      place(0, size, state, 0, 1);
    }
    states = next;
  }
  return /** @type {Float64Array} */ ([...states.values()][0]);
}

/** @type {(one: bigint[], other: bigint[]) => bigint[]} */
function convolved(one, other) {
  const sums = Array(one.length + other.length - 1).fill(0n);
  one.forEach((a, i) => { if (a) other.forEach((b, j) => { if (b) sums[i + j] += a * b; }); });
  return sums;
}

/** @type {(units: Unit[]) => Tested | null} The test; null where x or y does not vary in any stratum, or one is too large. */
function test(units) {
  const strata = [...new Set(units.map((unit) => unit.stratum))].map((name) => units.filter((unit) => unit.stratum === name));
  const varies = /** @type {(key: "x" | "y") => boolean} */ (key) => strata.some((some) => new Set(some.map((unit) => unit[key])).size > 1);
  if (!varies("x") || !varies("y") || strata.some((some) => some.length > MOST)) return null;
  const s = strata.reduce((sum, some) => sum + statistic(some), 0);
  const counts = strata.map((some) => Array.from(arrangements(some), BigInt)).reduce(convolved);
  const middle = (counts.length - 1) / 2;
  const far = counts.filter((_, place) => Math.abs(place - middle) >= Math.abs(s));
  const sum = (/** @type {bigint[]} */ some) => some.reduce((total, count) => total + count, 0n);
  return { n: units.length, s, over: sum(far), under: sum(counts) };
}

/**
 * @typedef {Object} Cluster
 * @property {string} sector
 * @property {Record<string, string | null>} values
 * @property {Record<string, number[]>} cells
 */
/**
 * @typedef {Object} Clusters as reviewer/retest.py writes them
 * @property {string[]} degrees
 * @property {Cluster[]} clusters
 */

/** @type {(tested: Clusters, predictor: string, outcome: string, moved: (cell: number) => any, Numbers: any) => Unit[]}
 * The clusters that have both values. moved: the value of a cell that moves or is supposed, undefined of others; of the
 * cells that print a value the first of these tells. Numbers: `Suppose`, which reads and compares fractions. */
function units({ degrees, clusters }, predictor, outcome, moved, Numbers) {
  const value = (/** @type {Cluster} */ cluster, /** @type {string} */ name) => {
    const other = cluster.cells[name].map(moved).find((each) => each !== undefined), printed = cluster.values[name];
    const found = other === undefined ? (name === "degree" || printed === null ? printed : Numbers.parse(printed)) : other;
    return name === "degree" ? degrees.indexOf(found) : found;
  };
  const known = clusters.map((cluster) => ({ x: value(cluster, predictor), y: value(cluster, outcome), stratum: cluster.sector }))
    .filter(({ x, y }) => x !== null && x !== -1 && y !== null && y !== -1);
  const [x, y] = [known.map((unit) => unit.x), known.map((unit) => unit.y)].map((values) => ranks(values, Numbers.compare));
  return known.map((unit, place) => ({ x: x[place], y: y[place], stratum: unit.stratum }));
}

/** @type {(values: any[], compare: (one: any, other: any) => number) => number[]} The place of each value among the different ones. */
function ranks(values, compare) {
  if (values.every((value) => typeof value === "number")) return values;
  const order = [...values.keys()].sort((one, other) => compare(values[one], values[other]));
  const places = Array(values.length).fill(0);
  order.forEach((at, place) => { places[at] = place ? places[order[place - 1]] + (compare(values[order[place - 1]], values[at]) ? 1 : 0) : 0; });
  return places;
}

return { test, units };
})();
if (typeof module !== "undefined") module.exports = Exact;
