// The page's own words in the reader's language: each string is named by its English text, and falls back on it.
const LANGUAGE = "collective-efficiency.language";
let language = "en";

function t(english, ...values) {
  const text = data.strings[language]?.[english] ?? english;
  return text.replace(/\{(\d)\}/g, (place, number) => values[number] ?? place);
}
const counted = (number, one, many) => t(number === 1 ? one : many, number);
const heading = (column) => t(data.labels[column] ?? words(column).replace(/^./, (first) => first.toUpperCase()));

function speak(code) {
  language = code in data.strings ? code : "en";
  document.documentElement.lang = language;
  $("language").value = language;
  for (const part of all("[data-t]")) part.textContent = t(part.dataset.t, ...JSON.parse(part.dataset.v ?? "[]"));
  for (const part of all("[data-t-label]")) part.setAttribute("aria-label", t(part.dataset.tLabel));
  for (const part of all("[data-t-placeholder]")) part.placeholder = t(part.dataset.tPlaceholder);
}

function chooseLanguage(code) {
  try { localStorage.setItem(LANGUAGE, code); } catch { /* this browser keeps nothing */ }
  speak(code);
  drawMap();
  showMarks();
  route();
}
