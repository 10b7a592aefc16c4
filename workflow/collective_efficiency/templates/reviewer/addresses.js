// Every view, cell, finding, claim, table and filter has an address: what stands after the # of the page's.
const address = (values) => `#${Object.entries(values).filter(([, value]) => value !== "").map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2F", "/")}`).join("&")}`;

function parameters() {
  const found = {};
  for (const part of location.hash.slice(1).split("&")) {
    const [key, ...rest] = part.split("=");
    try { found[key] = decodeURIComponent(rest.join("=")); } catch { found[key] = rest.join("="); }
  }
  return found;
}

let opened = "";
/** Show one view and nothing else; say so to who cannot see it. */
function open(view) {
  if (view === opened) return;
  all(".view").forEach((section) => section.classList.toggle("shown", section.id === `view-${view}`));
  all('nav[aria-label="Views"] a').forEach((link) => {
    if (link.hash === `#view=${view}`) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  });
  const first = opened === "";
  opened = view;
  prepare[view]?.();
  const title = $(`view-${view}`).querySelector("h2").textContent;
  document.title = `${title} · ${data.source.title}`;
  if (!first) announce(title);
}

function announce(text) { $("announced").textContent = text; }

/** One line above the view: what a reader must know of the address. */
function say(text) {
  $("notice").textContent = text;
  $("notice").hidden = !text;
}

let last = null;
function route() {
  const wanted = parameters();
  clear();
  say("");
  if (byName.has(wanted.cell)) {
    open("tables");
    tellCell(byName.get(wanted.cell));
  } else if (findings.has(wanted.finding)) {
    open("findings");
    tellFinding(findings.get(wanted.finding));
  } else if (claims.has(wanted.claim)) {
    open("claims");
    tellClaim(claims.get(wanted.claim));
  } else if (wanted.label && $(`label=${wanted.label}`)) {
    open("tables");
    $(`label=${wanted.label}`).classList.add("open");
    $(`label=${wanted.label}`).scrollIntoView({ block: "start" });
  } else if (wanted.table && $(`table=${wanted.table}`)) {
    open("tables");
    $(`table=${wanted.table}`).scrollIntoView();
  } else {
    const view = $(`view-${wanted.view}`) ? wanted.view : "overview";
    const asked = location.hash.slice(1);
    if (asked && asked !== "main" && view !== wanted.view) say(t("Nothing here has the address {0}: this is the overview.", asked));
    open(view);
    if (view in lists) lists[view]().show(wanted);
    if (view === "whatif") choose(wanted);
    if (view === "suppose") supposing().show(wanted);
    if (view === "search") search(wanted.q ?? "");
    if (last !== view) scrollTo(0, 0);
    last = view;
    return;
  }
  last = null;
}
