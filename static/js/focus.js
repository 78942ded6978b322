// Where the focus goes after something happened. Leaving a row never moves it.
function reveal(field) {
  const fold = field.closest("details:not([data-menu])");
  if (fold) fold.open = true;
  field.scrollIntoView({ block: "center", inline: "nearest" });
  field.focus({ preventScroll: true });
}

function fieldNamed(name) {
  return document.querySelector(`[name="${CSS.escape(name)}"]:not([type="hidden"])`) ?? document.getElementById(name);
}

// "#row-<uid>" names a row of a grid or a record, "#row-<uid>-<column>" a cell of it, "#cell-<column>" a record's field.
function targetOf(hash) {
  const id = decodeURIComponent(hash.slice(1));
  if (id.startsWith("cell-")) return document.querySelector(`form.record :is(input, select, textarea)[name$="-${CSS.escape(id.slice(5))}"]:not([type="hidden"])`);
  const uid = id.replace(/^row-/, "");
  const target = document.getElementById(id) ?? fieldNamed(uid) ?? document.getElementById(`record-${uid}`);
  if (target?.matches("tr")) return dataDesign.firstField(target) ?? target;
  return target?.matches("form.record") ? target.querySelector(".field :is(input, select, textarea)") : target;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='#']");
  if (!link || link.pathname !== location.pathname || link.search !== location.search) return;
  const target = (link.dataset.focusCell && fieldNamed(link.dataset.focusCell)) || targetOf(link.hash);
  if (!target) return;
  event.preventDefault();
  dataDesign.showPane?.("form", target);
  reveal(target);
});

dataDesign.focusRefusal = (before, stands) => {
  const title = stands.matches("tr") && dataDesign.attachedTo(stands).map((row) => row.querySelector("[data-conflict-title]")).find(Boolean);
  const isStillThere = stands.contains(document.activeElement);
  // The person has gone on elsewhere: an alert says it, and the focus stays where they are typing.
  const isElsewhere = document.activeElement && document.activeElement !== document.body && !isStillThere;
  if (title && !isElsewhere) title.focus();
  else if (!isElsewhere && !isStillThere) stands.querySelector("[data-error-summary], [aria-invalid='true']")?.focus();
};

document.querySelector("[data-error-summary]")?.focus();

// A table of the document that is wider than its place is scrolled by keys too.
function reachWideTables() {
  for (const table of document.querySelectorAll(".prose table")) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    else table.removeAttribute("tabindex");
  }
}
reachWideTables();
addEventListener("resize", reachWideTables);
document.addEventListener("htmx:afterSettle", reachWideTables);

function goToHash() {
  const target = /^#(row|cell)-/.test(location.hash) && targetOf(location.hash);
  if (target) reveal(target);
}
const named = new URLSearchParams(location.search).get("cell");
const cell = named && fieldNamed(named);
if (cell) reveal(cell);
else goToHash();
// The browser goes to the row by itself too, and takes the focus from the field in it.
addEventListener("load", () => setTimeout(() => {
  if (document.activeElement === document.body) goToHash();
}));
// htmx wires the page when it is parsed; a save before that would go nowhere.
addEventListener("load", () => setTimeout(dataDesign.offerDrafts));
