// A link that opens a thread shows its form at the top of the threads, where those are in sight; else it is a page.
// Asked before the other listeners, which would take the link for one that leaves the page.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest("a[data-thread-new]");
    const place = document.getElementById("thread-new");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (!place?.parentElement.getClientRects().length) return;
    event.preventDefault();
    htmx.ajax("GET", link.getAttribute("href"), { target: place, swap: "innerHTML" }).then(() => {
      if (place.contains(document.activeElement)) return;
      place.scrollIntoView({ block: "nearest" });
      place.querySelector("textarea")?.focus();
    });
  },
  { capture: true },
);
