// The timeline's brush: drag over the bars, or move the two handles; the days go into the address and onto the map.
"use strict";
(() => {
  const bars = document.getElementById("bars");
  if (!bars) return;
  const brush = document.getElementById("brush"), told = document.getElementById("time-told");
  const from = document.getElementById("from"), to = document.getElementById("to");
  const since = document.getElementById("since"), until = document.getElementById("until");
  const links = [...bars.querySelectorAll("a")];
  const count = links.length, last = count - 1;
  const rtl = document.documentElement.dir === "rtl";
  const [, , width] = bars.getAttribute("viewBox").split(" ").map(Number);
  for (const hidden of document.querySelectorAll(".time .handles, .time .scripted")) hidden.hidden = false;
  told.hidden = false;

  function paint(a, b) {
    const step = width / count, x = rtl ? width - (b + 1) * step : a * step;
    const whole = a === 0 && b === last;
    brush.setAttribute("x", x.toFixed(2));
    brush.setAttribute("width", whole ? "0" : ((b - a + 1) * step).toFixed(2));
    from.value = a;
    to.value = b;
    from.setAttribute("aria-valuetext", links[a].dataset.first);
    to.setAttribute("aria-valuetext", links[b].dataset.last);
  }

  function chosen() {
    const a = since.value ? links.findIndex((l) => l.dataset.last >= since.value) : 0;
    const b = until.value ? links.findLastIndex((l) => l.dataset.first <= until.value) : last;
    return [a < 0 ? last : a, b < 0 ? 0 : b];
  }

  async function choose(a, b) {
    paint(a, b);
    const whole = a === 0 && b === last;
    since.value = whole ? "" : links[a].dataset.first;
    until.value = whole ? "" : links[b].dataset.last;
    const address = new URL(location.href);
    for (const field of [since, until])
      if (field.value) address.searchParams.set(field.name, field.value);
      else address.searchParams.delete(field.name);
    history.replaceState(null, "", address);
    for (const field of document.querySelectorAll(".filters input[type=date]")) field.value = document.getElementById(field.name).value;
    document.dispatchEvent(new Event("marsad:days"));
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (!answer.ok || address.href !== location.href) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
      if (fresh) part.replaceWith(document.adoptNode(fresh));
    }
  }

  // ------------------------------------------------------------ by hand

  let start = null;
  function at(event) {
    const box = bars.getBoundingClientRect();
    const part = Math.min(0.9999, Math.max(0, (event.clientX - box.left) / box.width));
    return Math.floor((rtl ? 1 - part - 1e-9 : part) * count);
  }
  const ordered = (a, b) => [Math.max(0, Math.min(a, b)), Math.min(last, Math.max(a, b))];
  bars.addEventListener("click", (event) => event.preventDefault());
  bars.addEventListener("dragstart", (event) => event.preventDefault());
  bars.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    start = at(event);
    bars.setPointerCapture(event.pointerId);
    paint(...ordered(start, start));
  });
  bars.addEventListener("pointermove", (event) => {
    const here = Math.max(0, at(event));
    told.textContent = links[here].getAttribute("aria-label");
    if (start !== null) paint(...ordered(start, here));
  });
  bars.addEventListener("pointerup", (event) => {
    if (start === null) return;
    const range = ordered(start, at(event));
    start = null;
    choose(...range);
  });
  bars.addEventListener("pointercancel", () => {
    start = null;
    paint(...chosen());
  });

  // ------------------------------------------------------------ by keyboard

  function handles(moved) {
    let a = Number(from.value), b = Number(to.value);
    if (a > b) [a, b] = moved === from ? [b, b] : [a, a];
    return [a, b];
  }
  for (const handle of [from, to]) {
    handle.addEventListener("input", () => {
      paint(...handles(handle));
      told.textContent = `${links[Number(from.value)].dataset.first} – ${links[Number(to.value)].dataset.last}`;
    });
    handle.addEventListener("change", () => choose(...handles(handle)));
  }
  document.getElementById("all-days").addEventListener("click", (event) => {
    event.preventDefault();
    choose(0, last);
  });
  paint(...chosen());
})();
