// Search or jump: Ctrl K opens the dialog, arrows choose, Enter goes there. The focus stays in the field.
const dialog = document.getElementById("search-dialog");
const field = document.getElementById("search-query");
const list = document.getElementById("search-options");
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

function options() {
  return [...list.querySelectorAll("[role='option']")];
}

function choose(option) {
  for (const each of options()) each.setAttribute("aria-selected", each === option);
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

function move(step) {
  const all = options();
  if (!all.length) return;
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  choose(all.at(at < 0 && step < 0 ? -1 : (at + step) % all.length));
}

function open() {
  if (document.querySelector("dialog[open]")) return;
  dialog.showModal();
  field.select();
  field.dispatchEvent(new CustomEvent("search-opened"));
}

if (dialog) {
  if (isMac) for (const key of document.querySelectorAll("[data-search-key]")) key.textContent = "⌘K";

  document.addEventListener("keydown", (event) => {
    const isOurs = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    if (!isOurs || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    open();
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open-search]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      // A search field would be emptied by the first Escape.
      event.preventDefault();
      dialog.close();
    } else if (event.key === "Enter") {
      const chosen = options().find((option) => option.getAttribute("aria-selected") === "true");
      if (!chosen || list.dataset.of !== field.value) return;
      event.preventDefault();
      dialog.close();
      chosen.click();
    }
  });

  list.addEventListener("click", () => dialog.close());

  list.addEventListener("htmx:afterSwap", (event) => {
    list.dataset.of = event.detail.requestConfig?.parameters?.q ?? field.value;
    const note = list.querySelector("[data-search-note]");
    document.querySelector("[data-search-status]").textContent = note?.textContent.replace(/\s+/g, " ").trim() ?? "";
    note?.remove();
    const all = options();
    field.setAttribute("aria-expanded", all.length > 0);
    choose(all[0]);
  });
}
