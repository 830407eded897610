// A hand scanner is faster than a network: what it types waits in a line, and nothing is lost.
(function () {
  "use strict";
  const AGAIN = 3000; // milliseconds until a line that found no answer is sent anew
  const waiting = [];
  let sending = false;

  function show(form) {
    const words = form.querySelector("[role=status]");
    words.textContent = waiting.length ? words.dataset.waiting.replace("{n}", waiting.length) : "";
  }

  function renew(page) {
    ["numbers", "lines"].forEach((id) => {
      const old = document.getElementById(id);
      const fresh = page.getElementById(id);
      if (old && fresh) old.replaceChildren(...fresh.childNodes);
    });
  }

  async function send(form) {
    show(form);
    if (sending || !waiting.length) return;
    sending = true;
    const taken = waiting.length;
    const body = new FormData(form);
    body.set("codes", waiting.join("\n"));
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.getElementById("lines")) throw new Error("signed out");
      waiting.splice(0, taken);
      renew(page);
      sending = false;
      send(form);
    } catch (error) {
      sending = false;
      window.setTimeout(send, AGAIN, form);
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-queue]");
    if (!form) return;
    event.preventDefault();
    const input = form.querySelector("[name=codes]");
    const code = input.value.trim();
    input.value = "";
    input.focus();
    if (code) waiting.push(code);
    send(form);
  }, true);

  window.addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault(); });
})();
