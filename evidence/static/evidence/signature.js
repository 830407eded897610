// A signature drawn on the screen: its picture goes with the form. Without script there is paper.
(function () {
  "use strict";
  const INK = "#10201d"; // black on white whatever the scheme of the page: it is printed

  function begin(box) {
    const field = document.getElementById(box.dataset.signature);
    const pad = box.querySelector(".pad");
    const canvas = pad.querySelector("canvas");
    const words = pad.querySelector("[role=status]");
    const pen = canvas.getContext("2d");
    let last = null;

    function clear() {
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      field.value = "";
      words.textContent = words.dataset.empty;
    }
    function place(event) {
      const frame = canvas.getBoundingClientRect();
      return {
        x: (event.clientX - frame.left) * canvas.width / frame.width,
        y: (event.clientY - frame.top) * canvas.height / frame.height,
      };
    }
    function draw(from, to) {
      pen.strokeStyle = INK;
      pen.lineWidth = 4;
      pen.lineCap = "round";
      pen.beginPath();
      pen.moveTo(from.x, from.y);
      pen.lineTo(to.x, to.y);
      pen.stroke();
    }
    function end() {
      if (!last) return;
      last = null;
      field.value = canvas.toDataURL("image/png");
      words.textContent = words.dataset.drawn;
    }
    canvas.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      last = place(event);
      draw(last, last);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!last) return;
      const strokes = event.getCoalescedEvents ? event.getCoalescedEvents() : [event];
      strokes.forEach((one) => { const next = place(one); draw(last, next); last = next; });
    });
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
    pad.querySelector("[data-clear]").addEventListener("click", clear);

    const drawn = field.value;
    clear();
    if (drawn) {
      // Not by an address: the policy of the page loads pictures from this host only.
      const bytes = Uint8Array.from(atob(drawn.split(",")[1]), (letter) => letter.charCodeAt(0));
      createImageBitmap(new Blob([bytes])).then((picture) => pen.drawImage(picture, 0, 0));
      field.value = drawn;
      words.textContent = words.dataset.drawn;
    }
    const ways = Array.from(document.querySelectorAll("input[name=signed]"));
    const show = () => { pad.hidden = !ways.some((way) => way.checked && way.value === "screen"); };
    ways.forEach((way) => way.addEventListener("change", show));
    show();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-signature]").forEach(begin);
  });
})();
