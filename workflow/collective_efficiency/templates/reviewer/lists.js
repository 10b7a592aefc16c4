// Lists that sort, filter and search; each is made ready when it is first looked at.
const compare = new Intl.Collator("en", { numeric: true }).compare;
const folded = (text) => String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const queried = (text) => folded(text).split(/\s+/).filter(Boolean);

function list(name) {
  const table = $(name), form = document.querySelector(`form[data-list="${name}"]`), body = table.tBodies[0];
  const rows = [...body.rows];
  const order = new Map(rows.map((row, place) => [row, place]));
  const texts = later(() => new Map(rows.map((row) => [row, folded(row.textContent)])));
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
    const query = queried(asked.q ?? "");
    let count = 0;
    for (const row of rows) {
      const fits = [...form.elements].every((field) => field.tagName !== "SELECT" || !field.value || row.dataset[field.name] === field.value);
      row.hidden = !(fits && query.every((word) => texts().get(row).includes(word)));
      count += !row.hidden;
    }
    form.querySelector("output").textContent = t("{0} of {1} shown", count, rows.length);
    const place = sortable.findIndex((head) => head.dataset.key === sort);
    sortable.forEach((head) => head.removeAttribute("aria-sort"));
    const by = (row) => (sort === "severity" ? row.dataset.rank : row.cells[place].textContent.trim());
    const sorted = [...rows].sort((one, other) => (place < 0 ? 0 : compare(by(one), by(other)) * (dir === "desc" ? -1 : 1)) || order.get(one) - order.get(other));
    if (place >= 0) sortable[place].setAttribute("aria-sort", dir === "desc" ? "descending" : "ascending");
    if (sorted.some((row, at) => body.rows[at] !== row)) body.append(...sorted);
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
    order: () => [...body.rows].filter((row) => !row.hidden).map((row) => row.dataset.id),
    rows: () => [...body.rows].filter((row) => !row.hidden),
    reveal(id) {
      const row = $(id);
      if (row.hidden) this.show({});
      row.setAttribute("aria-current", "true");
      row.scrollIntoView({ block: "start" });
    },
  };
}
const lists = { findings: later(() => list("findings")) };
if ($("claims")) lists.claims = later(() => list("claims"));
