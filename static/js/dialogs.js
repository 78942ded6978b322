// Dialogs open by a button; what cannot be taken back lightly asks first.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open-dialog]");
  if (opener) document.getElementById(opener.dataset.openDialog)?.showModal();
  if (event.target.matches?.("dialog")) event.target.close();
});

function ask({ confirm, confirmTitle, confirmYes, confirmNo }) {
  const dialog = document.getElementById("confirm-template").content.firstElementChild.cloneNode(true);
  dialog.querySelector("h2").textContent = confirmTitle ?? "";
  dialog.querySelector("p").textContent = confirm;
  const [no, yes] = dialog.querySelectorAll("button");
  if (confirmYes) yes.textContent = confirmYes;
  if (confirmNo) no.textContent = confirmNo;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-confirm]");
  if (!button || button.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await ask(button.dataset)) {
    button.dataset.confirmed = "yes";
    button.click();
    delete button.dataset.confirmed;
  } else {
    button.focus();
  }
}, true);
