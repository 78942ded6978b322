// No answer, a server in trouble, a session that ended: the text stays, the row says so, and saving is tried again.
const DELAYS_S = [5, 15, 60];
const attempts = new WeakMap();
const timers = new WeakMap();

function messageRow(unit) {
  const row = document.createElement("tr");
  row.className = "row-message";
  row.dataset.for = unit.dataset.uid;
  row.append(Object.assign(document.createElement("td"), { className: "gutter" }));
  row.append(Object.assign(document.createElement("td"), { colSpan: unit.cells.length - 1 }));
  return [row, row.lastElementChild];
}

function clear(unit) {
  const message = unit.matches("tr") ? dataDesign.attachedTo(unit).find((row) => row.matches(".row-message")) : unit.querySelector(".record-message");
  message?.remove();
}

function say(unit, text, { href, label } = {}) {
  clear(unit);
  let box;
  if (unit.matches("tr")) {
    const [row, cell] = messageRow(unit);
    unit.after(row);
    box = cell;
  } else {
    box = Object.assign(document.createElement("p"), { className: "notice notice-warn record-message" });
    unit.prepend(box);
  }
  box.setAttribute("role", "alert");
  box.append(text);
  if (href) box.append(" ", Object.assign(document.createElement("a"), { href, textContent: label }));
}

function retry(unit) {
  clearTimeout(timers.get(unit));
  if (unit.isConnected) dataDesign.save(unit, { again: true });
}

function later(unit, reason) {
  const tried = attempts.get(unit) ?? 0;
  const seconds = DELAYS_S[Math.min(tried, DELAYS_S.length - 1)];
  attempts.set(unit, tried + 1);
  clearTimeout(timers.get(unit));
  timers.set(unit, setTimeout(() => retry(unit), seconds * 1000));
  const text = dataDesign.text(reason, { seconds });
  say(unit, text);
  if (!tried) dataDesign.toast(text, { retry: () => retry(unit) });
}

function signInLink() {
  const next = encodeURIComponent(location.pathname + location.search);
  return { href: `${document.body.dataset.signIn}?next=${next}`, label: dataDesign.text("signIn") };
}

function isSignedOut(xhr) {
  const signIn = document.body.dataset.signIn;
  const target = xhr.getResponseHeader("HX-Redirect") ?? xhr.responseURL;
  return xhr.status === 401 || (target && new URL(target, location.href).pathname === signIn);
}

function keep(unit) {
  dataDesign.markAnswered(unit);
  dataDesign.markUnsaved(unit);
  dataDesign.keepDraft(unit);
}

dataDesign.recovered = (unit) => {
  attempts.delete(unit);
  clearTimeout(timers.get(unit));
  clear(unit);
};

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (!isSignedOut(xhr)) return;
  event.preventDefault();
  const unit = dataDesign.unitOf(requestConfig.elt);
  if (!unit) return;
  dataDesign.isSignedOut = true;
  keep(unit);
  say(unit, dataDesign.text("signedOut"), signInLink());
  for (const other of dataDesign.unsavedUnits()) dataDesign.keepDraft(other);
});

// Following our own link out must not ask: the text is kept for afterwards.
document.addEventListener("click", (event) => {
  if (event.target.closest(`a[href^='${CSS.escape(document.body.dataset.signIn)}'], .row-message a, .record-message a`)) dataDesign.isLeaving = true;
}, true);

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:sendAbort"]) {
  document.addEventListener(name, (event) => {
    const unit = event.detail.requestConfig?.elt;
    if (!unit || unit !== dataDesign.unitOf(unit)) return;
    dataDesign.forgetAction?.(unit);
    keep(unit);
    later(unit, "noAnswer");
  });
}

document.addEventListener("htmx:responseError", (event) => {
  const { xhr, requestConfig } = event.detail;
  const unit = requestConfig.elt;
  if (unit !== dataDesign.unitOf(unit)) return;
  dataDesign.forgetAction?.(unit);
  keep(unit);
  if (xhr.status >= 500) later(unit, "serverError");
  else if (xhr.status === 404 || xhr.status === 410) say(unit, dataDesign.text("gone"));
  else say(unit, dataDesign.text("refused"), { href: location.href, label: dataDesign.text("reload") });
});

addEventListener("online", () => {
  for (const unit of dataDesign.unsavedUnits()) if (timers.has(unit)) retry(unit);
});
