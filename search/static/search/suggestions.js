// What the search boxes offer while somebody types: a listbox (WAI-ARIA combobox) that htmx fills.
(function () {
  "use strict";
  const LEAST = 2; // characters

  function complete(input) {
    const list = document.getElementById(input.dataset.completes);
    let active = -1, isWanted = false;
    list.setAttribute("role", "listbox");
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
      input.setAttribute(name, value);
    }
    const options = () => Array.from(list.querySelectorAll("[role=option]"));
    const isLongEnough = () => input.value.trim().length >= LEAST;
    const close = () => {
      list.hidden = true;
      isWanted = false;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const open = () => {
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = options().length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
    };
    const point = (index) => {
      active = index;
      options().forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
      const chosen = options()[index];
      if (!chosen) return;
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    };
    const choose = (option) => {
      close();
      if (option.dataset.href) { window.location.assign(option.dataset.href); return; }
      input.value = option.dataset.fill;
      input.focus();
    };

    // Too short a text is not asked for; what comes after the list was closed is not shown any more.
    input.addEventListener("input", () => { if (isLongEnough()) isWanted = true; else close(); });
    input.addEventListener("htmx:beforeRequest", (event) => { if (!isWanted) event.preventDefault(); });
    list.addEventListener("htmx:beforeSwap", (event) => {
      if (!isWanted || document.activeElement !== input || event.detail.xhr.status !== 200) event.detail.shouldSwap = false;
    });
    list.addEventListener("htmx:afterSwap", open);

    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      const last = options().length - 1;
      if (event.key === "ArrowDown") { event.preventDefault(); point(active < last ? active + 1 : 0); }
      else if (event.key === "ArrowUp") { event.preventDefault(); point(active > 0 ? active - 1 : last); }
      else if (event.key === "Enter" && active >= 0) { event.preventDefault(); choose(options()[active]); }
      else if (event.key === "Enter") close();
      else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
    });
    list.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the box keeps the focus
      const option = event.target.closest("[role=option]");
      if (option && event.button === 0) choose(option);
    });
    input.addEventListener("blur", close);
    input.form.addEventListener("submit", close);
  }

  // A page that htmx brings back is made of new boxes.
  const begin = () => document.querySelectorAll("[data-completes]").forEach(complete);
  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:historyRestore", begin);
})();
