// The panel that tells the story of a cell, a finding or a claim.
const story = $("story");
let cameFrom = null;

function clear() {
  story.hidden = true;
  document.body.classList.remove("reading");
  for (const mark of ["open", "contributes", "follows"]) all(`.facsimile .${mark}`).forEach((td) => td.classList.remove(mark));
  all("tr[aria-current]").forEach((row) => row.removeAttribute("aria-current"));
}

function highlight(numbers, mark) {
  for (const number of numbers) shown(nameOf(data.cells[number]))?.classList.add(mark);
}

function tell(title, ...content) {
  if (!story.contains(document.activeElement)) cameFrom = document.activeElement;
  story.replaceChildren(
    el("div", { className: "tools" },
      el("button", { type: "button", onclick: () => history.back() }, `← ${t("Back")}`),
      el("button", { type: "button", onclick: () => step(-1) }, `‹ ${t("Previous finding")}`),
      el("button", { type: "button", onclick: () => step(1) }, `${t("Next finding")} ›`),
      el("button", { type: "button", onclick: close }, t("Close"))),
    el("h2", { id: "story-title" }, title), ...content.filter((each) => each !== null));
  story.hidden = false;
  story.scrollTop = 0;
  document.body.classList.add("reading");
  story.focus({ preventScroll: true });
}

function close() {
  const wanted = parameters();
  const view = wanted.cell ? "tables" : wanted.finding ? "findings" : "claims";
  const target = wanted.cell ? shown(wanted.cell)?.querySelector("a")
    : $(wanted.finding ? `finding=${wanted.finding}` : `claim=${wanted.claim}`)?.querySelector("a");
  history.pushState(null, "", address(view in lists ? lists[view]().state() : { view }));
  clear();
  last = view;
  (target ?? (cameFrom?.isConnected ? cameFrom : $("main"))).focus();
}

/** The next finding, or the previous one, in the list as it is sorted and filtered. */
function step(by) {
  const order = lists.findings().order();
  const wanted = parameters();
  const here = wanted.finding ?? (wanted.cell && data.cells[byName.get(wanted.cell)]?.findings?.[0]);
  const at = order.indexOf(here);
  const next = at < 0 ? order.at(by > 0 ? 0 : -1) : order[(at + by + order.length) % order.length];
  if (next) location.hash = address({ finding: next });
}

const badge = (kind, name, symbol = "") => el("span", { className: `badge ${kind}-${name}` }, symbol ? el("span", { "aria-hidden": "true" }, `${symbol} `) : null, t(words(name)));
const link = (number, short = false) => {
  const cell = data.cells[number];
  return el("a", { href: address({ cell: nameOf(cell) }) }, short ? "" : `${cell.table}, `, bdi(who(cell.row)), `, ${heading(cell.column)}: `, bdi(printed(cell)));
};

/** A link to a cell that says where it is, not what it prints. */
const placeLink = (number) => {
  const cell = data.cells[number];
  return el("a", { href: address({ cell: nameOf(cell) }) }, `${cell.table}, `, bdi(who(cell.row)), `, ${heading(cell.column)}`);
};

/** Links to cells, table by table; long lists are folded. */
function cellList(numbers) {
  return el("div", {}, [...grouped(numbers, (number) => data.cells[number].table)].map(([table, some]) => {
    const items = el("ul", {}, some.map((number) => el("li", {}, link(number, true))));
    const count = counted(some.length, "{0} cell", "{0} cells");
    return some.length > 8 ? el("details", {}, el("summary", {}, `${table} (${count})`), items)
      : el("div", {}, el("a", { href: address({ table }) }, table), ` (${count})`, items);
  }));
}

/** What cells print before and after one finding alone is put right. */
function beforeAndAfter(changes) {
  return el("table", { className: "before-after" },
    el("thead", {}, el("tr", {}, [t("Cell"), t("Printed"), t("Put right")].map((text, place) => el("th", { scope: "col", className: place ? "number" : "" }, text)))),
    el("tbody", {}, changes.map(([number, becomes]) => {
      const cell = data.cells[number];
      return el("tr", {}, el("th", { scope: "row" }, placeLink(number)),
        el("td", { className: "number" }, bdi(printed(cell))), el("td", { className: "number" }, el("strong", {}, becomes)));
    })));
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
const meaningOf = (column) => (data.glossary[column] ? el("details", {}, el("summary", {}, t("what it is")), data.glossary[column]) : "");
const part = (title, ...content) => el("div", {}, el("h3", {}, title), content);

function tellCell(number) {
  const cell = data.cells[number];
  const td = shown(nameOf(cell));
  const parents = [...new Set((cell.from || []).flatMap((way) => way.cells))];
  const followers = [...readersOf()[number]].sort((one, other) => one - other);
  const further = computedFrom(number).filter((each) => !readersOf()[number].has(each));
  highlight(parents, "contributes");
  const found = (cell.findings || []).map((name) => findings.get(name)).filter(Boolean);
  highlight([...followers, ...further], "follows");
  for (const finding of found) if (finding.cells.includes(number)) highlight(finding.follows, "follows");
  td?.classList.add("open");
  const ways = new Map();
  for (const way of cell.from || []) ways.set(`${way.check}|${way.cells}|${way.assumes}`, way);
  const resting = claimsOn()[number];
  tell([`${cell.table} · `, bdi(who(cell.row)), ` · ${heading(cell.column)}`],
    el("p", {}, badge("v", cell.verdict, data.meanings.symbol[cell.verdict]), ` ${t(data.meanings.verdict[cell.verdict])}`),
    meaningOf(cell.column),
    facts([
      [t("Printed"), bdi(printed(cell))],
      [t("Recomputed"), cell.recomputed],
      [t("Exact"), cell.exact ? asDecimal(cell.exact) : ""],
      [t("Stands for"), cell.interval],
      [cell.verdict === "consistent_if" ? t("Assumed") : t("Rounding"), t(words(cell.rounding ?? ""))],
      [t("Read"), t(STATUS[cell.status]) + (data.reasons[number] ? `: ${data.reasons[number]}` : "")],
    ]),
    supposing().control(number),
    found.length ? part(found.length === 1 ? t("The finding it is in") : t("The findings it is in"), found.map((each) => findingBlock(each, number))) : null,
    ways.size ? part(t("What it is computed from"), el("p", {}, t("These cells have a blue frame, here and in the sister tables.")),
      [...ways.values()].map((way) => el("div", {}, el("p", {}, data.checks[way.check], way.assumes ? ` (${way.assumes})` : "", " ", el("code", {}, way.check)), cellList(way.cells)))) : null,
    followers.length ? part(t("What is computed from it"), el("p", {}, further.length ? t("{0} cells with an amber frame: {1} directly, and from these:", followers.length + further.length, followers.length) : t("{0} cells with an amber frame.", followers.length)),
      cellList(followers), further.length ? el("details", {}, el("summary", {}, t("{0} more", further.length)), cellList(further)) : null) : null,
    resting.length ? part(t("Claims that rest on it"), claimList(resting)) : null,
    adviceBlock(t("Advice that rests on these claims"), "grounds", resting));
  td?.scrollIntoView({ block: "start", inline: "center" });
  rove(td);
}

const claimLink = (claim) => [el("a", { href: address({ claim: claim.claim }) }, claim.claim), " ", badge("c", claim.verdict), ` ${claim.paraphrase}`];
function claimList(some) {
  const items = el("ul", {}, some.map((claim) => el("li", {}, claimLink(claim))));
  return some.length > 6 ? el("details", {}, el("summary", {}, counted(some.length, "{0} claim", "{0} claims")), items) : items;
}

const adviceLink = (name) => el("a", { href: `../policy/policy.html#${encodeURIComponent(name)}` }, name);

/** The policy advice of which any of these claims is a ground (`grounds`), or on which one bears (`bears`). */
function adviceBlock(title, key, some) {
  const ids = new Set(some.map((claim) => claim.claim));
  const advice = data.advice.filter((piece) => piece[key].some((name) => ids.has(name)));
  if (!advice.length) return null;
  return part(title, el("ul", {}, advice.map((piece) => el("li", {}, adviceLink(piece.advice), ` (${t(piece.verdict)}) ${piece.paraphrase}`))));
}

/** One effect of a finding: a claim, a piece of advice, a class, an order or a cross-tabulation, before and after. */
function effectLine(effect) {
  const move = () => [`${t(words(effect.before))} → `, el("strong", {}, t(words(effect.after)))];
  const named = {
    claim: () => [`${t("claim")} `, claims.has(effect.name) ? el("a", { href: address({ claim: effect.name }) }, effect.name) : effect.name, ": ", move()],
    advice: () => [`${t("advice")} `, adviceLink(effect.name), ": ", move()],
    class: () => [bdi(who(effect.name)), ` (${effect.table}): `, move()],
    order: () => [`${t("order of the sectors")}, ${heading(effect.name)} (${effect.table}): `, move()],
  };
  return el("li", {}, (named[effect.kind] ?? (() => words(effect.text)))());
}

function findingBlock(finding, from = null) {
  const others = finding.cells.filter((number) => number !== from);
  const effects = finding.effects.filter((effect) => !(finding.changes.length && effect.kind === "other"));
  return el("div", { className: "finding" },
    el("p", {}, badge("s", finding.severity), " ", from === null ? "" : el("a", { href: address({ finding: finding.finding }) }, finding.finding)),
    facts([
      [t("Printed"), bdi(finding.printed)], [t("Should be"), finding.expected], [t("Explained by"), finding.explanation],
      [t("Or by"), finding.alternatives.length ? el("ul", {}, finding.alternatives.map((text) => el("li", {}, text))) : ""],
      [t("Check"), `${data.checks[finding.check] ?? ""} (${finding.check})`],
      [t("Decided"), [t(finding.adjudication), finding.reason ? `: ${finding.reason}` : ""]], [t("Note"), finding.note],
    ]),
    effects.length ? part(t("What it changes if put right"), el("ul", {}, effects.map(effectLine))) : null,
    supposing().putRight(finding),
    finding.changes.length ? part(t("What is printed then"), beforeAndAfter(finding.changes)) : null,
    others.length ? part(from === null ? t("Where it is") : t("Also there"), cellList(others)) : null,
    finding.labels.length ? part(t("The labels it is about"), el("ul", {}, finding.labels.map((label) => el("li", {}, el("a", { href: address({ label: `${label.table}/${label.row}` }) }, `${label.table}, `, bdi(who(label.row))))))) : null,
    finding.follows.length ? part(t("What follows from it"), cellList(finding.follows)) : null,
    markControls(finding));
}

function tellFinding(finding) {
  highlight(finding.cells, "contributes");
  highlight(finding.follows, "follows");
  tell([`${t("Finding")}: ${finding.table} · `, bdi(who(finding.row)), ` · ${heading(finding.column)}`], el("p", {}, el("code", {}, finding.finding)), findingBlock(finding));
  lists.findings().reveal(`finding=${finding.finding}`);
}

function tellClaim(claim) {
  highlight(claim.cells, "contributes");
  tell([`${t("Claim")} ${claim.claim}`],
    el("p", {}, claim.paraphrase),
    facts([[t("Verdict"), badge("c", claim.verdict)], [t("Under your choices"), claim.under_your_choices ? badge("c", claim.under_your_choices) : ""], [t("As printed"), badge("c", claim.printed)], [t("Recomputed"), badge("c", claim.recomputed)], [t("Kind of claim"), t(claim.kind ?? "")], [t("Topic"), claim.topic], [t("Report's text"), claim.line]]),
    part(t("Evidence"), evidence(claim)),
    claim.movers.length ? part(t("Findings that change it"), el("ul", {}, claim.movers.map((name) => el("li", {}, el("a", { href: address({ finding: name }) }, name), ...findings.get(name).effects.filter((effect) => effect.kind === "claim" && effect.name === claim.claim).map((effect) => `: ${t(words(effect.before))} → ${t(words(effect.after))}`))))) : null,
    adviceBlock(t("Advice that rests on it"), "grounds", [claim]),
    adviceBlock(t("Advice on which it bears besides"), "bears", [claim]),
    claim.cells.length ? part(claim.cells.length === 1 ? t("The cell it rests on") : t("The {0} cells it rests on", claim.cells.length), cellList(claim.cells)) : null);
  lists.claims().reveal(`claim=${claim.claim}`);
}

/** The readings of a claim, what each comes to, and the numbers, as they stand in the list; else the evidence in words. */
function evidence(claim) {
  const table = $(`claim=${claim.claim}`).querySelector("table.evidence");
  return table ? el("div", { className: "evidence" }, table.cloneNode(true)) : el("p", { className: "evidence" }, claim.evidence);
}
