// A form that one button saves: leaving asks while something is typed in it, and what was sent and not taken, because
// the session had ended or the server was in trouble, is offered when the page is opened again.
const FORM = "form[data-asks-before-leaving]";
const PREFIX = "typed:";
const { user } = document.body.dataset;
const keyOf = () => `${PREFIX}${user}:${location.pathname}`;
let isSending = false;

const isTypedIn = (form) => dataDesign.fieldsOf(form).some((field) => dataDesign.valueOf(field) !== dataDesign.defaultOf(field));
// What came back refused is not saved either, although it is what the page was opened with.
const isOpen = (form) => isTypedIn(form) || form.querySelector("[data-error-summary], .conflict");

document.addEventListener("submit", (event) => {
  if (!event.target.matches(FORM)) return;
  isSending = true;
  const values = Object.fromEntries(dataDesign.fieldsOf(event.target).filter((field) => field.type !== "radio").map((field) => [field.id, dataDesign.valueOf(field)]));
  try {
    sessionStorage.setItem(keyOf(), JSON.stringify(values));
  } catch {
    // A full or forbidden storage: the browser's way back still has the text.
  }
});

// The browser's way back brings the page as it was left.
addEventListener("pageshow", () => (isSending = false));

// An answer to a click on “Add” comes into the page, which stays.
document.addEventListener("htmx:afterRequest", () => (isSending = false));

addEventListener("beforeunload", (event) => {
  if (!isSending && [...document.querySelectorAll(FORM)].some(isOpen)) event.preventDefault();
});

function offer(form, values) {
  const fields = dataDesign.fieldsOf(form).filter((field) => field.id in values && values[field.id] !== dataDesign.valueOf(field));
  if (!fields.length) return;
  const notice = document.getElementById("draft-template").content.firstElementChild.cloneNode(true);
  const typed = fields.map((field) => values[field.id]).filter((value) => typeof value === "string" && value.trim());
  notice.querySelector("[data-text]").textContent = typed.join(" · ").slice(0, 120);
  notice.querySelector("[data-restore]").addEventListener("click", () => {
    notice.remove();
    for (const field of fields) dataDesign.put(field, values[field.id]);
  });
  notice.querySelector("[data-forget]").addEventListener("click", () => notice.remove());
  form.before(notice);
}

function look() {
  const form = document.querySelector(FORM);
  const kept = sessionStorage.getItem(keyOf());
  // Another page of the same person came: the form was taken.
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(`${PREFIX}${user}:`) && (form || key !== keyOf())) sessionStorage.removeItem(key);
  if (form && kept && !isOpen(form)) offer(form, JSON.parse(kept));
}
if (user) look();
