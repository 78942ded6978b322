// Where the focus goes after something happened. Leaving a row never moves it.
function reveal(field) {
  field.scrollIntoView({ block: "center", inline: "nearest" });
  field.focus({ preventScroll: true });
}

function fieldNamed(name) {
  return document.querySelector(`[name="${CSS.escape(name)}"]:not([type="hidden"])`) ?? document.getElementById(name);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='#']");
  if (!link || link.pathname !== location.pathname || link.search !== location.search) return;
  const target = (link.dataset.focusCell && fieldNamed(link.dataset.focusCell)) || document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  event.preventDefault();
  dataDesign.showPane?.("form", target);
  reveal(target.matches("tr") ? (dataDesign.firstField(target) ?? target) : target);
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

function goToHash() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.matches("tr.grid-row")) reveal(dataDesign.firstField(target) ?? target);
}
const named = new URLSearchParams(location.search).get("cell");
const cell = named && fieldNamed(named);
if (cell) reveal(cell);
else goToHash();
// htmx wires the page when it is parsed; a save before that would go nowhere.
addEventListener("load", () => setTimeout(dataDesign.offerDrafts));
