// The data of the page, and the cells as a graph. Data reach the page as text only (textContent), never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
data.cells = data.cells.rows.map((row) => Object.fromEntries(data.cells.fields.map((field, place) => [field, row[place] ?? ""])));
for (const [name, values] of Object.entries(data.scenarios)) data.scenarios[name] = { ...data.scenarios["printed/zero"], ...values };

const $ = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const words = (text) => String(text).replaceAll("_", " ").replaceAll("->", "→");

/** An element with properties, attributes (names with a dash) and children; a text child is text. */
function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.includes("-") || name === "for") made.setAttribute(name, value); else made[name] = value;
  }
  made.append(...children.flat(2).filter((child) => child !== null && child !== ""));
  return made;
}
const bdi = (text) => el("bdi", {}, text);

const nameOf = (cell) => `${cell.table}/${cell.row}/${cell.column}`;
const byName = new Map(data.cells.map((cell, number) => [nameOf(cell), number]));
const findings = new Map(data.findings.map((finding) => [finding.finding, finding]));
const claims = new Map(data.claims.map((claim) => [claim.claim, claim]));
const shown = (name) => $(`cell=${name}`);
const printed = (cell) => (cell.verdict === "lost" ? t("lost") : cell.printed);
const who = (row) => data.names[row] ?? data.sectors[row] ?? words(row);

/** Things by what they have in common, in the order in which they come. */
function grouped(things, keyOf) {
  const found = new Map();
  for (const thing of things) {
    const key = keyOf(thing);
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(thing);
  }
  return found;
}

/** A value that is computed when it is first asked for. */
const later = (make) => { let made; return () => (made ??= make()); };

const readersOf = later(() => {
  const readers = data.cells.map(() => new Set());
  data.cells.forEach((cell, number) => (cell.from || []).forEach((way) => way.cells.forEach((parent) => readers[parent].add(number))));
  return readers;
});
const claimsOn = later(() => {
  const resting = data.cells.map(() => []);
  data.claims.forEach((claim) => claim.cells.forEach((number) => resting[number].push(claim)));
  return resting;
});

/** All that is computed from a cell, from what is computed from it, and so on, in printed order. */
function computedFrom(number) {
  const found = new Set([number]);
  for (const each of found) readersOf()[each].forEach((reader) => found.add(reader)); // a Set grows while it is gone through
  found.delete(number);
  return [...found].sort((one, other) => one - other);
}
