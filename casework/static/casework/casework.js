// Casework in the browser: keys, suggestions, check digits, form rows. Every page works without it.
(function () {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const isTyping = (node) => node.closest("input, select, textarea, [contenteditable], dialog, [role=listbox]");

  // ---- Keys: single letters, never inside a field; a person can switch them off ----
  const GO = { h: "/", c: "/cases/", e: "/exhibits/", p: "/parties/", r: "/hearings/", f: "/figures/" };
  let isGoing = false;

  function rows() { return all("[data-row]").filter((row) => row.offsetParent !== null); }

  function move(step) {
    const list = rows();
    if (!list.length) return;
    const now = list.findIndex((row) => row.classList.contains("here"));
    const next = list[Math.min(list.length - 1, Math.max(0, now + step))];
    list.forEach((row) => row.classList.remove("here"));
    next.classList.add("here");
    const link = opener(next);
    if (link) link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  const opener = (row) => row && (row.querySelector("[data-open]") || row.querySelector("a[href]"));

  function press(key) {
    const here = document.querySelector(".here");
    const target = (here && here.querySelector('[data-key="' + CSS.escape(key) + '"]'))
      || document.querySelector('[data-key="' + CSS.escape(key) + '"]');
    if (target) target.click();
    return Boolean(target);
  }

  function showKeys() {
    const dialog = document.querySelector("[data-key-help]");
    if (dialog && !dialog.open) dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (root.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target)) return;
    if (isGoing) {
      isGoing = false;
      if (GO[event.key]) { event.preventDefault(); window.location.assign(GO[event.key]); }
      return;
    }
    if (event.key === "/") {
      const finder = document.querySelector("[data-finder]");
      if (finder) { event.preventDefault(); finder.focus(); finder.select(); }
    } else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "g") { isGoing = true; window.setTimeout(() => { isGoing = false; }, 1500); }
    else if (event.key === "?") showKeys();
    else if (/^[a-z]$/.test(event.key) && press(event.key)) event.preventDefault();
  });

  // ---- Menus close with Escape and with a click elsewhere ----
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("details[data-menu][open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });
  document.addEventListener("click", (event) => {
    all("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  // ---- Container check digit: a cell per character, the last one computed (ISO 6346) ----
  function letterValue(character) {
    if (character >= "0" && character <= "9") return Number(character);
    const value = character.charCodeAt(0) - 55;
    return value > 10 ? value + 1 + (value > 20 ? 1 : 0) + (value > 30 ? 1 : 0) : value;
  }
  function checkDigit(firstTen) {
    return Array.from(firstTen).reduce((sum, c, place) => sum + letterValue(c) * 2 ** place, 0) % 11 % 10;
  }
  function drawDigits(input, cells) {
    const code = input.value.toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, 11);
    cells.replaceChildren(...Array.from(code, (character, place) => {
      const cell = document.createElement("span");
      cell.textContent = character;
      if (place === 10) cell.className = String(checkDigit(code.slice(0, 10))) === character ? "computed" : "wrong";
      return cell;
    }));
  }
  function watchDigits(input) {
    const cells = document.createElement("span");
    cells.className = "digits";
    cells.setAttribute("aria-hidden", "true");
    input.insertAdjacentElement("afterend", cells);
    input.addEventListener("input", () => drawDigits(input, cells));
    drawDigits(input, cells);
  }

  // ---- Suggestions: a listbox under a text field (WAI-ARIA combobox) ----
  let listNumber = 0;
  function suggest(box) {
    const input = box.querySelector("input:not([type=hidden])");
    const hidden = box.querySelector("input[type=hidden]");
    const list = document.createElement("div");
    list.id = "suggestions-" + (listNumber += 1);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels && input.labels[0] ? input.labels[0].textContent.trim() : "");
    list.hidden = true;
    box.append(list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
      input.setAttribute(name, value);
    }
    let timer = 0, asked = 0, active = -1;
    const options = () => Array.from(list.children);
    // What was asked before is not shown any more.
    const close = () => { window.clearTimeout(timer); asked += 1; list.hidden = true; active = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const choose = (option) => { input.value = option.dataset.label; hidden.value = option.dataset.value; close(); input.dispatchEvent(new Event("change", { bubbles: true })); };
    const point = (index) => {
      active = index;
      options().forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
      if (options()[index]) { input.setAttribute("aria-activedescendant", options()[index].id); options()[index].scrollIntoView({ block: "nearest" }); }
    };
    const show = (found) => {
      list.replaceChildren(...found.map((item, place) => {
        const option = document.createElement("div");
        option.id = list.id + "-" + place;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.value = item.value;
        option.dataset.label = item.label;
        const label = document.createElement("span");
        label.textContent = item.label;
        const note = document.createElement("small");
        note.textContent = item.note || "";
        option.append(label, note);
        return option;
      }));
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(found.length > 0));
      active = -1;
    };
    const ask = async () => {
      const words = input.value.trim();
      if (!words) { close(); return; }
      const mine = (asked += 1);
      try {
        const address = box.dataset.suggest + (box.dataset.suggest.includes("?") ? "&" : "?") + "q=" + encodeURIComponent(words);
        const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
        if (answer.ok && mine === asked && document.activeElement === input) show(await answer.json());
      } catch (error) { close(); }
    };
    input.addEventListener("input", () => { hidden.value = ""; window.clearTimeout(timer); timer = window.setTimeout(ask, 300); });
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      const last = options().length - 1;
      if (event.key === "ArrowDown") { event.preventDefault(); point(active < last ? active + 1 : 0); }
      else if (event.key === "ArrowUp") { event.preventDefault(); point(active > 0 ? active - 1 : last); }
      else if (event.key === "Enter" && active >= 0) { event.preventDefault(); choose(options()[active]); }
      else if (event.key === "Escape") { event.stopPropagation(); close(); }
    });
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) { event.preventDefault(); choose(option); }
    });
    input.addEventListener("blur", close);
  }

  // ---- Formsets: one more row from the <template> ----
  function formset(box) {
    const total = box.querySelector("[name=" + CSS.escape(box.dataset.formset + "-TOTAL_FORMS") + "]");
    const items = box.querySelector("[data-items]");
    const button = box.querySelector("[data-add]");
    const pattern = box.querySelector("template");
    button.hidden = false;
    button.addEventListener("click", () => {
      const number = Number(total.value);
      const row = pattern.content.cloneNode(true);
      all("*", row).forEach((node) => Array.from(node.attributes).forEach((attribute) => {
        if (attribute.value.includes("__prefix__")) node.setAttribute(attribute.name, attribute.value.replaceAll("__prefix__", String(number)));
      }));
      all("[data-number]", row).forEach((node) => { node.textContent = String(number + 1); });
      items.append(row);
      total.value = String(number + 1);
      const added = items.lastElementChild;
      begin(added);
      const first = added.querySelector("input:not([type=hidden]), select, textarea");
      if (first) first.focus();
    });
  }

  // ---- Position of this device ----
  function position(button) {
    if (!navigator.geolocation) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      button.setAttribute("aria-busy", "true");
      navigator.geolocation.getCurrentPosition((found) => {
        const [latitude, longitude] = button.dataset.position.split(" ").map((id) => document.getElementById(id));
        latitude.value = found.coords.latitude.toFixed(6);
        longitude.value = found.coords.longitude.toFixed(6);
        button.removeAttribute("aria-busy");
      }, () => { button.removeAttribute("aria-busy"); }, { enableHighAccuracy: true, timeout: 20000 });
    });
  }

  // ---- Labels read by the camera, where the browser can ----
  function scanner(box) {
    const media = navigator.mediaDevices;
    if (!("BarcodeDetector" in window) || !media || !media.getUserMedia) return;
    box.hidden = false;
    const video = box.querySelector("video");
    const input = document.getElementById(box.dataset.scan);
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    const look = async (stream) => {
      const found = await detector.detect(video).catch(() => []);
      if (!found.length) { window.setTimeout(look, 250, stream); return; }
      stream.getTracks().forEach((track) => track.stop());
      input.value = found[0].rawValue;
      input.form.requestSubmit();
    };
    box.querySelector("[data-scan-start]").addEventListener("click", async () => {
      try {
        const stream = await media.getUserMedia({ video: { facingMode: "environment" } });
        video.srcObject = stream;
        video.hidden = false;
        await video.play();
        look(stream);
      } catch (error) { input.focus(); }
    });
  }

  function begin(within) {
    all("input[data-check=container]", within).forEach(watchDigits);
    all("[data-suggest]", within).forEach(suggest);
    all("[data-formset]", within).forEach(formset);
    all("[data-position]", within).forEach(position);
    all("[data-scan]", within).forEach(scanner);
    all("[data-print]", within).forEach((button) => { button.hidden = false; button.addEventListener("click", () => window.print()); });
    const wrong = within.querySelector("[data-focus]");
    if (wrong) wrong.focus();
  }

  document.addEventListener("DOMContentLoaded", () => begin(document));
  document.addEventListener("htmx:afterSwap", (event) => begin(event.detail.elt));
})();
