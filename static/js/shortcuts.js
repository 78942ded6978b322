// Keys that work everywhere. Single ones work outside fields only, and can be switched off in the profile.
const isTyping = (element) => element.matches?.("input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable]");

function go(url) {
  if (url) location.assign(url);
}

function nextFinding() {
  const links = [...document.querySelectorAll(".finding a[href]")];
  if (!links.length) return;
  const at = links.findIndex((link) => link.hasAttribute("data-visited"));
  links[at]?.removeAttribute("data-visited");
  const next = links[(at + 1) % links.length];
  next.setAttribute("data-visited", "");
  next.click();
}

const workbench = document.querySelector("[data-workbench]");
const SINGLE = {
  "?": () => document.getElementById("shortcuts").showModal(),
  "/": () => document.querySelector("[data-filter]")?.focus(),
  "[": () => go(workbench?.dataset.stepBefore),
  "]": () => go(workbench?.dataset.stepAfter),
  "\\": () => document.querySelector("[data-toggle-companion]")?.click(),
  ".": nextFinding,
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    if (document.querySelector("[data-row], [data-record]")) {
      event.preventDefault();
      dataDesign.saveAll();
    }
    return;
  }
  const action = SINGLE[event.key];
  // AltGr types brackets on many keyboards and reports Ctrl and Alt together.
  const isPlain = !event.metaKey && (event.getModifierState("AltGraph") || (!event.ctrlKey && !event.altKey));
  if (!action || !isPlain || event.defaultPrevented || isTyping(event.target)) return;
  if (document.body.dataset.shortcuts === "off" || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  action();
});
