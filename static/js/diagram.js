// Zoom, pan and fit of the diagram, by its viewBox: no style is written, and the picture stays sharp.
const views = new WeakMap();
const CLOSEST = 0.1;
const FURTHEST = 1.5;
// A picture of one entity would fill the pane with letters an inch high.
const LARGEST_FIT = 1.25;
// Where the person has moved the picture to: the next one, after a save, is shown from there too.
let chosen = null;

function viewOf(svg) {
  if (!views.has(svg)) {
    const { x, y, width, height } = svg.viewBox.baseVal;
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    svg.setAttribute("preserveAspectRatio", "xMidYMin meet");
    views.set(svg, { whole: { x, y, width, height }, x, y, width, height });
  }
  return views.get(svg);
}

function put(svg, view) {
  views.set(svg, view);
  svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
}

function show(svg, view) {
  chosen = view;
  put(svg, view);
}

// Keeps the point under the pointer, or else the middle, where it is.
function zoom(svg, factor, at = { x: 0.5, y: 0.5 }) {
  const view = viewOf(svg);
  const width = Math.min(Math.max(view.width * factor, view.whole.width * CLOSEST), view.whole.width * FURTHEST);
  const scale = width / view.width;
  const height = view.height * scale;
  show(svg, { ...view, x: view.x + (view.width - width) * at.x, y: view.y + (view.height - height) * at.y, width, height });
}

function pan(svg, right, down) {
  const view = viewOf(svg);
  show(svg, { ...view, x: view.x + view.width * right, y: view.y + view.height * down });
}

function fit(svg) {
  const { whole } = viewOf(svg);
  const pane = svg.parentElement.getBoundingClientRect();
  chosen = null;
  if (!pane.width || Math.min(pane.width / whole.width, pane.height / whole.height) <= LARGEST_FIT) {
    put(svg, { whole, ...whole });
    return;
  }
  const [width, height] = [pane.width / LARGEST_FIT, pane.height / LARGEST_FIT];
  put(svg, { whole, x: whole.x - (width - whole.width) / 2, y: whole.y, width, height });
}

function begin(svg) {
  const { whole } = viewOf(svg);
  if (chosen) put(svg, { ...chosen, whole });
  else fit(svg);
}

const svgOf = (element) => element?.closest?.("[data-diagram]")?.querySelector("[data-diagram-canvas] > svg");
const ZOOMS = { in: (svg) => zoom(svg, 0.8), out: (svg) => zoom(svg, 1.25), fit };
const KEYS = {
  "+": ZOOMS.in, "=": ZOOMS.in, "-": ZOOMS.out, 0: fit,
  ArrowLeft: (svg) => pan(svg, -0.1, 0), ArrowRight: (svg) => pan(svg, 0.1, 0),
  ArrowUp: (svg) => pan(svg, 0, -0.1), ArrowDown: (svg) => pan(svg, 0, 0.1),
};

// Also when a pane that was hidden is shown, or is made wider.
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) if (target.firstElementChild?.matches("svg")) begin(target.firstElementChild);
});
const observe = () => {
  sizes.disconnect();
  for (const canvas of document.querySelectorAll("[data-diagram-canvas]")) sizes.observe(canvas);
};
observe();
document.addEventListener("htmx:afterSettle", observe);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-zoom]");
  const svg = svgOf(button);
  if (svg) ZOOMS[button.dataset.zoom](svg);
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("[data-diagram-canvas]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const svg = svgOf(event.target);
  if (!svg || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key](svg);
});

document.addEventListener("wheel", (event) => {
  const svg = svgOf(event.target);
  if (!svg || !event.target.closest("[data-diagram-canvas]") || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const box = svg.getBoundingClientRect();
  zoom(svg, event.deltaY < 0 ? 0.85 : 1.18, { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height });
}, { passive: false });

document.addEventListener("pointerdown", (event) => {
  const canvas = event.target.closest?.("[data-diagram-canvas]");
  const svg = svgOf(canvas);
  if (!svg || event.button) return;
  const start = { x: event.clientX, y: event.clientY, view: { ...viewOf(svg) } };
  const box = svg.getBoundingClientRect();
  // The picture keeps its proportions, so one of the two sides decides how much a pixel is.
  const unit = Math.max(start.view.width / box.width, start.view.height / box.height);
  const drag = (moved) => {
    if (!canvas.hasPointerCapture(event.pointerId)) {
      // A click on an entity is a link; only a real drag takes the pointer.
      if (Math.hypot(moved.clientX - start.x, moved.clientY - start.y) < 4) return;
      canvas.setPointerCapture(event.pointerId);
      canvas.toggleAttribute("data-dragging", true);
    }
    show(svg, { ...start.view, x: start.view.x - (moved.clientX - start.x) * unit, y: start.view.y - (moved.clientY - start.y) * unit });
  };
  const end = () => {
    document.removeEventListener("pointermove", drag);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    // After the click that ends the drag.
    setTimeout(() => canvas.removeAttribute("data-dragging"));
  };
  document.addEventListener("pointermove", drag);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-diagram-canvas][data-dragging]")) event.preventDefault();
}, true);
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("[data-diagram-canvas]")) event.preventDefault();
});
