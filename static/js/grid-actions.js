// Adding, moving, duplicating, deleting, bringing back and resolving rows: one request each, and the focus goes on from there.
const actions = new WeakMap();
const afterAdding = new WeakMap();

dataDesign.forgetAction = (row) => actions.delete(row);
dataDesign.actionOf = (row) => {
  const name = actions.get(row);
  actions.delete(row);
  return name ? (html) => (answers[name] ?? settleAction)(row, html) : null;
};

function renumber(body) {
  let number = 0;
  for (const row of body.querySelectorAll("tr.grid-row:not([data-new], .row-deleted)")) {
    number += 1;
    const place = row.querySelector(".row-number");
    if (place) place.textContent = number;
  }
}

function replace(row, html) {
  const content = dataDesign.parsed(html);
  const fresh = [...content.children];
  for (const one of dataDesign.attachedTo(row)) one.remove();
  row.replaceWith(content);
  for (const one of fresh) htmx.process(one);
  return fresh;
}

const neighbour = (row, step) => {
  const rows = [...row.closest("tbody").querySelectorAll("tr.grid-row:not([data-new])")];
  return rows[rows.indexOf(row) + step];
};

function move(row, html, step) {
  const active = row.contains(document.activeElement) ? document.activeElement : null;
  const at = active?.closest("td")?.cellIndex;
  const other = neighbour(row, step);
  const stands = html.trim() ? replace(row, html)[0] : row;
  const group = [stands, ...dataDesign.attachedTo(stands)];
  if (other && step < 0) other.before(...group);
  if (other && step > 0) [other, ...dataDesign.attachedTo(other)].at(-1).after(...group);
  renumber(stands.closest("tbody"));
  (dataDesign.fieldIn(stands, at) ?? stands.querySelector("summary"))?.focus();
}

const answers = {
  up: (row, html) => move(row, html, -1),
  down: (row, html) => move(row, html, 1),
  duplicate(row, html) {
    const fresh = [...dataDesign.parsed(html).children].filter((one) => one.id !== row.id);
    [row, ...dataDesign.attachedTo(row)].at(-1).after(...fresh);
    for (const one of fresh) htmx.process(one);
    renumber(row.closest("tbody"));
    dataDesign.enterField(dataDesign.firstField(fresh[0]));
  },
};

// Deleting, undoing, choosing in a conflict: whatever stands in the row's place afterwards says where the focus goes.
function settleAction(row, html) {
  const at = dataDesign.columnOf(row.querySelector(".cell :focus") ?? row);
  const next = neighbour(row, 1) ?? row.closest("tbody").querySelector("[data-new]");
  const url = row.getAttribute("hx-post");
  dataDesign.forgetDraft(row);
  dataDesign.markDropped(row);
  const fresh = replace(row, html);
  const [first] = fresh;
  renumber(first.closest("tbody"));
  const question = fresh.map((one) => one.querySelector("[data-conflict-title]")).find(Boolean);
  if (first.matches(".row-deleted")) {
    if (!first.hasAttribute("hx-post")) first.setAttribute("hx-post", url);
    dataDesign.enterField(dataDesign.fieldIn(next, at) ?? dataDesign.firstField(next));
    dataDesign.announce(first.textContent.trim());
  } else if (question) {
    question.focus();
  } else {
    dataDesign.markSaved(first);
    dataDesign.enterField(dataDesign.firstField(first));
  }
}

const MOVES = ["up", "down", "duplicate"];

dataDesign.act = async (row, name) => {
  // These may be answered with the whole grid, so what is typed anywhere in it goes first.
  if (MOVES.includes(name)) dataDesign.saveAll();
  await Promise.all(dataDesign.sendingUnits().map((unit) => dataDesign.settled(unit)));
  // The answer to the save may have put a fresh row in the place of this one.
  const current = row.isConnected ? row : document.getElementById(row.id);
  if (!current || ((name === "up" || name === "down") && !neighbour(current, name === "up" ? -1 : 1))) return;
  actions.set(current, name);
  const url = current.getAttribute("hx-post");
  htmx.ajax("POST", url, { source: current, target: current, swap: "none", values: { action: `${name}:${current.dataset.uid}` } });
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-grid] button[data-action]");
  if (!button || button.hasAttribute("hx-post")) return;
  const own = button.closest("tr.row-conflict, tr.grid-row");
  const row = own?.matches(".row-conflict") ? document.getElementById(`row-${own.dataset.for}`) : own;
  if (!row?.hasAttribute("hx-post")) return;
  event.preventDefault();
  dataDesign.act(row, button.dataset.action);
});

// Save the add row and go on in the next one; an empty add row has nothing to save.
dataDesign.addRow = (row, at) => {
  if (!row.hasAttribute("data-new")) {
    dataDesign.enterField(dataDesign.firstField(row.closest("tbody").querySelector("[data-new]")));
    return;
  }
  if (!dataDesign.isDirty(row) && !dataDesign.isUnsaved(row)) return;
  afterAdding.set(row, at);
  dataDesign.save(row, { again: true });
};

// The answer holds the added row and a fresh add row. What was typed in the meantime belongs to the added row.
dataDesign.takeAdded = (row, html) => {
  const active = row.contains(document.activeElement) ? document.activeElement : null;
  const at = active ? dataDesign.columnOf(active) : -1;
  const typed = dataDesign.changedSince(row, dataDesign.sentBy(row)).map((field) => [dataDesign.columnOf(field), dataDesign.valueOf(field)]);
  const goOn = afterAdding.get(row);
  dataDesign.forgetDraft(row);
  dataDesign.markDropped(row);
  const fresh = replace(row, html);
  const added = fresh.find((one) => one.matches("tr.grid-row:not([data-new])"));
  const next = fresh.find((one) => one.matches("[data-new]"));
  if (!added) return;
  renumber(added.closest("tbody"));
  dataDesign.markSaved(added);
  for (const [column, value] of typed) {
    const field = dataDesign.fieldIn(added, column);
    if (field) dataDesign.put(field, value);
  }
  if (active && goOn !== undefined && !typed.length) dataDesign.enterField(dataDesign.fieldIn(next, goOn) ?? dataDesign.firstField(next));
  else if (active) dataDesign.fieldIn(added, at)?.focus();
  else if (typed.length) dataDesign.save(added);
};

// A whole grid comes: rows that could not be saved keep their text and the version they were read with.
let carried = null;

dataDesign.wholeGridComes = (row, target) => {
  actions.delete(row);
  const grid = document.querySelector(target);
  const open = [...(grid?.querySelectorAll("[data-row]") ?? [])].filter((one) => dataDesign.isDirty(one) || dataDesign.isUnsaved(one));
  carried = {
    at: row.contains(document.activeElement) && document.activeElement.closest(".cell") ? dataDesign.columnOf(document.activeElement) : 1,
    rows: open.map((one) => ({
      id: one.id,
      version: dataDesign.versionOf(one)?.value,
      values: dataDesign.fieldsOf(one).map((field) => [field.name, dataDesign.valueOf(field)]),
    })),
  };
};

function putBack({ id, version, values }) {
  const row = document.getElementById(id);
  if (!row) return;
  for (const [name, value] of values) {
    const field = row.querySelector(`[name="${CSS.escape(name)}"]`);
    if (field) dataDesign.put(field, value);
  }
  if (version !== undefined) dataDesign.versionOf(row).value = version;
  dataDesign.markUnsaved(row);
}

document.addEventListener("htmx:afterSettle", () => {
  if (!carried) return;
  const { at, rows } = carried;
  carried = null;
  rows.forEach(putBack);
  const grid = document.querySelector("[data-focus-row]");
  const row = document.getElementById(`row-${grid?.dataset.focusRow}`);
  grid?.removeAttribute("data-focus-row");
  dataDesign.enterField(dataDesign.fieldIn(row, at) ?? dataDesign.firstField(row));
});
