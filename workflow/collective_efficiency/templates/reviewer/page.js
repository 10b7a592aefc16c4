// The reviewer's page. The page is readable without this script; with it, cells tell their story, lists sort and filter,
// and marks are kept. Data reach the page as text only (textContent): nothing of them is ever markup.
(() => {
"use strict";
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
  made.append(...children.flat().filter((child) => child !== null && child !== ""));
  return made;
}

// ------------------------------------------------------------------ the cells as a graph

const nameOf = (cell) => `${cell.table}/${cell.row}/${cell.column}`;
const byName = new Map(data.cells.map((cell, number) => [nameOf(cell), number]));
const shown = new Map(all("td[data-verdict]").map((td) => [td.id.slice("cell=".length), td]));
const readers = data.cells.map(() => new Set());
data.cells.forEach((cell, number) => (cell.from || []).forEach((way) => way.cells.forEach((parent) => readers[parent].add(number))));

/** All that is computed from a cell, from what is computed from it, and so on, in printed order. */
function computedFrom(number) {
  const found = new Set([number]);
  for (const each of found) readers[each].forEach((reader) => found.add(reader)); // a Set grows while it is gone through
  found.delete(number);
  return [...found].sort((one, other) => one - other);
}

const findings = new Map(data.findings.map((finding) => [finding.finding, finding]));
const claims = new Map(data.claims.map((claim) => [claim.claim, claim]));
const claimsOn = data.cells.map(() => []);
data.claims.forEach((claim) => claim.cells.forEach((number) => claimsOn[number].push(claim)));
const heading = (column) => data.labels[column] ?? words(column).replace(/^./, (first) => first.toUpperCase());
const who = (row) => data.names[row] ?? data.sectors[row] ?? words(row);
const printed = (cell) => (cell.verdict === "lost" ? "lost" : cell.printed);

// ------------------------------------------------------------------ addresses

const address = (values) => `#${Object.entries(values).filter(([, value]) => value !== "").map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2F", "/")}`).join("&")}`;

function parameters() {
  const found = {};
  for (const part of location.hash.slice(1).split("&")) {
    const [key, ...rest] = part.split("=");
    try { found[key] = decodeURIComponent(rest.join("=")); } catch { found[key] = rest.join("="); }
  }
  return found;
}

function open(view) {
  all(".view").forEach((section) => { section.hidden = section.id !== `view-${view}`; });
  all('nav[aria-label="Views"] a').forEach((link) => {
    if (link.hash === `#view=${view}`) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  });
}

/** One line above the view: what a reader must know of the address. */
function say(text) {
  $("notice").textContent = text;
  $("notice").hidden = !text;
}

let last = null;
function route() {
  const wanted = parameters();
  clear();
  say("");
  if (byName.has(wanted.cell)) {
    open("tables");
    tellCell(byName.get(wanted.cell));
  } else if (findings.has(wanted.finding)) {
    open("findings");
    tellFinding(findings.get(wanted.finding));
  } else if (claims.has(wanted.claim)) {
    open("claims");
    tellClaim(claims.get(wanted.claim));
  } else if (wanted.label && $(`label=${wanted.label}`)) {
    open("tables");
    $(`label=${wanted.label}`).classList.add("open");
    $(`label=${wanted.label}`).scrollIntoView({ block: "start" });
  } else if (wanted.table && $(`table=${wanted.table}`)) {
    open("tables");
    $(`table=${wanted.table}`).scrollIntoView();
  } else {
    const view = $(`view-${wanted.view}`) ? wanted.view : "overview";
    const asked = location.hash.slice(1);
    if (asked && asked !== "main" && view !== wanted.view) say(`Nothing here has the address ${asked}: this is the overview.`);
    open(view);
    lists[view]?.show(wanted);
    if (view === "whatif") choose(wanted);
    if (view === "suppose") supposing.show(wanted);
    if (last !== view) scrollTo(0, 0);
    last = view;
    return;
  }
  last = null;
}

// ------------------------------------------------------------------ the story panel

const story = $("story");
let cameFrom = null;

function clear() {
  story.hidden = true;
  document.body.classList.remove("reading");
  for (const mark of ["open", "contributes", "follows"]) all(`.facsimile .${mark}`).forEach((td) => td.classList.remove(mark));
  all("tr[aria-current]").forEach((row) => row.removeAttribute("aria-current"));
}

function highlight(numbers, mark) {
  for (const number of numbers) shown.get(nameOf(data.cells[number]))?.classList.add(mark);
}

function tell(title, ...content) {
  if (!story.contains(document.activeElement)) cameFrom = document.activeElement;
  story.replaceChildren(
    el("div", { className: "tools" },
      el("button", { type: "button", onclick: () => history.back() }, "← Back"),
      el("button", { type: "button", onclick: close }, "Close")),
    el("h2", { id: "story-title" }, title), ...content.filter((each) => each !== null));
  story.hidden = false;
  story.scrollTop = 0;
  document.body.classList.add("reading");
  story.focus({ preventScroll: true });
}

function close() {
  const wanted = parameters();
  const view = wanted.cell ? "tables" : wanted.finding ? "findings" : "claims";
  const target = wanted.cell ? shown.get(wanted.cell)?.querySelector("a")
    : $(wanted.finding ? `finding=${wanted.finding}` : `claim=${wanted.claim}`)?.querySelector("a");
  history.pushState(null, "", address(lists[view]?.state() ?? { view }));
  clear();
  last = view;
  (target ?? (cameFrom?.isConnected ? cameFrom : $("main"))).focus();
}

const badge = (kind, name, symbol = "") => el("span", { className: `badge ${kind}-${name}` }, symbol ? el("span", { "aria-hidden": "true" }, `${symbol} `) : null, words(name));
const bdi = (text) => el("bdi", {}, text);
const link = (number, short = false) => {
  const cell = data.cells[number];
  return el("a", { href: address({ cell: nameOf(cell) }) }, short ? "" : `${cell.table}, `, bdi(who(cell.row)), `, ${heading(cell.column)}: `, bdi(printed(cell)));
};

/** Links to cells, table by table; long lists are folded. */
function cellList(numbers) {
  const tables = Map.groupBy ? Map.groupBy(numbers, (number) => data.cells[number].table) : group(numbers);
  const parts = [...tables].map(([table, some]) => {
    const items = el("ul", {}, some.map((number) => el("li", {}, link(number, true))));
    const title = [el("a", { href: address({ table }) }, table), ` (${some.length} cell${some.length === 1 ? "" : "s"})`];
    return some.length > 8 ? el("details", {}, el("summary", {}, `${table} (${some.length} cells)`), items) : el("div", {}, title, items);
  });
  return el("div", {}, parts);
}

function group(numbers) {
  const found = new Map();
  for (const number of numbers) {
    const table = data.cells[number].table;
    found.set(table, [...(found.get(table) ?? []), number]);
  }
  return found;
}

function facts(pairs) {
  return el("dl", {}, pairs.filter(([, value]) => value !== "" && value !== undefined && value !== null)
    .flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

function asDecimal(fraction) {
  const [over, under] = fraction.split("/").map(Number);
  return under ? `${fraction} = ${(over / under).toFixed(4).replace(/0+$/, "")}${Number.isInteger(over / under * 1e4) ? "" : "…"}` : fraction;
}

const STATUS = { read: "read in its place", inferred: "placed by inference", lost: "lost in the text layer", not_available: "the mark of a missing score" };

function tellCell(number) {
  const cell = data.cells[number];
  const td = shown.get(nameOf(cell));
  const parents = [...new Set((cell.from || []).flatMap((way) => way.cells))];
  const followers = [...readers[number]].sort((one, other) => one - other);
  const further = computedFrom(number).filter((each) => !readers[number].has(each));
  highlight(parents, "contributes");
  const found = (cell.findings || []).map((name) => findings.get(name)).filter(Boolean);
  highlight([...followers, ...further], "follows");
  for (const finding of found) if (finding.cells.includes(number)) highlight(finding.follows, "follows");
  td?.classList.add("open");
  const ways = new Map();
  for (const way of cell.from || []) ways.set(`${way.check}|${way.cells}|${way.assumes}`, way);
  tell([`${cell.table} · `, bdi(who(cell.row)), ` · ${heading(cell.column)}`],
    el("p", {}, badge("v", cell.verdict, data.meanings.symbol[cell.verdict]), ` ${data.meanings.verdict[cell.verdict]}`),
    facts([
      ["Printed", bdi(printed(cell))],
      ["Recomputed", cell.recomputed],
      ["Exact", cell.exact ? asDecimal(cell.exact) : ""],
      ["Stands for", cell.interval],
      [cell.verdict === "consistent_if" ? "Assumed" : "Rounding", words(cell.rounding ?? "")],
      ["Reading", STATUS[cell.status] + (data.reasons[number] ? `: ${data.reasons[number]}` : "")],
    ]),
    supposing.control(number),
    found.length ? el("div", {}, el("h3", {}, found.length === 1 ? "The finding it is in" : "The findings it is in"), found.map((each) => findingBlock(each, number))) : null,
    ways.size ? el("div", {}, el("h3", {}, "What it is computed from"), el("p", {}, "These cells have a blue frame, here and in the sister tables."),
      [...ways.values()].map((way) => el("div", {}, el("p", {}, data.checks[way.check], way.assumes ? ` (${way.assumes})` : "", " ", el("code", {}, way.check)), cellList(way.cells)))) : null,
    followers.length ? el("div", {}, el("h3", {}, "What is computed from it"), el("p", {}, `${followers.length + further.length} cells with an amber frame${further.length ? `: ${followers.length} directly, and from these:` : "."}`), cellList(followers), further.length ? el("details", {}, el("summary", {}, `${further.length} more`), cellList(further)) : null) : null,
    claimsOn[number].length ? el("div", {}, el("h3", {}, "Claims that rest on it"), claimList(claimsOn[number])) : null,
    adviceBlock("Advice that rests on these claims", "grounds", claimsOn[number]));
  td?.scrollIntoView({ block: "start", inline: "center" });
  rove(td);
}

const claimLink = (claim) => [el("a", { href: address({ claim: claim.claim }) }, claim.claim), " ", badge("c", claim.verdict), ` ${claim.paraphrase}`];
function claimList(some) {
  const items = el("ul", {}, some.map((claim) => el("li", {}, claimLink(claim))));
  return some.length > 6 ? el("details", {}, el("summary", {}, `${some.length} claims`), items) : items;
}

const adviceLink = (name) => el("a", { href: `../policy/policy.html#${encodeURIComponent(name)}` }, name);

/** The policy advice of which any of these claims is a ground (`grounds`), or on which one bears (`bears`). */
function adviceBlock(title, key, some) {
  const ids = new Set(some.map((claim) => claim.claim));
  const advice = data.advice.filter((piece) => piece[key].some((name) => ids.has(name)));
  if (!advice.length) return null;
  return el("div", {}, el("h3", {}, title), el("ul", {}, advice.map((piece) => el("li", {}, adviceLink(piece.advice), ` (${piece.verdict}) ${piece.paraphrase}`))));
}

function findingBlock(finding, from = null) {
  const others = finding.cells.filter((number) => number !== from);
  const effects = finding.consequence.map((text) => {
    const [, what, name, change] = /^(claim|advice) (\S+) (.*)$/.exec(text) ?? [];
    const target = what === "advice" ? adviceLink(name) : claims.has(name) ? el("a", { href: address({ claim: name }) }, name) : null;
    return el("li", {}, target ? [`${what} `, target, ` ${words(change)}`] : words(text));
  });
  return el("div", { className: "finding" },
    el("p", {}, badge("s", finding.severity), " ", from === null ? "" : el("a", { href: address({ finding: finding.finding }) }, finding.finding)),
    facts([
      ["Printed", bdi(finding.printed)], ["Should be", finding.expected], ["Explained by", finding.explanation],
      ["Or by", finding.alternatives.length ? el("ul", {}, finding.alternatives.map((text) => el("li", {}, text))) : ""],
      ["Check", `${data.checks[finding.check] ?? ""} (${finding.check})`],
      ["Decided", `${finding.adjudication}: ${finding.reason}`], ["Note", finding.note],
    ]),
    effects.length ? el("div", {}, el("h3", {}, "What it changes if put right"), el("ul", {}, effects)) : null,
    supposing.putRight(finding),
    others.length ? el("div", {}, el("h3", {}, from === null ? "Where it is" : "Also there"), cellList(others)) : null,
    finding.labels.length ? el("div", {}, el("h3", {}, "The labels it is about"), el("ul", {}, finding.labels.map((label) => el("li", {}, el("a", { href: address({ label: `${label.table}/${label.row}` }) }, `${label.table}, `, bdi(who(label.row))))))) : null,
    finding.follows.length ? el("div", {}, el("h3", {}, "What follows from it"), cellList(finding.follows)) : null,
    markControls(finding));
}

function tellFinding(finding) {
  highlight(finding.cells, "contributes");
  highlight(finding.follows, "follows");
  tell(["Finding: ", finding.table, " · ", bdi(who(finding.row)), ` · ${heading(finding.column)}`], el("p", {}, el("code", {}, finding.finding)), findingBlock(finding));
  lists.findings.reveal(`finding=${finding.finding}`);
}

function tellClaim(claim) {
  highlight(claim.cells, "contributes");
  const touched = data.findings.filter((finding) => finding.claims.includes(claim.claim));
  tell(`Claim ${claim.claim}`,
    el("p", {}, claim.paraphrase),
    facts([["Verdict", badge("c", claim.verdict)], ["Under your choices", claim.under_your_choices ? badge("c", claim.under_your_choices) : ""], ["As printed", badge("c", claim.printed)], ["Recomputed", badge("c", claim.recomputed)], ["Topic", claim.topic], ["Report's text", `line ${claim.line}`]]),
    el("h3", {}, "Evidence"), el("p", { className: "evidence" }, claim.evidence),
    adviceBlock("Advice that rests on it", "grounds", [claim]),
    adviceBlock("Advice on which it bears besides", "bears", [claim]),
    touched.length ? el("div", {}, el("h3", {}, "Findings that change it"), el("ul", {}, touched.map((finding) => el("li", {}, el("a", { href: address({ finding: finding.finding }) }, finding.finding))))) : null,
    claim.cells.length ? el("div", {}, el("h3", {}, claim.cells.length === 1 ? "The cell it rests on" : `The ${claim.cells.length} cells it rests on`), cellList(claim.cells)) : null);
  lists.claims.reveal(`claim=${claim.claim}`);
}

// ------------------------------------------------------------------ moving within a facsimile

function rove(td) {
  if (!td) return;
  all("td[data-verdict] a", td.closest("table")).forEach((each) => { each.tabIndex = -1; });
  td.querySelector("a").tabIndex = 0;
}

function move(event) {
  const td = event.target.closest("td[data-verdict]");
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -99], End: [0, 99] }[event.key];
  if (!td || !step || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = all("tr", td.closest("tbody")).filter((row) => row.querySelector("td[data-verdict]"));
  const row = rows[Math.min(Math.max(rows.indexOf(td.parentElement) + step[0], 0), rows.length - 1)];
  const place = [...td.parentElement.cells].indexOf(td) + step[1];
  const cells = [...row.cells];
  let next = cells[Math.min(Math.max(place, 1), cells.length - 1)];
  if (!next.dataset.verdict) next = row.querySelector("td[data-verdict]");
  event.preventDefault();
  rove(next);
  next.querySelector("a").focus();
}

function showAs(reading) {
  for (const [name, td] of shown) {
    const cell = data.cells[byName.get(name)];
    const differs = reading === "recomputed" && cell.recomputed && ["inconsistent", "lost"].includes(cell.verdict);
    td.classList.toggle("swapped", Boolean(differs));
    td.querySelector(".value").textContent = differs ? cell.recomputed : printed(cell) || "(empty)";
    const told = td.querySelector(".sr");
    if (told) told.textContent = differs ? ` recomputed, printed ${printed(cell) || "nothing"}` : ` ${words(cell.verdict)}`;
  }
}

// ------------------------------------------------------------------ lists that sort, filter and search

const compare = new Intl.Collator("en", { numeric: true }).compare;

function list(name) {
  const table = $(name), form = document.querySelector(`form[data-list="${name}"]`), body = table.tBodies[0];
  const rows = [...body.rows];
  const order = new Map(rows.map((row, place) => [row, place]));
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const sortable = all("th[data-key]", table);
  let sort = "", dir = "asc";

  function state() {
    const values = { view: name };
    for (const field of form.elements) if (field.name && field.value) values[field.name] = field.value;
    if (sort) Object.assign(values, { sort, dir });
    return values;
  }
  function apply() {
    const asked = state();
    const query = (asked.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const fits = [...form.elements].every((field) => field.tagName !== "SELECT" || !field.value || row.dataset[field.name] === field.value);
      row.hidden = !(fits && query.every((word) => texts.get(row).includes(word)));
      count += !row.hidden;
    }
    form.querySelector("output").textContent = `${count} of ${rows.length} shown`;
    const place = sortable.findIndex((head) => head.dataset.key === sort);
    sortable.forEach((head) => head.removeAttribute("aria-sort"));
    const by = (row) => (sort === "severity" ? row.dataset.rank : row.cells[place].textContent.trim());
    const sorted = [...rows].sort((one, other) => (place < 0 ? 0 : compare(by(one), by(other)) * (dir === "desc" ? -1 : 1)) || order.get(one) - order.get(other));
    if (place >= 0) sortable[place].setAttribute("aria-sort", dir === "desc" ? "descending" : "ascending");
    body.append(...sorted);
  }
  function changed() {
    apply();
    history.replaceState(null, "", address(state()));
  }
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { sort = ""; dir = "asc"; changed(); }));
  for (const head of sortable) {
    head.querySelector("button").addEventListener("click", () => {
      dir = sort === head.dataset.key && dir === "asc" ? "desc" : "asc";
      sort = head.dataset.key;
      changed();
    });
  }
  return {
    show(wanted) {
      for (const field of form.elements) {
        if (!field.name) continue;
        field.value = wanted[field.name] ?? "";
        if (field.tagName === "SELECT" && field.selectedIndex < 0) field.value = "";
      }
      sort = sortable.some((head) => head.dataset.key === wanted.sort) ? wanted.sort : "";
      dir = wanted.dir === "desc" ? "desc" : "asc";
      apply();
    },
    state,
    reveal(id) {
      const row = $(id);
      if (row.hidden) this.show({});
      row.setAttribute("aria-current", "true");
      row.scrollIntoView({ block: "start" });
    },
    apply,
  };
}
const lists = { findings: list("findings"), claims: list("claims") };

// ------------------------------------------------------------------ what if

const choices = $("choices");
const BASE = "printed/zero";

function choose(wanted) {
  for (const [name, fallback] of [["reading", "printed"], ["missing", "zero"]]) {
    const value = [...choices.elements[name]].some((radio) => radio.value === wanted[name]) ? wanted[name] : fallback;
    choices.elements[name].value = value;
  }
  choices.elements.only.checked = wanted.only === "yes";
  compute();
}

function compute() {
  const chosen = data.scenarios[`${choices.elements.reading.value}/${choices.elements.missing.value}`];
  const base = data.scenarios[BASE];
  const counts = new Map();
  for (const td of all("td[data-value]")) {
    const key = td.dataset.value, changed = chosen[key] !== base[key];
    td.classList.toggle("changed", changed);
    td.replaceChildren(el("span", { className: "value" }, chosen[key]), changed ? el("span", { className: "was" }, `was ${base[key]}`) : "");
    const kind = key.startsWith("index") && key.endsWith("/degree") ? "degree" : key.split("/")[0];
    counts.set(kind, (counts.get(kind) ?? 0) + changed);
  }
  const only = choices.elements.only.checked;
  all('#view-whatif tbody tr').forEach((row) => { row.classList.toggle("dull", only && !row.querySelector(".changed")); });
  $("view-whatif").classList.toggle("only", only);
  const names = { index: "indices", degree: "degrees", mean: "averages", crosstab: "cells of the cross-tabulation", order: "orders of the sectors" };
  choices.querySelector("output").textContent = `Changed: ${Object.entries(names).map(([kind, name]) => `${name} ${counts.get(kind) ?? 0}`).join(", ")}.`;
}

choices.addEventListener("submit", (event) => event.preventDefault());
choices.addEventListener("change", () => {
  compute();
  const { reading, missing, only } = choices.elements;
  history.replaceState(null, "", address({ view: "whatif", reading: reading.value, missing: missing.value, only: only.checked ? "yes" : "" }));
});

// ------------------------------------------------------------------ marks

// The browser keeps the marks of a report under its name, each with the printed value that it was made on. Those of a
// finding that this page does not have, or that printed another value, are of another version, and are left as they are.
const KEY = `collective-efficiency.marks/${data.source}`;
const STANCES = ["agreed", "disputed"];
let marks = {};

function stored() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return kept && typeof kept === "object" && !Array.isArray(kept) ? kept : {};
  } catch { return {}; }
}

function read() {
  marks = {};
  for (const [name, mark] of Object.entries(stored())) {
    if (STANCES.includes(mark?.stance) && findings.get(name)?.printed === mark.printed) marks[name] = { ...mark, note: String(mark.note ?? "") };
  }
}

/** Keeps the mark of one finding: what another tab has kept of the others stays. */
function keep(name) {
  const whole = stored();
  if (marks[name]) whole[name] = { ...marks[name], printed: findings.get(name).printed }; else delete whole[name];
  let kept = true;
  try { localStorage.setItem(KEY, JSON.stringify(whole)); } catch { kept = false; }
  showMarks(kept);
}

addEventListener("storage", (event) => {
  if (event.key !== KEY && event.key !== null) return;
  read();
  showMarks();
  if (!story.hidden && !story.contains(document.activeElement)) route();
});

function showMarks(kept = true) {
  for (const row of $("findings").tBodies[0].rows) {
    const mark = marks[row.dataset.id];
    row.querySelector(".mark").textContent = mark ? mark.stance : "–";
  }
  const count = (stance) => Object.values(marks).filter((mark) => mark.stance === stance).length;
  $("marks").textContent = `${count("agreed")} agreed, ${count("disputed")} disputed, of ${data.findings.length} findings.${kept ? "" : " This browser keeps nothing: export before you close the page."}`;
}

function markControls(finding) {
  const name = finding.finding;
  const note = el("textarea", { value: marks[name]?.note ?? "", maxLength: 2000, disabled: !marks[name] });
  note.addEventListener("input", () => { marks[name].note = note.value; keep(name); });
  const radios = [...STANCES, ""].map((stance) => {
    const radio = el("input", { type: "radio", name: `mark of ${name}`, value: stance, checked: (marks[name]?.stance ?? "") === stance });
    radio.addEventListener("change", () => {
      if (stance) marks[name] = { stance, note: note.value }; else delete marks[name];
      note.disabled = !stance;
      keep(name);
    });
    return el("label", {}, radio, ` ${stance || "no mark"} `);
  });
  return el("div", { className: "marking" }, el("fieldset", {}, el("legend", {}, "My mark"), radios), el("label", {}, "Note", note));
}

/** A text as a double-quoted scalar of YAML: JSON, with every character that YAML forbids escaped. */
function quoted(text) {
  const whole = String(text).toWellFormed ? String(text).toWellFormed() : String(text);
  return JSON.stringify(whole).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function adjudications() {
  const entries = data.findings.map((finding) => {
    const mark = marks[finding.finding];
    const added = mark ? `Reviewer ${mark.stance === "agreed" ? "agrees" : "disputes"}${mark.note.trim() ? `: ${mark.note.trim()}` : "."}` : "";
    const said = finding.note.endsWith(added) ? "" : added; // it is there when this page was made with an export
    return [
      `  - finding: ${quoted(finding.finding)}`, `    expect: ${quoted(finding.printed)}`,
      `    decision: ${quoted(mark?.stance === "disputed" ? "open" : finding.adjudication)}`,
      `    reason: ${quoted(finding.reason)}`, `    note: ${quoted([finding.note, said].filter(Boolean).join(" "))}`,
    ].join("\n");
  });
  return `# What a person decided about each finding of the audit; exported from the reviewer's page.\n\nadjudications:\n${entries.join("\n")}\n`;
}

// ------------------------------------------------------------------ files

function save(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = el("a", { href: url, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** A field of CSV; what a spreadsheet would take for a formula gets an apostrophe. */
function field(value) {
  let text = Array.isArray(value) ? value.join(" | ") : String(value ?? "");
  if (/^[=+\-@\t\r]./s.test(text) && !/^-?[\d.,]+(\/\d+)?(; -?[\d.,]+(\/\d+)?)*$/.test(text)) text = `'${text}`;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const places = (numbers) => numbers.map((number) => nameOf(data.cells[number])).join("; ");
const CSV = {
  "cells.csv": [["table", "row", "column", "printed", "recomputed", "exact", "interval", "rounding", "verdict", "status", "findings"], () => data.cells],
  "findings.csv": [["finding", "check", "table", "row", "column", "printed", "expected", "exact", "delta", "explanation", "alternatives", "cells", "follows", "consequence", "severity", "adjudication", "reason", "note", "mark", "mark_note"],
    () => data.findings.map((finding) => ({ ...finding, cells: finding.places, follows: places(finding.follows), consequence: finding.consequence.join("; "), mark: marks[finding.finding]?.stance, mark_note: marks[finding.finding]?.note }))],
  "claims.csv": [["claim", "line", "topic", "kind", "weight", "paraphrase", "printed", "recomputed", "verdict", "under_your_choices", "evidence", "cells"],
    () => data.claims.map((claim) => ({ ...claim, cells: places(claim.cells) }))],
};

for (const button of all("[data-save]")) {
  button.addEventListener("click", () => {
    const name = button.dataset.save;
    if (name === "audit.json") { save(name, JSON.stringify({ ...data, marks }, null, 1), "application/json"); return; }
    const [columns, rows] = CSV[name];
    const lines = [columns, ...rows().map((row) => columns.map((column) => row[column]))].map((row) => row.map(field).join(","));
    save(name, `\ufeff${lines.join("\r\n")}\r\n`, "text/csv;charset=utf-8");
  });
}
$("export").addEventListener("click", () => save("adjudications.yaml", adjudications(), "text/yaml;charset=utf-8"));
$("forget").addEventListener("click", () => { if (confirm("Forget all marks?")) Object.keys(marks).forEach((name) => { delete marks[name]; keep(name); }); });
$("print").addEventListener("click", () => { document.documentElement.classList.add("whole"); print(); });
addEventListener("afterprint", () => document.documentElement.classList.remove("whole"));

const supposing = Supposing({ data, el, find: $, address, parameters, nameOf, byName, findings, claimsOn, claimLink, adviceBlock, who, heading, save, field });

// ------------------------------------------------------------------ begin

document.documentElement.classList.add("scripted");
all(".view").forEach((section) => { section.id = section.id.replace("=", "-"); }); // else the browser scrolls there by itself
all(".script").forEach((part) => { part.hidden = false; });
all("td[data-verdict] a").forEach((each) => { each.tabIndex = -1; });
all(".facsimile table").forEach((table) => { const first = table.querySelector("td[data-verdict] a"); if (first) first.tabIndex = 0; });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !story.hidden) close(); else move(event);
});
all('input[name="shown"]').forEach((radio) => radio.addEventListener("change", () => showAs(radio.value)));
addEventListener("beforeprint", () => all("details").forEach((each) => { each.dataset.was = each.open; each.open = true; }));
addEventListener("afterprint", () => all("details").forEach((each) => { each.open = each.dataset.was === "true"; }));
addEventListener("hashchange", route);
addEventListener("popstate", route);
lists.findings.apply();
lists.claims.apply();
read();
showMarks();
route();
})();
