// Begin: what is looked at is made ready, nothing else.
const prepare = { overview: () => drawn(), tables: () => prepareTables() };
let keysOn = true;

all(".view").forEach((section) => { section.id = section.id.replace("=", "-"); section.hidden = false; }); // else the browser scrolls there by itself
all(".script").forEach((each) => { each.hidden = false; });

function keyed(event) {
  if (event.key === "Escape" && !story.hidden) { close(); return; }
  move(event);
  moveInMap(event);
  const writing = event.target.closest("input, textarea, select");
  if (event.defaultPrevented || writing || !keysOn || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n" || event.key === "p") step(event.key === "n" ? 1 : -1);
  if (event.key === "/") { event.preventDefault(); $("search").elements.q.focus(); }
}

document.addEventListener("keydown", keyed);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-save]");
  if (button?.dataset.copy) copy(button);
  if (button?.dataset.save) saveAs(button.dataset.save);
});
all('input[name="shown"]').forEach((radio) => radio.addEventListener("change", () => showAs(radio.value)));
$("keys").addEventListener("change", () => { keysOn = $("keys").checked; });
$("language").addEventListener("change", () => chooseLanguage($("language").value));
$("reviewer").addEventListener("input", () => { store(NAME, myName()); showConflicts(); });
$("export").addEventListener("click", exportMarks);
$("forget").addEventListener("click", () => { if (confirm(t("Forget all marks?"))) { Object.keys(marks).forEach((name) => { delete marks[name]; keep(name); }); store(OTHERS, {}); readMarks(); showMarks(); } });
$("import").addEventListener("change", async () => {
  for (const file of $("import").files) {
    try { importMarks(await file.text()); } catch (error) { $("imported").textContent = `${file.name}: ${error instanceof TypeError ? error.message : t("this is no file of marks")}`; }
  }
  $("import").value = "";
});
$("print").addEventListener("click", () => { document.documentElement.classList.add("whole"); print(); });
addEventListener("beforeprint", () => all("details").forEach((each) => { each.dataset.was = each.open; each.open = true; }));
addEventListener("afterprint", () => { document.documentElement.classList.remove("whole"); all("details").forEach((each) => { each.open = each.dataset.was === "true"; }); });
addEventListener("storage", (event) => {
  if (![OWN, OTHERS, null].includes(event.key)) return;
  readMarks();
  showMarks();
  if (!story.hidden && !story.contains(document.activeElement)) route();
});
addEventListener("hashchange", route);
addEventListener("popstate", route);

try { $("reviewer").value = localStorage.getItem(NAME) ?? ""; } catch { /* this browser keeps nothing */ }
readMarks();
showMarks();
let wished = "";
try { wished = localStorage.getItem(LANGUAGE) ?? ""; } catch { /* this browser keeps nothing */ }
if (wished && wished !== "en") speak(wished);
route();
fitTables();
addEventListener("resize", fitTables);
addEventListener("hashchange", fitTables);
performance.mark("ready");
