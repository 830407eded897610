// Progress of an upload; without script the form is sent as forms are.
(function () {
  "use strict";
  const address = () => window.location.pathname + window.location.search;
  let here = address();
  const size = (bytes) => (bytes / 1e6).toFixed(1) + " MB";

  function send(form, event) {
    const box = form.querySelector("[data-upload-progress]");
    const bar = box.querySelector("progress");
    const words = box.querySelector("p");
    const button = form.querySelector("button.go");
    if (button.disabled) { event.preventDefault(); return; }
    const request = new XMLHttpRequest();
    const failed = () => { words.textContent = words.dataset.failed; button.disabled = false; };
    event.preventDefault();
    button.disabled = true;
    box.hidden = false;
    request.upload.addEventListener("progress", (step) => {
      if (!step.lengthComputable) return;
      bar.max = step.total;
      bar.value = step.loaded;
      words.textContent = step.loaded < step.total
        ? words.dataset.sending.replace("{done}", size(step.loaded)).replace("{total}", size(step.total))
        : words.dataset.keeping;
    });
    request.addEventListener("error", failed);
    request.addEventListener("abort", failed);
    request.addEventListener("load", () => land(request));
    request.open("POST", form.action);
    request.send(new FormData(form));
  }

  // The answer is a whole page, after a redirect or with what is to be corrected.
  function land(request) {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const frame = page.querySelector(".frame");
    if (!frame) { document.open(); document.write(request.responseText); document.close(); return; }
    document.title = page.title;
    document.querySelector(".frame").replaceWith(frame);
    window.history.pushState(null, "", request.responseURL);
    here = address();
    window.scrollTo(0, 0);
    begin(frame);
    document.dispatchEvent(new CustomEvent("htmx:afterSwap", { detail: { elt: frame } }));
  }

  function begin(within) {
    within.querySelectorAll("form[data-upload]").forEach((form) => {
      form.addEventListener("submit", (event) => send(form, event));
    });
  }
  // A link to a field of this page changes the fragment only: nothing to load again.
  window.addEventListener("popstate", () => { if (address() !== here) window.location.reload(); });
  document.addEventListener("DOMContentLoaded", () => begin(document));
})();
