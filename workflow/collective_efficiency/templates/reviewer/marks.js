// What reviewers say of findings. A browser keeps the marks of a report under its name: one's own, and those imported of
// others, each with the printed value that it was made on. Those of a finding that this page does not have, or that printed
// another value, are of another version, and are left as they are.
const OWN = `collective-efficiency.marks/${data.source.title}`;
const OTHERS = `collective-efficiency.reviews/${data.source.title}`;
const NAME = "collective-efficiency.reviewer";
const STANCES = ["agreed", "disputed"];
let marks = {}; // one's own, by finding
let others = {}; // those imported, by reviewer and finding

function stored(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}");
    return kept && typeof kept === "object" && !Array.isArray(kept) ? kept : {};
  } catch { return {}; }
}

function store(key, value) {
  try { localStorage.setItem(key, typeof value === "string" ? value : JSON.stringify(value)); return true; } catch { return false; }
}

const today = () => new Date().toISOString().slice(0, 10);
const myName = () => $("reviewer").value.trim();
const fits = (name, mark) => STANCES.includes(mark?.stance) && findings.get(name)?.printed === mark.printed;
const clean = (mark) => ({ stance: mark.stance, note: String(mark.note ?? ""), date: String(mark.date ?? ""), printed: mark.printed });
const ofThisVersion = (kept) => Object.fromEntries(Object.entries(kept ?? {}).filter(([name, mark]) => fits(name, mark)).map(([name, mark]) => [name, clean(mark)]));

function readMarks() {
  marks = ofThisVersion(stored(OWN));
  others = Object.fromEntries(Object.entries(stored(OTHERS)).map(([reviewer, kept]) => [reviewer, ofThisVersion(kept)]));
}

/** Keeps the mark of one finding: what another tab has kept of the others stays. */
function keep(name) {
  const whole = stored(OWN);
  if (marks[name]) whole[name] = marks[name] = { ...clean({ ...marks[name], printed: findings.get(name).printed }), date: today() }; else delete whole[name];
  showMarks(store(OWN, whole));
}

/** What everybody but oneself says of a finding: what the workflow read, and what was imported. */
function reviewsOf(finding) {
  const imported = Object.entries(others).flatMap(([reviewer, of]) => (of[finding.finding] ? [{ reviewer, ...of[finding.finding] }] : []));
  const known = new Set(imported.map((review) => review.reviewer));
  return [...finding.reviews.filter((review) => !known.has(review.reviewer)), ...imported];
}

const reviewLine = (review) => el("p", { className: "review" }, badge("m", review.stance), " ", bdi(review.reviewer), review.date ? `, ${review.date}` : "", review.note ? [": ", bdi(review.note)] : "");

function showMarks(kept = true) {
  for (const row of $("findings").tBodies[0].rows) {
    const finding = findings.get(row.dataset.id), mark = marks[row.dataset.id];
    row.querySelector(".mark").textContent = mark ? t(mark.stance) : "–";
    all(".review", row).forEach((line) => line.remove());
    row.querySelector(".mark").after(...reviewsOf(finding).map(reviewLine));
  }
  const count = (stance) => Object.values(marks).filter((mark) => mark.stance === stance).length;
  $("marks").textContent = `${t("{0} agreed, {1} disputed, of {2} findings.", count("agreed"), count("disputed"), data.findings.length)}${kept ? "" : ` ${t("This browser keeps nothing: export before you close the page.")}`}`;
  showConflicts();
}

/** Where reviewers say different things of one finding. */
function showConflicts() {
  const lines = data.findings.flatMap((finding) => {
    const reviews = [...reviewsOf(finding), ...(marks[finding.finding] ? [{ reviewer: myName() || t("I"), ...marks[finding.finding] }] : [])];
    return new Set(reviews.map((review) => review.stance)).size > 1
      ? [el("li", {}, el("a", { href: address({ finding: finding.finding }) }, finding.finding), reviews.map(reviewLine))] : [];
  });
  $("conflicts").replaceChildren(...(lines.length ? [el("h4", {}, t("Where reviewers differ")), el("ul", {}, lines)] : []));
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
    return el("label", {}, radio, ` ${t(stance || "no mark")} `);
  });
  return el("div", { className: "marking" },
    el("div", { className: "reviews" }, reviewsOf(finding).map(reviewLine)),
    el("fieldset", {}, el("legend", {}, t("My mark")), radios), el("label", {}, t("Note"), note));
}

/** One's own marks as a small file, a finding a block, in the order of the findings: what changes reads well as a diff. */
function exported() {
  const entries = data.findings.filter((finding) => marks[finding.finding]).map((finding) => {
    const { stance, note, date } = marks[finding.finding];
    return { finding: finding.finding, expect: finding.printed, stance, date, note: (note.toWellFormed?.() ?? note).trim() };
  });
  return `${JSON.stringify({ report: data.source.title, reviewer: myName() || t("I"), marks: entries }, null, 2)}\n`;
}

function exportMarks() {
  if (!myName()) { $("imported").textContent = t("Give your name first: a file of marks says whose they are."); $("reviewer").focus(); return; }
  const slug = folded(myName()).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "reviewer";
  save(`${slug}.json`, exported(), "application/json");
}

/** Marks of another reviewer stand beside one's own. Of one's own, what differs is asked about, one by one. */
function importMarks(text) {
  const file = JSON.parse(text);
  if (typeof file?.reviewer !== "string" || !file.reviewer.trim() || !Array.isArray(file.marks)) throw new TypeError(t("this is no file of marks"));
  if (file.report && file.report !== data.source.title) throw new TypeError(t("these are marks of another report: {0}", file.report));
  const found = Object.fromEntries(file.marks.filter((mark) => mark && typeof mark.finding === "string").map((mark) => [mark.finding, { ...mark, printed: mark.expect }]));
  const usable = ofThisVersion(found), reviewer = file.reviewer.trim();
  const clashes = [];
  if (reviewer === myName()) {
    for (const [name, mark] of Object.entries(usable)) {
      const mine = marks[name];
      if (!mine) { marks[name] = mark; keepAs(name, mark); } else if (mine.stance !== mark.stance || mine.note !== mark.note) clashes.push([name, mark]);
    }
  } else {
    const kept = stored(OTHERS);
    store(OTHERS, { ...kept, [reviewer]: { ...kept[reviewer], ...usable } });
    readMarks();
  }
  showMarks();
  const left = file.marks.length - Object.keys(usable).length;
  const lines = [t("{0} marks of {1} read, {2} left out: of another version, or not understood.", Object.keys(usable).length, reviewer, left)];
  $("imported").replaceChildren(el("p", {}, lines.join(" ")), ...clashes.map(clash));
}

function keepAs(name, mark) {
  store(OWN, { ...stored(OWN), [name]: mark });
}

/** One's own mark on this machine and in the file: which is to stay? */
function clash([name, mark]) {
  const line = el("div", { className: "clash" }, el("p", {}, el("a", { href: address({ finding: name }) }, name)),
    reviewLine({ reviewer: t("here"), ...marks[name] }), reviewLine({ reviewer: t("in the file"), ...mark }));
  const settle = (chosen) => { marks[name] = chosen; keepAs(name, chosen); showMarks(); line.remove(); };
  line.append(el("button", { type: "button", onclick: () => settle(marks[name]) }, t("Keep what is here")), " ", el("button", { type: "button", onclick: () => settle(mark) }, t("Take what is in the file")));
  return line;
}
