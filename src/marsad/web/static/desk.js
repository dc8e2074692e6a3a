// What every screen does: Escape closes an open menu, filters leave their empty fields out of the address.
"use strict";
(() => {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.me[open]")) menu.open = false;
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.me[open]"))
      if (!menu.contains(event.target)) menu.open = false;
  });
  for (const form of document.querySelectorAll(".filters form"))
    form.addEventListener("submit", () => {
      for (const field of form.elements)
        if (field.name && (!field.value.trim() || (field.name === "sources" && field.value === "1"))) field.disabled = true;
    });
})();
