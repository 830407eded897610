// Going through a list with a hand scanner or a camera; every step works by hand without it.
(function () {
  "use strict";
  const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  function rowOf(code) {
    const rows = all("[data-code]");
    const found = code.match(UUID);
    if (found) return rows.find((row) => row.dataset.code === found[0].toLowerCase());
    const said = code.trim().toUpperCase().replace(/[\s/]+/g, " ");
    const named = rows.find((row) => (row.dataset.named || "").toUpperCase().replace(/[\s/]+/g, " ") === said);
    const same = rows.filter((row) => row.dataset.label === code.trim().toUpperCase());
    return named || (same.length === 1 ? same[0] : undefined);
  }

  function begin(box) {
    const words = box.querySelector("[role=status]");
    const input = box.querySelector("input");
    const say = (text, part, value) => { words.textContent = text.replace(part, value); };

    function count() {
      const counter = document.querySelector("[data-counter]");
      if (counter) counter.textContent = String(all("[data-code] input[type=checkbox][data-step=is_here]:checked").length);
    }
    function take(code) {
      const row = rowOf(code);
      if (row) {
        const tick = row.querySelector("input[type=checkbox]");
        tick.checked = true;
        row.scrollIntoView({ block: "center" });
        say(words.dataset.here, "{label}", row.dataset.label);
        const seal = row.querySelector("[data-step=seal_number]");
        if (seal) seal.focus();
      } else {
        say(words.dataset.strange, /{label}|{code}/, code);
        const lines = document.getElementById("id_codes");
        if (lines && !lines.value.includes(code)) lines.value += (lines.value && !lines.value.endsWith("\n") ? "\n" : "") + code + "\n";
      }
      count();
    }
    document.addEventListener("change", count);

    // A scanner types the code and Enter; Enter goes on to what is read next, and never sends.
    if (input) input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      if (input.value.trim()) take(input.value.trim());
      input.value = "";
    });
    all("[data-code] input[data-step]").forEach((field) => field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const pieces = field.closest("[data-code]").querySelector("[data-step=count]");
      (field.dataset.step === "seal_number" && pieces ? pieces : input).focus();
    }));
    camera(box, take);
  }

  function camera(box, take) {
    const button = box.querySelector("[data-camera]");
    const media = navigator.mediaDevices;
    if (!("BarcodeDetector" in window) || !media || !media.getUserMedia) return;
    button.hidden = false;
    const video = box.querySelector("video");
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    let last = "";
    const look = async () => {
      if (video.hidden) return;
      const found = await detector.detect(video).catch(() => []);
      if (found.length && found[0].rawValue !== last) { last = found[0].rawValue; take(last); }
      window.setTimeout(look, 250);
    };
    button.addEventListener("click", async () => {
      try {
        video.srcObject = await media.getUserMedia({ video: { facingMode: "environment" } });
        video.hidden = false;
        await video.play();
        look();
      } catch (error) { button.hidden = true; }
    });
  }

  document.addEventListener("DOMContentLoaded", () => all("[data-scan-list]").forEach(begin));
})();
