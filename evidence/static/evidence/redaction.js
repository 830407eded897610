// Boxes drawn on a page with mouse, finger or keys; they fill the numbers of the form below it.
(function () {
  "use strict";
  const FULL = 10000, STEP = 50, BEGUN = 2000;
  const sheet = document.querySelector("[data-redact]");
  if (!sheet) return;
  const name = sheet.dataset.redact;
  const svg = sheet.querySelector("svg");
  const draft = sheet.querySelector(".redact-draft");
  const how = document.getElementById("how");
  const mode = document.querySelector("[data-redact-mode]");
  const said = document.querySelector("[data-redact-said]");
  const field = (part) => document.getElementById("id_" + name + "-" + part);
  const parts = ["left", "top", "width", "height"];
  let box = null, from = null;

  const clamp = (value, most) => Math.max(0, Math.min(most, Math.round(value)));

  function show() {
    const at = box || { left: 0, top: 0, width: 0, height: 0 };
    draft.setAttribute("x", at.left);
    draft.setAttribute("y", at.top);
    draft.setAttribute("width", at.width);
    draft.setAttribute("height", at.height);
    parts.forEach((part) => { field(part).value = box ? (at[part] / 100).toFixed(2) : ""; });
  }

  function tell() {
    if (!box) { said.textContent = ""; return; }
    said.textContent = parts.map((part) => {
      const label = document.querySelector('label[for="id_' + name + "-" + part + '"]');
      return (label ? label.textContent.trim() : part) + " " + (box[part] / 100).toFixed(1);
    }).join(", ");
  }

  function place(event) {
    const area = svg.getBoundingClientRect();
    return {
      x: clamp(((event.clientX - area.left) / area.width) * FULL, FULL),
      y: clamp(((event.clientY - area.top) / area.height) * FULL, FULL),
    };
  }

  const draws = (event) => event.pointerType !== "touch" || svg.classList.contains("draws");

  svg.addEventListener("pointerdown", (event) => {
    if (event.button || !draws(event)) return;
    from = place(event);
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
    svg.focus({ preventScroll: true });
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = place(event);
    box = {
      left: Math.min(from.x, to.x), top: Math.min(from.y, to.y),
      width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y),
    };
    show();
  });
  ["pointerup", "pointercancel"].forEach((kind) => svg.addEventListener(kind, (event) => {
    if (!from) return;
    from = null;
    if (kind === "pointercancel" || !box || box.width < 20 || box.height < 20) box = null;
    show();
    tell();
    if (box) field("ground").focus({ preventScroll: true });
  }));

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  svg.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      if (box) { field("ground").focus(); return; }
      box = { left: BEGUN, top: BEGUN, width: BEGUN, height: BEGUN / 4 };
    } else if (event.key === "Escape") {
      box = null;
    } else if (box && ARROWS[event.key]) {
      event.preventDefault();
      const [across, down] = ARROWS[event.key];
      if (event.shiftKey) {
        box.width = Math.max(STEP, clamp(box.width + across * STEP, FULL - box.left));
        box.height = Math.max(STEP, clamp(box.height + down * STEP, FULL - box.top));
      } else {
        box.left = clamp(box.left + across * STEP, FULL - box.width);
        box.top = clamp(box.top + down * STEP, FULL - box.height);
      }
    } else {
      return;
    }
    event.stopPropagation();
    show();
    tell();
  });

  parts.forEach((part) => field(part).addEventListener("input", () => {
    const values = parts.map((one) => parseFloat(field(one).value));
    if (values.some((value) => !(value >= 0 && value <= 100))) return;
    const [left, top, width, height] = values.map((value) => Math.round(value * 100));
    box = { left: left, top: top, width: width, height: height };
    draft.setAttribute("x", left);
    draft.setAttribute("y", top);
    draft.setAttribute("width", width);
    draft.setAttribute("height", height);
  }));

  mode.addEventListener("click", () => {
    svg.classList.toggle("draws");
    [mode.textContent, mode.dataset.other] = [mode.dataset.other, mode.textContent];
  });
  svg.classList.add("draws");
  svg.setAttribute("tabindex", "0");
  how.hidden = false;
  document.getElementById("mode").hidden = !window.matchMedia("(any-pointer: coarse)").matches;
  if (field("width").value) field("width").dispatchEvent(new Event("input"));
})();
