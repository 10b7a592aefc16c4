// Indices, degrees, averages and cross-tabulations under another reading and other rules, marked with what they were.
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
    td.replaceChildren(el("span", { className: "value" }, chosen[key]), changed ? el("span", { className: "was" }, t("was {0}", base[key])) : "");
    const kind = key.startsWith("index") && key.endsWith("/degree") ? "degree" : key.split("/")[0];
    counts.set(kind, (counts.get(kind) ?? 0) + changed);
  }
  const only = choices.elements.only.checked;
  all("#view-whatif tbody tr").forEach((row) => { row.classList.toggle("dull", only && !row.querySelector(".changed")); });
  $("view-whatif").classList.toggle("only", only);
  const names = { index: "indices", degree: "degrees", mean: "averages", crosstab: "cells of the cross-tabulation", order: "orders of the sectors" };
  choices.querySelector("output").textContent = `${t("Changed:")} ${Object.entries(names).map(([kind, name]) => `${t(name)} ${counts.get(kind) ?? 0}`).join(", ")}.`;
}

choices?.addEventListener("submit", (event) => event.preventDefault());
choices?.addEventListener("change", () => {
  compute();
  const { reading, missing, only } = choices.elements;
  history.replaceState(null, "", address({ view: "whatif", reading: reading.value, missing: missing.value, only: only.checked ? "yes" : "" }));
});
