// A key is proposed while it is empty; one that was typed in the meantime is never replaced.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  if (target.matches("[data-proposal]") && target.querySelector("input").value) event.detail.shouldSwap = false;
});

// A title that was typed and left before the scripts had come is asked about when they have.
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) return;
  const proposal = document.querySelector("[data-proposal]");
  const title = document.getElementById("id_title");
  if (!proposal || proposal.querySelector("input").value || !title.value || title === document.activeElement) return;
  title.dispatchEvent(new Event("change", { bubbles: true }));
});
