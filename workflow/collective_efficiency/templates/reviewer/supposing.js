// The view in which a reviewer supposes other values and sees what follows. What is supposed stands in the address, so
// that it can be undone, sent and seen again; `Suppose` computes.

const supposing = later(() => {
const form = $("supposing"), said = form.querySelector("output");
const model = later(() => Suppose.model(data.follow));
const largest = (cell) => data.follow.largest[`${cell.table}/${cell.column}`];
/** Whether a cell holds a word. */
const isClass = (number) => typeof model().printed[number] === "string";
const kindOf = (number) => (data.follow.rules[number] ?? [[""]])[0][0];
/** The value of a cell that a text says. */
const valueOf = (number, text) => (isClass(number) ? text : Suppose.parse(text));

// ------------------------------------------------------------------ what is supposed, as an address says it

const safe = (text) => text.replace(/[%;~]/g, encodeURIComponent);

/** What an address supposes: values by the numbers of their cells; and what it says that cannot be, in words. */
function supposedBy(text) {
  const supposed = new Map(), wrong = [];
  for (const part of (text ?? "").split(";").filter(Boolean)) {
    const [name, value = ""] = part.split("~").map((each) => { try { return decodeURIComponent(each); } catch { return each; } });
    const number = byName.get(name);
    const problem = number === undefined ? t("There is no cell {0}.", name) : refused(number, value);
    if (problem) wrong.push(problem); else supposed.set(number, valueOf(number, value));
  }
  return [supposed, wrong];
}

/** What the address of the page supposes. */
const current = () => supposedBy(parameters().cells)[0];

/** The address of the view in which these cells have these values. */
const state = (supposed) => address({ view: "suppose", cells: [...supposed].map(([number, value]) => `${safe(nameOf(data.cells[number]))}~${safe(text(value))}`).join(";") });

/** Why a cell cannot be supposed to print `value`; empty if it can. */
function refused(number, value) {
  const cell = data.cells[number], name = `${cell.table}, ${who(cell.row)}, ${heading(cell.column)}`;
  if (model().printed[number] === null) return t("{0} is lost or not available: the relations on it are made for what is known.", name);
  if (isClass(number) && cell.kind !== "class") return t("{0} is a text, from which nothing is computed.", name);
  if (isClass(number)) {
    const words = wordsOf(cell);
    return words.includes(value) ? "" : t("{0}: “{1}” is none of {2}.", name, value, words.join(", "));
  }
  const parsed = Suppose.parse(value);
  if (!parsed || value.length > 30) return t("{0}: “{1}” is no number. Write it as 2, 2.5 or 5/2.", name, value.slice(0, 30));
  const most = largest(cell);
  const outside = most !== undefined && (parsed.n < 0n || Suppose.compare(parsed, Suppose.parse(most)) > 0);
  return outside ? t("{0}: {1} is not on its scale, from 0 to {2}.", name, value, most) : "";
}

/** The words of the classes that stand in the column of a cell. */
const wordsOf = (cell) => [...new Set(model().printed.filter((value, number) => value && isClass(number) && data.cells[number].table === cell.table && data.cells[number].column === cell.column))].sort();

function suppose(changes) {
  const supposed = current();
  for (const [number, value] of changes) { supposed.delete(number); supposed.set(number, value); }
  location.hash = state(supposed);
}

/** What puts a finding right: the values that its wrong cells should have. */
function right(finding) {
  return new Map(finding.cells.filter((number) => data.cells[number].verdict === "inconsistent" && data.cells[number].exact && model().printed[number] !== null)
    .map((number) => [number, valueOf(number, data.cells[number].exact)]).filter(([, value]) => value !== null));
}

// ------------------------------------------------------------------ what follows, as text and tables

/** A value as people write it: with its decimals where they end, else with four of them. */
function text(value) {
  if (value === null) return t("not known");
  if (!Suppose.isNumber(value)) return value;
  const places = [0, 1, 2, 3, 4].find((count) => (10n ** BigInt(count)) % value.d === 0n);
  return places === undefined ? Suppose.written(value) : Suppose.decimal(value, places);
}
const rounded = (value) => (Suppose.isNumber(value) && 10000n % value.d ? Suppose.decimal(value, 4) : text(value));

/** The orders of the sectors, by table and column, that are others now: what moves, was, and is. */
function orders(now) {
  const changed = [], sectors = new Set(Object.keys(data.sectors));
  const means = [...data.cells.keys()].filter((number) => sectors.has(data.cells[number].row) && Suppose.isNumber(model().printed[number]));
  for (const numbers of grouped(means, (number) => `${data.cells[number].table}/${data.cells[number].column}`).values()) {
    if (!numbers.some((number) => now(number) !== model().printed[number]) || numbers.some((number) => !Suppose.isNumber(now(number)))) continue;
    const [was, is] = [(number) => model().printed[number], now].map((value) => order(numbers, value));
    if (was !== is) changed.push([numbers[0], was, is]);
  }
  return changed;
}

function order(numbers, value) {
  const ranked = [...numbers].sort((one, other) => Suppose.compare(value(other), value(one)) || (data.cells[one].row < data.cells[other].row ? -1 : 1));
  return ranked.map((number, place) => `${place ? (Suppose.compare(value(ranked[place - 1]), value(number)) ? " > " : " = ") : ""}${who(data.cells[number].row)}`).join("");
}

function table(heads, rows, caption) {
  return el("div", { className: "scroll", role: "region", tabIndex: 0, "aria-label": caption },
    el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, rows.map((row) => el("tr", {}, row.map((value, place) => el(place ? "td" : "th", place ? {} : { scope: "row" }, value)))))));
}

/** A row of what moves; where the parts of a slip do not give what it prints, what they give, too. */
function moveRow([number, move]) {
  const cell = data.cells[number], printed = model().printed[number];
  const gave = rounded(move.before), as = printed !== null && rounded(printed) === gave ? "" : t(" (its parts: {0})", gave);
  return [placeLink(number), [bdi(cell.printed), cell.verdict === "inconsistent" ? as : ""], rounded(move.after)];
}

// ------------------------------------------------------------------ the associations, tested anew

const tests = new Map();
/** The exact test of an association, done once for the same places of the clusters. */
function tested(predictor, outcome, moved) {
  const units = Exact.units(data.follow.tested, predictor, outcome, moved, Suppose), key = JSON.stringify(units);
  if (!tests.has(key)) tests.set(key, Exact.test(units));
  return tests.get(key);
}

const inWords = (test) => (test ? `S = ${test.s}, p = ${Suppose.decimal({ n: test.over, d: test.under }, 4)}, n = ${test.n}` : t("no test: nothing varies"));

/** Those of the main family whose test is another now: a row each. */
function associations(supposed, moves) {
  const { predictors, outcomes } = data.follow.tested;
  const moved = (cell) => (supposed.has(cell) ? supposed.get(cell) : moves.get(cell)?.after);
  return predictors.flatMap((predictor) => outcomes.map((outcome) => [t("{0} and {1}", heading(predictor), heading(outcome)),
    ...[() => undefined, moved].map((of) => inWords(tested(predictor, outcome, of)))])).filter(([, was, is]) => was !== is);
}

let asked = 0;
/** Tests what moves, when the rest is shown: it may take some tenths of a second. */
function testLater(supposed, moves) {
  const turn = asked += 1, place = el("p", { role: "status" }, t("Testing the associations …"));
  if (!data.follow.tested || !supposed.size) return "";
  setTimeout(() => {
    if (turn !== asked) return;
    const rows = associations(supposed, moves);
    place.replaceWith(rows.length ? table([t("Association"), t("As printed"), t("Now")], rows, t("Associations that change: exact test of Jonckheere and Terpstra within sectors, not adjusted"))
      : el("p", { role: "status" }, t("No association of an index or the degree with upgrading changes.")));
  }, 50);
  return place;
}

function show(wanted) {
  const [supposed, wrong] = supposedBy(wanted.cells);
  const moves = model().follow(supposed);
  const now = (number) => (supposed.has(number) ? supposed.get(number) : moves.has(number) ? moves.get(number).after : model().printed[number]);
  const all = [...moves], classes = all.filter(([number]) => isClass(number));
  const crosstab = all.filter(([number]) => kindOf(number) === "class mean"), others = all.filter(([number]) => !isClass(number) && kindOf(number) !== "class mean");
  const moved = orders(now);
  const claims = [...new Set([...supposed.keys(), ...moves.keys()].flatMap((number) => claimsOn()[number]))];
  said.textContent = wrong.concat(supposed.size ? `${counted(supposed.size, "{0} cell is supposed", "{0} cells are supposed")}, ${counted(moves.size, "and {0} cell follows", "and {0} cells follow")}: ${counted(classes.length, "{0} class", "{0} classes")}, ${counted(crosstab.length, "{0} cell of a cross-tabulation", "{0} cells of cross-tabulations")}, ${counted(moved.length, "{0} order of the sectors", "{0} orders of the sectors")}, ${counted(others.length, "{0} other number", "{0} other numbers")}.` : t("Nothing is supposed: every cell is as printed.")).join(" ");
  for (const button of form.querySelectorAll("button[name]")) button.disabled = !supposed.size;
  const list = [...supposed].map(([number, value]) => [placeLink(number), bdi(data.cells[number].printed), text(value),
    el("button", { type: "button", "aria-label": t("As printed again: {0}", nameOf(data.cells[number])), onclick: () => { const rest = new Map(supposed); rest.delete(number); location.hash = state(rest); } }, t("As printed again"))]);
  const heads = [t("Cell"), t("Printed"), t("Now")];
  $("supposed").replaceChildren(...[
    list.length ? table([t("Cell"), t("Printed"), t("Supposed"), ""], list, t("What is supposed")) : "",
    classes.length ? table(heads, classes.map(moveRow), t("Classes that change")) : "",
    moved.length ? table([t("Order of the sectors by"), t("Printed"), t("Now")], moved.map(([number, was, is]) => [`${heading(data.cells[number].column)} (${data.cells[number].table})`, was, is]), t("Orders that change")) : "",
    crosstab.length ? table(heads, crosstab.map(moveRow), t("Cells of cross-tabulations that change")) : "",
    ...[...grouped(others, ([number]) => data.cells[number].table)].map(([name, some]) => table(heads, some.map(moveRow), t("Numbers of {0} that change", name))),
    testLater(supposed, moves),
    claims.length ? el("details", {}, el("summary", {}, counted(claims.length, "{0} claim rests on what changes", "{0} claims rest on what changes")), el("p", {}, t("Their verdicts stand for the tables as printed; this page does not judge them anew.")), el("ul", {}, claims.map((claim) => el("li", {}, claimLink(claim)))), adviceBlock(t("Advice that rests on these claims"), "grounds", claims) ?? "") : "",
  ].filter(Boolean));
}

// ------------------------------------------------------------------ choosing a cell, and other tools

const { table: tables, row: rows, column: columns, value: typed, finding: toRight } = form.elements;
const options = (select, pairs) => select.replaceChildren(...pairs.map(([value, label]) => el("option", { value }, label)));
const numberOf = () => byName.get(`${tables.value}/${rows.value}/${columns.value}`);

function fillRows() {
  const chosen = data.tables.find((each) => each.id === tables.value);
  options(rows, chosen.rows.map((row) => [row.key, row.label]));
  options(columns, chosen.columns.map((column) => [column.key, column.label]));
  fillValue();
}

function fillValue() {
  const number = numberOf();
  typed.value = number === undefined || model().printed[number] === null ? "" : text(model().printed[number]);
}

options(tables, data.tables.map((each) => [each.id, each.name]));
tables.addEventListener("change", fillRows);
for (const select of [rows, columns]) select.addEventListener("change", fillValue);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const number = numberOf(), value = typed.value.trim();
  const problem = number === undefined ? t("There is no cell in this place.") : refused(number, value);
  if (problem) { said.textContent = problem; typed.focus(); } else suppose([[number, valueOf(number, value)]]);
});
form.elements.undo.addEventListener("click", () => { const supposed = current(); supposed.delete([...supposed.keys()].pop()); location.hash = state(supposed); });
form.elements.reset.addEventListener("click", () => { location.hash = state(new Map()); });
form.elements.save.addEventListener("click", () => {
  const rest = [...current()].map(([number, value]) => { const cell = data.cells[number]; return [cell.table, cell.row, cell.column, cell.printed, text(value)]; });
  saveCsv("supposed.csv", [["table", "row", "column", "printed", "supposed"], ...rest]);
});
toRight.addEventListener("change", () => { if (toRight.value) suppose(right(findings.get(toRight.value))); toRight.value = ""; });

/** Fills what can be chosen, when the view is first opened. */
const begin = later(() => {
  options(toRight, [["", t("choose a finding")], ...data.findings.filter((finding) => right(finding).size).map((finding) => [finding.finding, `${finding.table}, ${who(finding.row)}, ${heading(finding.column)}: ${finding.printed} → ${finding.expected}`])]);
  tables.value = data.cells.find((cell) => cell.kind === "item")?.table ?? tables.value;
  fillRows();
  return true;
});

return {
  show(wanted) { begin(); show(wanted); },
  /** The form in a cell's story that supposes another value of it; null where none can be supposed. */
  control(number) {
    if (refused(number, text(model().printed[number]))) return null;
    const input = el("input", { value: text(model().printed[number]), size: 8, maxLength: 30 }), problem = el("output", {});
    const control = el("form", { className: "marking" }, el("label", {}, t("Suppose it printed"), " ", input), " ", el("button", {}, t("See what follows")), " ", problem);
    control.addEventListener("submit", (event) => {
      event.preventDefault();
      problem.textContent = refused(number, input.value.trim());
      if (!problem.textContent) suppose([[number, valueOf(number, input.value.trim())]]);
    });
    return control;
  },
  /** The link in a finding's story that supposes it put right; null where nothing can be. */
  putRight(finding) {
    const change = right(finding);
    return change.size ? el("p", {}, el("a", { href: state(change) }, t("Suppose it put right, and see all that follows"))) : null;
  },
};
});
