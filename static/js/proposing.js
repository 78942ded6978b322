// A key is proposed while it is empty; one that was typed in the meantime is never replaced.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  if (target.matches("[data-proposal]") && target.querySelector("input").value) event.detail.shouldSwap = false;
});
