// A notice being read: gone to a date or to its words, both are marked. The page works without.
"use strict";
(() => {
  const pair = () => {
    const key = location.hash.slice(1).replace(/^t-/, "");
    for (const one of document.querySelectorAll("[data-pair]"))
      one.classList.toggle("paired", one.dataset.pair.split(" ").includes(key));
  };
  window.addEventListener("hashchange", pair);
  document.addEventListener("htmx:after:swap", pair);
  pair();
})();
