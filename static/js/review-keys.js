// The keyboard review mode: J and K go to undecided items, P, F and N give a verdict, C opens the comment, Ctrl Enter
// publishes. Verdicts are saved as they are chosen, by the same script as every record.
const ITEM = "[data-review-item]";
const items = () => [...document.querySelectorAll(`${ITEM}:has([data-record])`)];
const chosenIn = (item) => item.querySelector("input[name='verdict']:checked");
const isTyping = (element) => element.matches?.("input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable]");

function open(item, isOpen = true) {
  item.toggleAttribute("data-open", isOpen);
  for (const opener of item.querySelectorAll("[data-open-comment], [data-toggle-item]")) opener.setAttribute("aria-expanded", isOpen);
}

function goTo(item) {
  const fold = item.closest("details");
  if (fold) fold.open = true;
  if (chosenIn(item)) open(item);
  const field = chosenIn(item) ?? item.querySelector("input[name='verdict']");
  item.scrollIntoView({ block: "nearest" });
  field.focus({ preventScroll: true });
}

// The item with the focus, else the first one that is open.
function current() {
  return document.activeElement.closest(ITEM) ?? items().find((item) => !chosenIn(item)) ?? items()[0];
}

// The next undecided item in this direction, and the next of all once every one is decided.
function next(step) {
  const all = items();
  const at = all.indexOf(document.activeElement.closest(ITEM));
  const from = at < 0 ? (step > 0 ? -1 : all.length) : at;
  const ahead = step > 0 ? all.slice(from + 1) : all.slice(0, from).reverse();
  const around = step > 0 ? all.slice(0, Math.max(from, 0)) : all.slice(from + 1).reverse();
  const item = [...ahead, ...around].find((one) => !chosenIn(one)) ?? ahead[0] ?? around[0];
  if (item) goTo(item);
}

function comment(item) {
  open(item);
  const field = item.querySelector("textarea[name='comment']");
  item.scrollIntoView({ block: "nearest" });
  field.focus({ preventScroll: true });
}

function choose(verdict) {
  const item = current();
  const radio = item?.querySelector(`input[name='verdict'][value='${verdict}']`);
  if (!radio) return;
  goTo(item);
  radio.focus({ preventScroll: true });
  if (!radio.checked) {
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (verdict !== "pass") comment(item);
}

async function publish() {
  dataDesign.saveAll();
  await Promise.all(dataDesign.sendingUnits().map((unit) => dataDesign.settled(unit)));
  // Some text was not taken: it stays on the page with what is said of it.
  if (dataDesign.unsavedUnits().length) return;
  document.getElementById("review-publish")?.requestSubmit();
}

const KEYS = {
  j: () => next(1),
  k: () => next(-1),
  p: () => choose("pass"),
  f: () => choose("fail"),
  n: () => choose("not-applicable"),
  c: () => current() && comment(current()),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog[open]") || !document.querySelector(`${ITEM} [data-record]`)) return;
  const isElsewhere = isTyping(event.target) && !event.target.closest(ITEM);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !isElsewhere) {
    event.preventDefault();
    publish();
    return;
  }
  const action = KEYS[event.key];
  if (!action || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.body.dataset.shortcuts === "off" || !items().length) return;
  event.preventDefault();
  action();
});

document.addEventListener("change", (event) => {
  const item = event.target.closest(ITEM);
  if (!item || event.target.name !== "verdict") return;
  open(item);
  // The reason of a published fail is none for the pass that clears it. It stays with the fail, and a draft's words stay here.
  const words = item.querySelector("textarea[name='comment']");
  const isPublished = !item.querySelector(".review-draft-tag") && words.value === words.defaultValue;
  if (event.target.value === "pass" && isPublished) words.value = "";
  dataDesign.save(dataDesign.unitOf(event.target));
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open-comment], [data-toggle-item]");
  const item = opener?.closest(ITEM);
  if (!item) return;
  if (item.hasAttribute("data-open")) open(item, false);
  else if (opener.matches("[data-open-comment]")) comment(item);
  else open(item);
});

// How far one is, is read aloud when it changes, and only then.
const count = () => document.getElementById("checklist-count")?.textContent.trim();
let heard = count();
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.target.matches("[data-review-progress]") || !count() || count() === heard) return;
  heard = count();
  dataDesign.announce(heard);
});
