// The grid's keys. Tab needs no help: cells are inputs in the order they are read.
const fieldIn = (row, at) => row?.cells?.[at]?.querySelector("input:not([type='hidden']), select, textarea");
const rowsOf = (row) => [...row.closest("tbody").querySelectorAll("tr.grid-row")].filter((one) => one.querySelector(".cell"));

function firstField(row) {
  return row?.querySelector(".cell :is(input:not([type='hidden']), select, textarea)");
}
dataDesign.firstField = firstField;

function enter(field) {
  if (!field) return;
  field.focus();
  if (field.matches("input") && field.select) field.select();
}
dataDesign.enterField = enter;
dataDesign.columnOf = (field) => field.closest("td")?.cellIndex ?? -1;
dataDesign.fieldIn = fieldIn;

function moveTo(row, field, step) {
  const rows = rowsOf(row);
  const next = rows[rows.indexOf(row) + step];
  if (next) enter(fieldIn(next, dataDesign.columnOf(field)) ?? firstField(next));
  else if (step > 0) dataDesign.addRow(row, dataDesign.columnOf(field));
}

function giveBack(row, field) {
  const saved = dataDesign.savedValueOf(row, field);
  if (dataDesign.valueOf(field) === saved) return false;
  dataDesign.put(field, saved);
  if (!dataDesign.isDirty(row)) dataDesign.forgetDraft(row);
  field.select?.();
  return true;
}

function onEnter(event, row, field) {
  if (event.ctrlKey || event.metaKey) {
    if (row.hasAttribute("data-new")) dataDesign.addRow(row, 1);
    else enter(firstField(row.closest("tbody").querySelector("[data-new]")));
  } else if (event.altKey) {
    const menu = row.querySelector("details[data-menu]");
    if (!menu) return;
    menu.open = true;
    menu.querySelector(".menu-item").focus();
  } else {
    moveTo(row, field, event.shiftKey ? -1 : 1);
  }
}

document.addEventListener("keydown", (event) => {
  const field = event.target;
  const row = field.closest?.("[data-grid] tr[data-row]");
  if (!row || !field.closest(".cell") || event.isComposing) return;
  if (event.key === "Enter") {
    event.preventDefault();
    onEnter(event, row, field);
  } else if (event.altKey && event.shiftKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && !field.matches("select")) {
    event.preventDefault();
    dataDesign.extendSelection?.(row, field, event.key === "ArrowUp" ? -1 : 1);
  } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && !field.matches("select")) {
    event.preventDefault();
    if (!row.hasAttribute("data-new")) dataDesign.act(row, event.key === "ArrowUp" ? "up" : "down");
  } else if (event.key === "Escape" && giveBack(row, field)) {
    event.preventDefault();
  }
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-grid] tr[data-row]");
  const place = document.querySelector("[data-grid-place]");
  if (!row || !place) return;
  const rows = rowsOf(row).filter((one) => !one.hasAttribute("data-new"));
  const at = rows.indexOf(row);
  if (at >= 0) place.textContent = dataDesign.text("rowPlace", { row: at + 1, rows: rows.length });
});
