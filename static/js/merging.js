// An answer never replaces what a person is typing: only the parts of the row or record that nobody touched since it was sent.
const NOTICES = "[data-error-summary], ul.row-errors, .conflict, .record-message";
const ATTACHED = ".row-errors, .row-conflict, .row-message";

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

// The error, conflict and message rows that stand right after a row belong to it.
dataDesign.attachedTo = (row) => {
  const attached = [];
  for (let next = row.nextElementSibling; next?.matches(ATTACHED); next = next.nextElementSibling) attached.push(next);
  return attached;
};

function changedSince(unit, sent) {
  return dataDesign.fieldsOf(unit).filter((field) => sent && sent.has(field) && sent.get(field) !== dataDesign.valueOf(field));
}

function takeDefault(field, fresh) {
  if (!fresh) return;
  for (const name of ["aria-invalid", "aria-describedby"]) {
    if (fresh.hasAttribute(name)) field.setAttribute(name, fresh.getAttribute(name));
    else field.removeAttribute(name);
  }
  if (field.type === "checkbox" || field.type === "radio") field.defaultChecked = fresh.defaultChecked;
  else if (!field.options) field.defaultValue = fresh.defaultValue;
  else {
    const value = dataDesign.valueOf(field);
    [...field.options].forEach((option, at) => { option.defaultSelected = Boolean(fresh.options[at]?.defaultSelected); });
    dataDesign.put(field, value);
  }
}

function mergePart(old, fresh, kept) {
  const field = kept.find((one) => old.contains(one));
  if (!field && !old.contains(document.activeElement)) {
    old.replaceWith(fresh);
    return;
  }
  old.className = fresh.className;
  for (const one of dataDesign.fieldsOf(old)) {
    takeDefault(one, dataDesign.fieldsOf(fresh).find((other) => other.name === one.name && (one.type !== "radio" || other.value === one.value)));
  }
}

function mergeRow(row, fresh, kept) {
  // Taken before the loop: a cell that moves into the page leaves the fresh row.
  const cells = [...fresh.cells];
  [...row.cells].forEach((cell, at) => { if (cells[at]) mergePart(cell, cells[at], kept); });
}

function mergeRecord(form, fresh, kept) {
  for (const hidden of form.querySelectorAll("input[type='hidden'][name$='version']")) {
    const other = fresh.querySelector(`input[type='hidden'][name='${CSS.escape(hidden.name)}']`);
    if (other) hidden.value = other.value;
  }
  const parts = [...fresh.querySelectorAll(".field")];
  [...form.querySelectorAll(".field")].forEach((part, at) => { if (parts[at]) mergePart(part, parts[at], kept); });
  const beside = [form, fresh].map((one) => one.querySelector("[data-beside]"));
  if (beside[0] && beside[1] && !beside[0].contains(document.activeElement)) beside[0].replaceWith(beside[1]);
  for (const notice of form.querySelectorAll(NOTICES)) notice.remove();
  form.prepend(...fresh.querySelectorAll(NOTICES));
}

// Puts an answer in place of a unit, and says which element stands for the unit afterwards.
dataDesign.settle = (unit, html, sent) => {
  const content = parsed(html);
  const fresh = content.querySelector(`#${CSS.escape(unit.id)}`) ?? content.querySelector("tr, form");
  const kept = changedSince(unit, sent);
  const attached = unit.matches("tr") ? dataDesign.attachedTo(unit) : [];
  for (const row of attached) row.remove();
  if (!fresh) return unit;
  if (!kept.length && !unit.contains(document.activeElement)) {
    unit.replaceWith(content);
    processed(fresh);
    return fresh;
  }
  const rest = [...content.children].filter((element) => element !== fresh);
  if (unit.matches("tr")) mergeRow(unit, fresh, kept);
  else mergeRecord(unit, fresh, kept);
  unit.after(...rest);
  processed(unit);
  return unit;
};

dataDesign.parsed = parsed;
dataDesign.changedSince = changedSince;

function processed(element) {
  for (let one = element; one; one = one.nextElementSibling?.matches(ATTACHED) ? one.nextElementSibling : null) htmx.process(one);
}
