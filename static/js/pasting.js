// Several lines or cells from a spreadsheet become rows: the server shows what it would take, and saves nothing yet.
function addField(form, name, value) {
  const field = Object.assign(document.createElement("textarea"), { name, hidden: true });
  field.value = value;
  form.append(field);
}

document.addEventListener("paste", (event) => {
  const grid = event.target.closest?.("[data-grid][data-paste-url]");
  if (!grid || !event.target.closest(".cell")) return;
  // One copied cell ends with a line break, and is just text.
  const text = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r?\n$/, "");
  const isProse = event.target.matches("textarea") && !text.includes("\t");
  if (isProse || !/[\n\t]/.test(text)) return;
  event.preventDefault();
  const form = Object.assign(document.createElement("form"), { method: "post", action: grid.dataset.pasteUrl, hidden: true });
  addField(form, "csrfmiddlewaretoken", JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]);
  addField(form, "rows", text);
  document.body.append(form);
  dataDesign.saveAll();
  Promise.all(dataDesign.sendingUnits().map((unit) => dataDesign.settled(unit))).then(() => form.submit());
});
