// "Saving…", "Saved 10:42", "1 row not saved": in the feature bar, and as a mark in each row's gutter.
const CALM_MS = 300;
const sending = new Set();
const unsaved = new Set();
const place = document.querySelector("[data-save-state]");

function clock() {
  const timeZone = document.body.dataset.timeZone || undefined;
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }).format(new Date());
}

function show(state, text) {
  if (!place) return;
  place.dataset.saveState = state;
  place.querySelector("[data-save-text]").textContent = text;
}

function refresh() {
  for (const unit of unsaved) if (!unit.isConnected) unsaved.delete(unit);
  if (unsaved.size) {
    const text = unsaved.size === 1 ? dataDesign.text("unsavedOne") : dataDesign.text("unsavedMany", { count: unsaved.size });
    show("unsaved", text);
  } else if (!sending.size) {
    show("saved", dataDesign.text("saved", { time: clock() }));
  }
}

dataDesign.isSending = (unit) => sending.has(unit);
dataDesign.isUnsaved = (unit) => unsaved.has(unit);
dataDesign.unsavedUnits = () => [...unsaved].filter((unit) => unit.isConnected);
dataDesign.sendingUnits = () => [...sending].filter((unit) => unit.isConnected);

dataDesign.markSending = (unit) => {
  sending.add(unit);
  setTimeout(() => {
    if (!sending.has(unit)) return;
    unit.classList.add("row-saving");
    show("busy", dataDesign.text("saving"));
  }, CALM_MS);
};
dataDesign.markAnswered = (unit) => {
  sending.delete(unit);
  unit.classList.remove("row-saving");
  document.dispatchEvent(new CustomEvent("data-design:answered"));
};
dataDesign.markSaved = (unit) => {
  unsaved.delete(unit);
  unit.classList.remove("row-unsaved");
  unit.classList.add("row-saved");
  setTimeout(() => unit.classList.remove("row-saved"), 1000);
  refresh();
};
dataDesign.markUnsaved = (unit) => {
  unsaved.add(unit);
  unit.classList.add("row-unsaved");
  refresh();
};
dataDesign.markDropped = (unit) => {
  unsaved.delete(unit);
  unit.classList.remove("row-unsaved");
  if (place?.dataset.saveState === "unsaved") refresh();
};
