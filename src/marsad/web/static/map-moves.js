// Moving about the map: by wheel, by one finger or two, by keys. The page scrolls on until the map was entered.
"use strict";
window.marsadMap.moves = (stage, svg, width, { zoom, pan, refit }) => {
  const unit = () => width / svg.getBoundingClientRect().width;
  function spot(event) {
    const box = svg.getBoundingClientRect();
    return [(event.clientX - box.left) * unit(), (event.clientY - box.top) * unit()];
  }

  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== stage && !stage.contains(document.activeElement)) return;
    event.preventDefault();  // the page scrolls on unless the map was entered
    zoom(Math.exp(-event.deltaY * 0.0016), ...spot(event));
  }, { passive: false });
  stage.addEventListener("dblclick", (event) => zoom(2, ...spot(event)));

  const touches = new Map();
  stage.addEventListener("pointerdown", (event) => touches.set(event.pointerId, { at: spot(event), moved: false }));
  stage.addEventListener("pointermove", (event) => {
    const touch = touches.get(event.pointerId);
    if (!touch) return;
    const now = spot(event), [dx, dy] = [now[0] - touch.at[0], now[1] - touch.at[1]];
    if (!touch.moved && Math.hypot(dx, dy) < 4) return;
    if (!touch.moved) stage.setPointerCapture(event.pointerId);
    touch.moved = true;
    if (touches.size === 1) pan(dx, dy);
    else {
      const other = [...touches].find(([id]) => id !== event.pointerId)[1].at;
      const before = Math.hypot(touch.at[0] - other[0], touch.at[1] - other[1]) || 1;
      zoom(Math.hypot(now[0] - other[0], now[1] - other[1]) / before, other[0], other[1]);
    }
    touch.at = now;
  });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, (event) => touches.delete(event.pointerId));

  const keys = {
    "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), _: () => zoom(1 / 1.5), 0: refit,
    ArrowLeft: () => pan(60, 0), ArrowRight: () => pan(-60, 0), ArrowUp: () => pan(0, 60), ArrowDown: () => pan(0, -60),
  };
  const places = { NumpadAdd: "+", NumpadSubtract: "-", Equal: "+", Minus: "-", Digit0: "0" };  // whatever the layout writes
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key] || keys[places[event.code]];
    if (!act) return;
    event.preventDefault();
    act();
  });
};
