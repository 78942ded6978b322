// What the other scripts share: the words that stand in the page, and the one place that is read aloud.
document.documentElement.classList.add("js");

const words = document.getElementById("script-texts")?.dataset ?? {};

globalThis.dataDesign = {
  text(name, values = {}) {
    return Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), words[name] ?? "");
  },
  announce(text) {
    document.querySelector("[data-announcer]").textContent = text;
  },
};

document.addEventListener("change", (event) => {
  event.target.closest("[data-submit-on-change]")?.requestSubmit();
});

document.addEventListener("click", (event) => {
  // "Not yet": the button stays focusable, and the reason stands beside it.
  if (event.target.closest("[aria-disabled='true']")) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);
