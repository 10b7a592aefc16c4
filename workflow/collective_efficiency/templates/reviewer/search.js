// One search over cells, findings, claims and advice; accents and capitals make no difference.
const MOST_FOUND = 50; // of a kind that are listed

const searchable = later(() => [
  ["Findings", data.findings.map((finding) => [`${finding.finding} ${who(finding.row)} ${heading(finding.column)} ${finding.explanation} ${finding.consequence.join(" ")} ${finding.printed} ${finding.expected}`,
    () => [el("a", { href: address({ finding: finding.finding }) }, `${finding.table}, `, bdi(who(finding.row)), `, ${heading(finding.column)}`), " ", badge("s", finding.severity), ` ${finding.explanation}`]])],
  ["Claims", data.claims.map((claim) => [`${claim.claim} ${claim.topic} ${claim.paraphrase} ${words(claim.verdict)} ${claim.evidence}`, () => claimLink(claim)])],
  ["Advice", data.advice.map((piece) => [`${piece.advice} ${piece.verdict} ${piece.paraphrase}`, () => [adviceLink(piece.advice), ` (${t(piece.verdict)}) ${piece.paraphrase}`]])],
  ["Tables", data.tables.map((table) => [`${table.id} ${table.title}`, () => el("a", { href: address({ table: table.id }) }, `${table.id} `, bdi(table.title))])],
  ["Cells", data.cells.map((cell, number) => [`${nameOf(cell)} ${who(cell.row)} ${heading(cell.column)} ${cell.printed} ${words(cell.verdict)}`, () => [link(number), " ", badge("v", cell.verdict, data.meanings.symbol[cell.verdict])]])],
].map(([kind, entries]) => [kind, entries.map(([text, make]) => [folded(text), make])]));

function search(text) {
  const query = queried(text);
  $("search").elements.q.value = text;
  const parts = query.length ? searchable().map(([kind, entries]) => [kind, entries.filter(([where]) => query.every((word) => where.includes(word)))]).filter(([, hits]) => hits.length) : [];
  $("found").replaceChildren(...(parts.length ? parts.map(([kind, hits]) => el("section", {}, el("h3", {}, `${t(kind)} (${hits.length})`),
    el("ul", {}, hits.slice(0, MOST_FOUND).map(([, make]) => el("li", {}, make()))), hits.length > MOST_FOUND ? el("p", { className: "note" }, t("{0} more: add a word.", hits.length - MOST_FOUND)) : "")) : [el("p", {}, query.length ? t("Nothing fits {0}.", text) : t("Write a name, a number or a word."))]));
  announce(parts.map(([kind, hits]) => `${t(kind)} ${hits.length}`).join(", ") || t("Nothing fits {0}.", text));
}

$("search").addEventListener("submit", (event) => { event.preventDefault(); location.hash = address({ view: "search", q: $("search").elements.q.value }); });
let typing = 0;
$("search").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const target = address({ view: "search", q: $("search").elements.q.value });
    if (opened === "search") { history.replaceState(null, "", target); search($("search").elements.q.value); } else location.hash = target;
  }, 150);
});
