// What can be taken away: CSV, JSON, marks; tables copied as CSV or Markdown.
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
const csv = (lines, end) => lines.map((line) => line.map(field).join(",")).join(end);
const saveCsv = (name, lines) => save(name, `\ufeff${csv(lines, "\r\n")}\r\n`, "text/csv;charset=utf-8");

const places = (numbers) => numbers.map((number) => nameOf(data.cells[number])).join("; ");
const CSV = {
  "cells.csv": [["table", "row", "column", "printed", "recomputed", "exact", "interval", "rounding", "verdict", "status", "findings"], () => data.cells],
  "findings.csv": [[...data.columns.findings, "reason", "note", "mark", "mark_note"],
    () => data.findings.map((finding) => ({ ...finding, cells: finding.places, follows: places(finding.follows), consequence: finding.consequence.join("; "), reviews: finding.reviewed, mark: marks[finding.finding]?.stance, mark_note: marks[finding.finding]?.note }))],
  "claims.csv": [[...data.columns.claims, "cells"], () => data.claims.map((claim) => ({ ...claim, cells: places(claim.cells) }))],
};

function saveAs(name) {
  if (name === "audit.json") { save(name, JSON.stringify({ ...data, strings: undefined, marks, others }, null, 1), "application/json"); return; }
  const [columns, rows] = CSV[name];
  saveCsv(name, [columns, ...rows().map((row) => columns.map((column) => row[column]))]);
}

/** A table as lines of texts: of a facsimile, label, what is printed, and what it should be where that differs. */
function linesOf(button) {
  if (button.dataset.list) {
    const heads = all(`#${button.dataset.list} thead th`).map((head) => head.textContent.trim());
    return [heads, ...lists[button.dataset.list]().rows().map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\s+/g, " ").trim()))];
  }
  const table = data.tables.find((each) => each.id === button.dataset.table);
  const text = (row, column) => {
    const cell = data.cells[byName.get(`${table.id}/${row.key}/${column.key}`)];
    if (!cell) return "";
    return cell.verdict === "inconsistent" && cell.recomputed ? `${cell.printed} → ${cell.recomputed}` : printed(cell);
  };
  return [["", ...table.columns.map((column) => column.label)], ...table.rows.map((row) => [row.label, ...table.columns.map((column) => text(row, column))])];
}

function markdown(lines) {
  const line = (texts) => `| ${texts.map((text) => text.replace(/[\\|*_`<[&~]/g, "\\$&")).join(" | ")} |`;
  const [heads, ...rest] = lines;
  return [line(heads), `|${" --- |".repeat(heads.length)}`, ...rest.map(line)].join("\n");
}

async function copy(button) {
  const lines = linesOf(button);
  const text = button.dataset.copy === "csv" ? csv(lines, "\n") : markdown(lines);
  try { await navigator.clipboard.writeText(text); } catch {
    const area = el("textarea", { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  announce(t("Copied."));
}
