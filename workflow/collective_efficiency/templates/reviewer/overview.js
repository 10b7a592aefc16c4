// A map of all tables on the first screen: a dot a cell, its colour the verdict, each a link to the cell's story.
const drawn = later(() => {
  const wrong = (cells) => cells.filter((cell) => cell.verdict === "inconsistent").length;
  const byTable = grouped(data.cells, (cell) => cell.table);
  $("map").replaceChildren(...data.tables.map((table) => {
    const cells = byTable.get(table.id) ?? [], bad = wrong(cells);
    const at = new Map(cells.map((cell) => [`${cell.row}/${cell.column}`, cell]));
    const grid = el("div", { className: `dots of-${Math.min(table.columns.length, 12)}` });
    for (const row of table.rows) for (const column of table.columns) {
      const cell = at.get(`${row.key}/${column.key}`);
      if (!cell) { grid.append(el("span", {})); continue; }
      grid.append(el("a", { href: address({ cell: nameOf(cell) }), className: `dot v-${cell.verdict}`, tabIndex: -1, "aria-label": `${table.id}, ${who(cell.row)}, ${heading(cell.column)}: ${printed(cell)}, ${t(words(cell.verdict))}` }));
    }
    return el("div", { className: "mapped" }, el("a", { href: address({ table: table.id }), className: "mapped-name" }, table.id, bad ? [" ", el("span", { className: "badge v-inconsistent" }, `✗ ${bad}`)] : ""), grid);
  }));
  return true;
});

function drawMap() { if (opened === "overview") drawn(); }

/** A table's name is its stop of the Tab key (a dot is too small for one); the arrow keys go on to its dots. */
function moveInMap(event) {
  const name = event.target.closest(".mapped-name");
  if (name && event.key === "ArrowDown") {
    event.preventDefault();
    name.parentElement.querySelector(".dot.v-inconsistent, .dot").focus();
    return;
  }
  const dot = event.target.closest(".dot");
  if (!dot) return;
  const grid = dot.parentElement, cells = [...grid.children];
  const width = getComputedStyle(grid).gridTemplateColumns.split(" ").length;
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -width, ArrowDown: width }[event.key];
  if (!by) return;
  let place = cells.indexOf(dot) + by;
  while (cells[place] && cells[place].tagName !== "A") place += by;
  if (!cells[place]) return;
  event.preventDefault();
  cells[place].focus();
}
