// While a ledger's records are counted, the page is asked for again.
"use strict";
(() => {
  const wait = 2500; // milliseconds
  if (document.querySelector("[data-counting]")) setTimeout(() => location.reload(), wait);
})();
