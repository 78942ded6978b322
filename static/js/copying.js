// A button that copies the text of the field beside it, such as a link that is shown only once.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    dataDesign.announce(button.dataset.copied);
    button.textContent = button.dataset.copied;
  } catch {
    // No right to the clipboard: the text is selected, and Ctrl C copies it.
  }
});
