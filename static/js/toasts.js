// A toast goes after six seconds, not while it is pointed at or holds the focus.
const SHOWN_MS = 6000;
const shelf = document.querySelector("[data-toasts]");

function live(toast) {
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), SHOWN_MS); };
  const stop = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("pointerleave", () => { if (!toast.contains(document.activeElement)) start(); });
  toast.addEventListener("focusout", start);
  const button = toast.querySelector("[data-close]");
  button.hidden = false;
  button.addEventListener("click", () => { stop(); toast.remove(); });
  start();
}

dataDesign.toast = (text, { href, label, retry } = {}) => {
  const toast = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  toast.querySelector("[data-text]").textContent = text;
  const link = toast.querySelector("[data-link]");
  if (href) Object.assign(link, { href, textContent: label, hidden: false });
  const button = toast.querySelector("[data-retry]");
  if (retry) {
    button.hidden = false;
    button.addEventListener("click", () => { toast.remove(); retry(); });
  }
  shelf.append(toast);
  live(toast);
};

for (const toast of shelf.querySelectorAll("[data-toast]")) live(toast);
// A part may say what it did: HX-Trigger: {"toast": {"value": "Deleted refunds."}}
document.addEventListener("toast", (event) => dataDesign.toast(event.detail.value, event.detail));
