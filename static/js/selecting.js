// Several rows of a grid at once: their boxes, a range with Shift, and what is done with all of them.
const last = new WeakMap();

const boxesOf = (grid) => [...grid.querySelectorAll("tbody [data-select]")];
const chosenOf = (grid) => boxesOf(grid).filter((box) => box.checked);
const gridOf = (element) => element.closest("[data-grid]");

function refresh(grid) {
  const bar = grid.querySelector("[data-selected]");
  if (!bar) return;
  const boxes = boxesOf(grid);
  const count = chosenOf(grid).length;
  const wasOpen = bar.hasAttribute("data-active");
  bar.toggleAttribute("data-active", count > 0 || Boolean(bar.querySelector("[data-selected-notice]")));
  if (count && !wasOpen) bar.open = true;
  bar.querySelector("[data-selected-count]").textContent = count;
  grid.toggleAttribute("data-selecting", count > 0);
  const all = grid.querySelector("[data-select-all]");
  if (!all) return;
  all.checked = count > 0 && count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
}

// Tab goes from cell to cell; the boxes are reached by Alt+Shift and an arrow, and by Tab once some are chosen.
function placeStops(grid) {
  const at = grid.hasAttribute("data-selecting") ? 0 : -1;
  for (const box of grid.querySelectorAll("[data-select], [data-select-all]")) box.tabIndex = at;
}
document.addEventListener("focusin", (event) => {
  const grid = gridOf(event.target);
  if (grid) placeStops(grid);
});

function tell(grid) {
  const count = chosenOf(grid).length;
  dataDesign.announce(count === 1 ? dataDesign.text("selectedOne") : dataDesign.text("selectedMany", { count }));
}

function choose(grid, box, isChosen, range) {
  const boxes = boxesOf(grid);
  const from = range ? boxes.indexOf(last.get(grid)) : -1;
  const to = boxes.indexOf(box);
  const [low, high] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  for (const one of boxes.slice(low, high + 1)) one.checked = isChosen;
  last.set(grid, box);
  refresh(grid);
  tell(grid);
}

document.addEventListener("click", (event) => {
  const grid = gridOf(event.target);
  if (!grid) return;
  const box = event.target.closest("[data-select]") ?? event.target.closest("tr.grid-row > .gutter")?.querySelector("[data-select]");
  if (!box) return;
  const isBox = event.target === box;
  if (!isBox) getSelection()?.removeAllRanges();
  choose(grid, box, isBox ? box.checked : !box.checked, event.shiftKey);
});

document.addEventListener("change", (event) => {
  const grid = gridOf(event.target);
  if (!grid) return;
  if (event.target.matches("[data-select-all]")) {
    for (const box of boxesOf(grid)) box.checked = event.target.checked;
    refresh(grid);
    tell(grid);
  } else if (event.target.matches("[data-selected-column]")) {
    fit(grid, event.target);
  }
});

// Alt+Shift and an arrow: this row and the next one are selected, and the focus goes along.
dataDesign.extendSelection = (row, field, step) => {
  const grid = gridOf(row);
  const rows = [...grid.querySelectorAll("tr.grid-row:not([data-new])")].filter((one) => one.querySelector("[data-select]"));
  const at = rows.indexOf(row);
  if (at < 0) return;
  const next = rows[at + step];
  const own = row.querySelector("[data-select]");
  const other = next?.querySelector("[data-select]");
  // Turning back gives the row up again.
  if (own.checked && other?.checked) own.checked = false;
  else own.checked = true;
  if (other) other.checked = true;
  last.set(grid, other ?? own);
  refresh(grid);
  tell(grid);
  if (next) dataDesign.enterField(dataDesign.fieldIn(next, dataDesign.columnOf(field)) ?? dataDesign.firstField(next));
};

// The value is typed in a control like that of the column.
function fit(grid, select) {
  const place = grid.querySelector("[data-selected-value]");
  const old = place.querySelector("[name='value']");
  const sample = grid.querySelector(`tbody tr.grid-row .cell [name$="-${CSS.escape(select.value)}"]`);
  const control = document.createElement(sample && (sample.options || sample.type === "checkbox") ? "select" : "input");
  if (sample?.options) control.append(...[...sample.options].map((option) => new Option(option.text, option.text)));
  else if (sample?.type === "checkbox") control.append(new Option("yes"), new Option("no"));
  else {
    control.autocomplete = "off";
    control.dir = "auto";
    if (sample?.hasAttribute("list")) control.setAttribute("list", sample.getAttribute("list"));
    control.value = old.value;
  }
  control.name = "value";
  old.replaceWith(control);
}

// What is typed in the rows goes first: what is done with all of them starts from what is saved.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-selected-action]");
  if (!button) return;
  event.preventDefault();
  dataDesign.saveAll();
  await Promise.all(dataDesign.sendingUnits().map((unit) => dataDesign.settled(unit)));
  if (button.isConnected) htmx.trigger(button, "selected");
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { elt, target } = event.detail.requestConfig;
  if (!elt.matches("[data-selected-action]") || event.detail.xhr.status >= 300) return;
  const row = target.querySelector("tr[data-row]");
  if (row) dataDesign.wholeGridComes(row, `#${target.id}`);
});

document.addEventListener("htmx:afterSettle", (event) => {
  const grids = event.target.matches?.(".grid-section") ? [event.target.querySelector("[data-grid]")] : [];
  for (const grid of grids.filter(Boolean)) {
    wire(grid);
    const elt = event.detail.requestConfig?.elt;
    if (!elt?.matches("[data-selected-action]")) continue;
    const place = grid.querySelector("[data-selected-notice]") ?? grid.querySelector("[data-selected][data-active] [data-selected-column]");
    (place ?? grid.querySelector("[data-new] .cell input"))?.focus();
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-selected-none]");
  if (!button) return;
  const grid = gridOf(button);
  for (const box of boxesOf(grid)) box.checked = false;
  refresh(grid);
  dataDesign.enterField(dataDesign.firstField(grid.querySelector("tr.grid-row")));
});

// A proposal is put into its cell, and saved as all that is typed there.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-propose]");
  const field = button?.closest(".cell").querySelector("input");
  if (!field) return;
  event.preventDefault();
  dataDesign.put(field, button.value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  button.remove();
  field.focus();
});

function wire(grid) {
  const column = grid.querySelector("[data-selected-column]");
  if (column?.value) fit(grid, column);
  refresh(grid);
  placeStops(grid);
}

for (const grid of document.querySelectorAll("[data-grid]")) wire(grid);
