// Words selected in the text of a source go into the form below it, with the place where they stand.
const LONGEST_QUOTE = 20000;
const positions = new Map();

function selectedWords() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed) return null;
  const start = selection.getRangeAt(0).startContainer;
  const block = (start.nodeType === Node.TEXT_NODE ? start.parentElement : start).closest?.("[data-source-text] [data-place]");
  const words = selection.toString().trim().slice(0, LONGEST_QUOTE);
  return block && words ? { words, place: block.dataset.place } : null;
}

function offerWords() {
  const found = selectedWords();
  const quote = document.querySelector("[data-quote]");
  if (!found || !quote) return;
  const [text, place] = ["text", "place"].map((name) => quote.querySelector(`[name$="-${name}"]`));
  // What somebody typed or changed by hand is theirs.
  if (text.value && text.value !== text.dataset.offered) return;
  text.value = text.dataset.offered = found.words;
  place.value = found.place;
  quote.querySelector("[data-quote-hint]").textContent = found.words.length > 80 ? `${found.words.slice(0, 80)}…` : found.words;
}

document.addEventListener("pointerup", (event) => {
  // The selection is complete only after this event.
  if (event.target.closest?.("[data-source-text]")) setTimeout(offerWords);
});
document.addEventListener("keyup", (event) => {
  if (event.target.closest?.("[data-source-text]")) offerWords();
});

const keyOfText = (text) => `reading:${text.parentElement.id}`;

function remember(text) {
  try {
    sessionStorage.setItem(keyOfText(text), text.scrollTop);
  } catch {
    // Storage is full or forbidden: the text opens at its beginning again.
  }
}

function remembered(text) {
  try {
    return Number(sessionStorage.getItem(keyOfText(text)));
  } catch {
    return 0;
  }
}

function restore() {
  const text = document.querySelector("[data-source-text]");
  if (!text) return;
  const hit = text.querySelector("[data-hit]");
  const position = positions.get(text.parentElement.id) ?? remembered(text);
  if (position) text.scrollTop = position;
  else if (hit) text.scrollTop = hit.offsetTop - text.offsetTop - 48;
}

document.addEventListener("scroll", (event) => {
  if (event.target.matches?.("[data-source-text]")) positions.set(event.target.parentElement.id, event.target.scrollTop);
}, true);

// Rows that are not saved yet are saved before the page is left; the text opens where it was read.
document.addEventListener("submit", (event) => {
  if (!event.target.closest("[data-quote]")) return;
  const text = document.querySelector("[data-source-text]");
  if (text) remember(text);
  dataDesign.saveAll();
  const waiting = dataDesign.sendingUnits();
  if (!waiting.length) return;
  event.preventDefault();
  Promise.all(waiting.map((unit) => dataDesign.settled(unit))).then(() => event.target.submit());
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id === "companion-content" || event.target.id === "companion-content") restore();
});
restore();

// Where the companion is a drawer or a pane of its own, a link that leads into it opens it.
if (["#companion", "#hit"].includes(location.hash) && document.querySelector("[data-workbench] .companion")) {
  const opener = document.querySelector("[data-toggle-companion]");
  if (matchMedia("(max-width: 47.99rem)").matches) dataDesign.showPane("companion");
  else if (opener?.checkVisibility()) opener.click();
}
