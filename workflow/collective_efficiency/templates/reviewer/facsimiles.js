// The tables as printed: moving within one by the arrow keys, what each cell shows, and heads that stay in sight.
function rove(td) {
  if (!td) return;
  all("td[data-verdict] a", td.closest("table")).forEach((each) => { each.tabIndex = -1; });
  td.querySelector("a").tabIndex = 0;
}

function move(event) {
  const td = event.target.closest("td[data-verdict]");
  const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -99], End: [0, 99] }[event.key];
  if (!td || !by || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = all("tr", td.closest("tbody")).filter((row) => row.querySelector("td[data-verdict]"));
  const row = rows[Math.min(Math.max(rows.indexOf(td.parentElement) + by[0], 0), rows.length - 1)];
  const place = [...td.parentElement.cells].indexOf(td) + by[1];
  const cells = [...row.cells];
  let next = cells[Math.min(Math.max(place, 1), cells.length - 1)];
  if (!next.dataset.verdict) next = row.querySelector("td[data-verdict]");
  event.preventDefault();
  rove(next);
  next.querySelector("a").focus();
}

function showAs(reading) {
  $("view-tables").dataset.shown = reading;
  for (const td of all("td[data-verdict]")) {
    const cell = data.cells[byName.get(td.id.slice("cell=".length))];
    if (!["inconsistent", "lost"].includes(cell.verdict) || !cell.recomputed) continue;
    const swapped = reading === "recomputed";
    td.classList.toggle("swapped", swapped);
    td.querySelector(".value").textContent = swapped ? cell.recomputed : printed(cell) || "–";
    td.querySelector(".after").hidden = reading !== "both";
    const told = td.querySelector("a > .sr:last-child");
    if (told) told.textContent = swapped ? ` ${t("recomputed, printed {0}", printed(cell) || "–")}` : ` ${t(words(cell.verdict))}`;
  }
}

/** A table that fits lets its heads stick to the page; one that does not scrolls within itself, and they stick to it. */
function fitTables() {
  for (const box of all(".view.shown .scroll")) {
    box.classList.remove("fits");
    if (box.scrollWidth > box.clientWidth + 1) continue;
    box.classList.add("fits");
  }
  const header = document.querySelector("header.site");
  const covered = getComputedStyle(header).position === "sticky" ? header.offsetHeight : 0;
  document.documentElement.style.setProperty("--header", `${covered}px`);
}

const prepareTables = later(() => {
  all("td[data-verdict] a").forEach((each) => { each.tabIndex = -1; });
  all(".facsimile table").forEach((table) => { const first = table.querySelector("td[data-verdict] a"); if (first) first.tabIndex = 0; });
  return true;
});
