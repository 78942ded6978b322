// The companion: a pane, a drawer or a tab, depending on the width; its own width is remembered for each step.
const workbench = document.querySelector("[data-workbench]");
const DRAWER = matchMedia("(min-width: 48rem) and (max-width: 74.99rem)");
const STEP_PX = 32;

function setWidth(width) {
  const most = Math.max(320, innerWidth - 480);
  const fitting = Math.round(Math.min(Math.max(width, 320), most));
  workbench.style.setProperty("--companion", `${fitting}px`);
  document.querySelector("[data-resize]")?.setAttribute("aria-valuenow", fitting);
  return fitting;
}

function remember(width) {
  try {
    localStorage.setItem(`companion:${workbench.dataset.step}`, width);
  } catch {
    // Storage is full or forbidden: the width holds until the page is left.
  }
}

function toggle(opener) {
  if (!DRAWER.matches) {
    dataDesign.showPane(workbench.dataset.pane === "companion" ? "form" : "companion");
    return;
  }
  const isOpen = workbench.dataset.companion !== "open";
  workbench.dataset.companion = isOpen ? "open" : "";
  opener.setAttribute("aria-expanded", isOpen);
  (isOpen ? document.querySelector(".companion a, .companion button") : opener)?.focus();
}

dataDesign.showPane = (pane, target) => {
  if (!workbench || (target && !target.closest(".form-pane"))) return;
  workbench.dataset.pane = pane;
  if (pane === "form" && workbench.dataset.companion === "open") workbench.dataset.companion = "";
  for (const link of document.querySelectorAll("[data-pane]:is(a)")) {
    if (link.dataset.pane === pane) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};

if (workbench) {
  const remembered = Number(localStorage.getItem(`companion:${workbench.dataset.step}`));
  if (remembered) setWidth(remembered);

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-toggle-companion]");
    if (opener) toggle(opener);
    const tab = event.target.closest(".pane-tabs a[data-pane]");
    if (tab) {
      event.preventDefault();
      dataDesign.showPane(tab.dataset.pane);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && workbench.dataset.companion === "open" && event.target.closest(".companion")) {
      toggle(document.querySelector("[data-toggle-companion]"));
    }
    if (event.target.matches?.("[data-resize]") && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      event.preventDefault();
      const width = document.querySelector(".companion").offsetWidth;
      remember(setWidth(width + (event.key === "ArrowLeft" ? STEP_PX : -STEP_PX)));
    }
  });

  document.addEventListener("pointerdown", (event) => {
    const edge = event.target.closest("[data-resize]");
    if (!edge) return;
    edge.setPointerCapture(event.pointerId);
    edge.toggleAttribute("data-dragging", true);
    const right = document.querySelector(".companion").getBoundingClientRect().right;
    const drag = (moved) => setWidth(right - moved.clientX);
    edge.addEventListener("pointermove", drag);
    edge.addEventListener("lostpointercapture", (last) => {
      edge.removeEventListener("pointermove", drag);
      edge.removeAttribute("data-dragging");
      remember(setWidth(right - last.clientX));
    }, { once: true });
  });
}

// A save that is answered while the companion is on its way would be missing in it: then it is asked for once more.
const begun = new WeakMap();
let savedAt = 0;
document.addEventListener("saved", () => { savedAt = performance.now(); });
document.addEventListener("htmx:beforeSend", (event) => begun.set(event.detail.xhr, performance.now()));
document.addEventListener("htmx:afterSettle", (event) => {
  const content = document.getElementById("companion-content");
  if (event.detail.target?.id === "companion-content" && begun.get(event.detail.xhr) < savedAt) htmx.trigger(content, "stale");
});

// Counts are read aloud when they change, and only then.
const countsNow = () => [...document.querySelectorAll(".findings-head .count")].map((count) => count.title).join(", ");
let counts = countsNow();
document.addEventListener("htmx:afterSettle", () => {
  if (!document.querySelector(".findings-head") || countsNow() === counts) return;
  counts = countsNow();
  dataDesign.announce(`${dataDesign.text("savedAgain")} ${counts}`);
});
