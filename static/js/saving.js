// A row saves when the focus leaves it, a record also 800 ms after the last key. One request at a time for each.
const UNIT = "[data-row][hx-post], .row-deleted[hx-post], [data-record][hx-post]";
const PAUSE_MS = 800;
const sent = new WeakMap();
const timers = new WeakMap();
const waiting = new WeakMap();
// What the server holds, while the page shows a value that it did not take.
const heldByServer = new Map();

const unitOf = (element) => element.closest?.(UNIT);
const keyOf = (unit, field) => `${unit.id}/${field.name}/${field.type === "radio" ? field.value : ""}`;
const isChanged = (field) => dataDesign.valueOf(field) !== dataDesign.defaultOf(field);
const hasConflict = (unit) =>
  unit.matches("tr") ? dataDesign.attachedTo(unit).some((row) => row.matches(".row-conflict")) : Boolean(unit.querySelector(".conflict"));

dataDesign.unitOf = unitOf;
dataDesign.isDirty = (unit) => dataDesign.fieldsOf(unit).some(isChanged);
dataDesign.savedValueOf = (unit, field) => heldByServer.get(keyOf(unit, field)) ?? dataDesign.defaultOf(field);
dataDesign.sentBy = (unit) => sent.get(unit);

dataDesign.save = (unit, { again = false } = {}) => {
  clearTimeout(timers.get(unit));
  if (!unit.isConnected || hasConflict(unit) || !(dataDesign.isDirty(unit) || (again && dataDesign.isUnsaved(unit)))) return;
  // A second request for the same new row would add it twice; what changed is taken over when the answer is here.
  if (unit.hasAttribute("data-new") && dataDesign.isSending(unit)) return;
  htmx.trigger(unit, unit.matches("[data-record]") ? "recordsave" : "rowsave");
};
dataDesign.saveAll = () => {
  for (const unit of document.querySelectorAll(UNIT)) dataDesign.save(unit, { again: true });
};
// Resolves when the unit's requests are answered.
dataDesign.settled = (unit) => new Promise((resolve) => {
  if (!dataDesign.isSending(unit)) resolve();
  else waiting.set(unit, resolve);
});

document.addEventListener("input", (event) => {
  const unit = unitOf(event.target);
  if (!unit) return;
  clearTimeout(timers.get(unit));
  timers.set(unit, setTimeout(() => {
    if (unit.isConnected && dataDesign.isDirty(unit)) dataDesign.keepDraft(unit);
    if (unit.matches("[data-record]")) dataDesign.save(unit);
  }, PAUSE_MS));
});

document.addEventListener("focusout", (event) => {
  const unit = unitOf(event.target);
  if (!unit || unit.contains(event.relatedTarget)) return;
  if (dataDesign.isDirty(unit)) dataDesign.keepDraft(unit);
  dataDesign.save(unit);
});

// Enter in a record's line saves it; without this the browser would post the whole page.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-record][hx-post]") && (event.submitter?.value || "save") === "save") {
    event.preventDefault();
    dataDesign.save(form, { again: true });
  } else if (form.matches(".record, [data-grid]")) {
    // Sent as a whole, with everything that was typed in it.
    dataDesign.isLeaving = true;
  }
});

document.addEventListener("htmx:configRequest", (event) => {
  const { elt, formData } = event.detail;
  if (!elt.matches(UNIT)) return;
  if (elt.matches("tr")) {
    // htmx sends the form around the row; the server needs this row of it, and what belongs to no row.
    const own = `${elt.dataset.uid}-`;
    for (const name of [...formData.keys()]) {
      if (name.includes("-") && !name.startsWith(own)) formData.delete(name);
    }
    const number = elt.querySelector(".row-number")?.textContent;
    if (number) formData.set("number", number);
  }
  sent.set(elt, new Map(dataDesign.fieldsOf(elt).map((field) => [field, dataDesign.valueOf(field)])));
});
// An answer that leads to another page is an answer: nothing typed here waits any more.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.elt.matches(UNIT) && event.detail.xhr.getResponseHeader("HX-Redirect")) dataDesign.isLeaving = true;
});
document.addEventListener("htmx:beforeSend", (event) => {
  if (event.detail.elt.matches(UNIT)) dataDesign.markSending(event.detail.elt);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const unit = event.detail.requestConfig?.elt;
  if (!unit?.matches(UNIT)) return;
  dataDesign.markAnswered(unit);
  waiting.get(unit)?.();
  waiting.delete(unit);
});

function rememberHeld(unit) {
  for (const field of dataDesign.fieldsOf(unit)) {
    const key = keyOf(unit, field);
    if (!heldByServer.has(key)) heldByServer.set(key, dataDesign.defaultOf(field));
  }
}

function taken(unit, html) {
  for (const field of dataDesign.fieldsOf(unit)) heldByServer.delete(keyOf(unit, field));
  if (!html.trim()) {
    dataDesign.markSaved(unit);
    return;
  }
  const stands = dataDesign.settle(unit, html, sent.get(unit));
  dataDesign.markDropped(unit);
  dataDesign.markSaved(stands);
  if (dataDesign.isDirty(stands)) {
    dataDesign.keepDraft(stands);
    if (!stands.contains(document.activeElement)) setTimeout(() => dataDesign.save(stands));
  } else {
    dataDesign.forgetDraft(stands);
  }
}

function refused(unit, html) {
  rememberHeld(unit);
  dataDesign.keepDraft(unit);
  const stands = dataDesign.settle(unit, html, sent.get(unit));
  dataDesign.markDropped(unit);
  dataDesign.markUnsaved(stands);
  dataDesign.focusRefusal?.(unit, stands);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const unit = requestConfig.elt;
  if (!unit.matches(UNIT) || !(xhr.status < 300 || xhr.status === 409 || xhr.status === 422)) return;
  if (xhr.getResponseHeader("HX-Retarget")) {
    dataDesign.wholeGridComes(unit, xhr.getResponseHeader("HX-Retarget"));
    return;
  }
  event.detail.shouldSwap = false;
  dataDesign.markAnswered(unit);
  dataDesign.recovered?.(unit);
  const action = dataDesign.actionOf?.(unit);
  if (xhr.status >= 300) refused(unit, xhr.responseText);
  else if (action) action(xhr.responseText);
  else if (unit.hasAttribute("data-new")) dataDesign.takeAdded(unit, xhr.responseText);
  else taken(unit, xhr.responseText);
});
dataDesign.taken = taken;

addEventListener("beforeunload", (event) => {
  const isOpen = (unit) => dataDesign.isDirty(unit) || dataDesign.isUnsaved(unit) || dataDesign.isSending(unit);
  // A record that is not there yet is saved by its button, so leaving would lose what was typed in it.
  if (!dataDesign.isLeaving && [...document.querySelectorAll(`${UNIT}, .record`)].some(isOpen)) event.preventDefault();
});

// A link followed right after typing waits for the answer, so that nobody is asked about a row that is being saved.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target || link.hasAttribute("download")) return;
  if (link.getAttribute("href").startsWith("#") || link.hasAttribute("hx-get")) return;
  dataDesign.saveAll();
  const open = dataDesign.sendingUnits();
  if (!open.length) return;
  event.preventDefault();
  await Promise.all(open.map((unit) => dataDesign.settled(unit)));
  location.assign(link.href);
});
