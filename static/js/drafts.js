// What was typed and not acknowledged is kept for this tab and this person, and offered back when the page is opened again.
const keyOf = (unit) => `draft:${document.body.dataset.user}:${unit.getAttribute("hx-post")}`;

dataDesign.fieldsOf = (unit) =>
  [...unit.querySelectorAll("input[name]:not([data-select]), select[name], textarea[name]")].filter((field) => field.type !== "hidden" && !field.disabled);
dataDesign.valueOf = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return field.checked;
  return field.multiple ? [...field.selectedOptions].map((option) => option.value).join("\n") : field.value;
};
dataDesign.defaultOf = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return field.defaultChecked;
  if (!field.options) return field.defaultValue;
  const chosen = [...field.options].filter((option) => option.defaultSelected).map((option) => option.value);
  return field.multiple ? chosen.join("\n") : (chosen.at(-1) ?? field.options[0]?.value ?? "");
};
dataDesign.put = (field, value) => {
  if (field.type === "checkbox" || field.type === "radio") field.checked = value;
  else if (field.multiple) for (const option of field.options) option.selected = value.split("\n").includes(option.value);
  else field.value = value;
};
// A version may be named "version" or "<uid>-version".
dataDesign.versionOf = (unit) => unit.querySelector("input[type='hidden'][name$='version']");

// Radios share a name, so their value is part of the key.
const nameOf = (field) => (field.type === "radio" ? `${field.name}=${field.value}` : field.name);
const valuesOf = (unit) =>
  Object.fromEntries(dataDesign.fieldsOf(unit).filter((field) => field.type !== "password").map((field) => [nameOf(field), dataDesign.valueOf(field)]));

dataDesign.keepDraft = (unit) => {
  const draft = { values: valuesOf(unit), version: dataDesign.versionOf(unit)?.value, isSignedOut: Boolean(dataDesign.isSignedOut) };
  try {
    sessionStorage.setItem(keyOf(unit), JSON.stringify(draft));
  } catch {
    // A full or forbidden storage: the text is still on the page, and leaving asks.
  }
};
dataDesign.forgetDraft = (unit) => sessionStorage.removeItem(keyOf(unit));

function restore(unit, draft) {
  for (const field of dataDesign.fieldsOf(unit)) {
    const value = draft.values[nameOf(field)];
    if (value !== undefined) dataDesign.put(field, value);
  }
  // The old version makes the server show both texts if somebody saved in the meantime.
  const version = dataDesign.versionOf(unit);
  if (version && draft.version !== undefined) version.value = draft.version;
  dataDesign.save(unit);
}

function draftOf(unit) {
  const draft = JSON.parse(sessionStorage.getItem(keyOf(unit)) ?? "null");
  if (!draft) return null;
  const differs = dataDesign.fieldsOf(unit).some((field) => {
    const value = draft.values[nameOf(field)];
    return value !== undefined && value !== dataDesign.valueOf(field);
  });
  if (!differs) dataDesign.forgetDraft(unit);
  return differs ? draft : null;
}

function offer(found) {
  const notice = document.getElementById("draft-template").content.firstElementChild.cloneNode(true);
  const typed = found.flatMap(([, draft]) => Object.values(draft.values)).filter((value) => typeof value === "string" && value.trim());
  notice.querySelector("[data-text]").textContent = typed.slice(0, 3).join(" · ").slice(0, 120);
  notice.querySelector("[data-restore]").addEventListener("click", () => {
    notice.remove();
    for (const [unit, draft] of found) restore(unit, draft);
  });
  notice.querySelector("[data-forget]").addEventListener("click", () => {
    notice.remove();
    for (const [unit] of found) dataDesign.forgetDraft(unit);
  });
  found[0][0].closest("form").before(notice);
}

dataDesign.offerDrafts = () => {
  const units = [...document.querySelectorAll("[data-row][hx-post], [data-record][hx-post]")];
  const found = units.map((unit) => [unit, draftOf(unit)]).filter(([, draft]) => draft);
  const waiting = found.filter(([, draft]) => !draft.isSignedOut);
  for (const [unit, draft] of found) if (draft.isSignedOut) restore(unit, draft);
  if (waiting.length) offer(waiting);
};
