// A menu is a <details>: it closes on Escape, on a click elsewhere and after a choice, and gives the focus back.
const openMenus = () => document.querySelectorAll("details[data-menu][open]");

function close(menu, { giveFocusBack = false } = {}) {
  menu.open = false;
  if (giveFocusBack) menu.querySelector("summary").focus();
}

function place(menu) {
  const panel = menu.querySelector(".menu-panel");
  const opener = menu.getBoundingClientRect();
  panel.toggleAttribute("data-floating", Boolean(menu.closest(".grid-scroll, .form-body, .companion-body")));
  if (!panel.hasAttribute("data-floating")) return;
  const fitsBelow = opener.bottom + panel.offsetHeight + 8 < innerHeight;
  panel.style.setProperty("--menu-top", `${fitsBelow ? opener.bottom + 2 : Math.max(8, opener.top - panel.offsetHeight - 2)}px`);
  panel.style.setProperty("--menu-left", `${Math.max(8, opener.right - panel.offsetWidth)}px`);
}

// "toggle" does not bubble.
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.("details[data-menu]") || !menu.open) return;
  for (const other of openMenus()) if (other !== menu && !other.contains(menu)) close(other);
  place(menu);
}, true);

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    const isInside = menu.contains(event.target);
    if (!isInside || event.target.closest(".menu-item")) close(menu, { giveFocusBack: isInside });
  }
});

document.addEventListener("scroll", (event) => {
  for (const menu of openMenus()) if (event.target.contains?.(menu) && menu.querySelector("[data-floating]")) close(menu);
}, true);

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details[data-menu][open]");
  if (!menu) return;
  if (event.key === "Escape") {
    close(menu, { giveFocusBack: true });
    event.stopImmediatePropagation();
    event.preventDefault();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const items = [...menu.querySelectorAll(".menu-item")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    const at = items.indexOf(document.activeElement);
    items.at(at < 0 && step < 0 ? -1 : (at + step) % items.length)?.focus();
    event.preventDefault();
  }
}, true);

document.addEventListener("focusout", (event) => {
  const menu = event.target.closest?.("details[data-menu][open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) close(menu);
});
