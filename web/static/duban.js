// Small behaviours by data attributes (see templates/kit.html). Every page works without this file.
"use strict";
(() => {
  const words = document.body.dataset;
  const up = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);
  const on = (type, selector, act, capture) => document.addEventListener(type, (event) => {
    const found = up(event, selector);
    if (found) act(found, event);
  }, capture);

  // ---- unsaved text ----
  const dirty = new Set();
  const unsaved = () => [...dirty].some((form) => form.isConnected);
  on("input", "form[data-dirty]", (form) => dirty.add(form));
  on("reset", "form[data-dirty]", (form) => dirty.delete(form));
  window.addEventListener("beforeunload", (event) => {
    if (unsaved()) event.preventDefault();
  });

  // ---- ask first ----
  const agreed = new WeakSet();
  const make = (name, textContent, className = "") => Object.assign(document.createElement(name), { textContent, className });
  function ask(sentence, yes, dangerous) {
    const box = document.createElement("dialog");
    if (!box.showModal) return Promise.resolve(window.confirm(sentence));
    const row = make("div", "", "actions");
    const go = make("button", yes || words.yes, dangerous ? "button danger" : "button main");
    const stay = make("button", words.no, "button");
    const text = make("p", sentence);
    text.id = "asked";
    box.setAttribute("aria-labelledby", text.id);
    row.append(go, stay);
    box.append(text, row);
    document.body.append(box);
    return new Promise((resolve) => {
      const answer = (value) => () => (box.close(value), box.remove(), resolve(value === "yes"));
      go.addEventListener("click", answer("yes"));
      stay.addEventListener("click", answer("no"));
      box.addEventListener("cancel", answer("no"));
      box.showModal();
      stay.focus();
    });
  }
  function guard(event, thing, control, again) {
    const sentence = thing.dataset.confirm || (unsaved() && thing.dataset.leave);
    if (!sentence || agreed.delete(thing)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(sentence, thing.dataset.yes || control?.textContent.trim(), control?.classList.contains("danger")).then((yes) => {
      if (!yes) return;
      if (thing.dataset.leave) dirty.clear();
      agreed.add(thing);
      again();
      agreed.delete(thing);
    });
  }
  on("click", "a[data-confirm], button[data-confirm], a[data-leave], button[data-leave]", (thing, event) =>
    guard(event, thing, thing, () => thing.click()), true);
  on("submit", "form[data-confirm]", (form, event) =>
    guard(event, form, event.submitter, () => form.requestSubmit(event.submitter)), true);
  on("submit", "form", (form) => dirty.delete(form));

  // ---- ticking many ----
  const boxes = (part) => [...part.querySelectorAll("tbody .pick input")];
  function count() {
    for (const bar of document.querySelectorAll("form[data-bulk]")) {
      const n = [...bar.elements].filter((box) => box.type === "checkbox" && box.checked).length;
      bar.querySelector("[data-count]").textContent = n ? words.chosen.replace("{n}", n) : words.chosenNone;
      bar.classList.toggle("ready", n > 0);
      for (const one of bar.querySelectorAll("button")) one.disabled = n === 0;
    }
    for (const all of document.querySelectorAll("[data-select-all]")) {
      const here = boxes(all.closest("table"));
      const n = here.filter((box) => box.checked).length;
      all.checked = n > 0 && n === here.length;
      all.indeterminate = n > 0 && n < here.length;
    }
  }
  on("change", "[data-select-all]", (all) => {
    for (const box of boxes(all.closest("table"))) box.checked = all.checked;
  });
  on("change", "input[type=checkbox]", count);
  count();
  window.addEventListener("pageshow", count);

  // ---- forms that send themselves ----
  on("change", "form[data-autosubmit]", (form) => form.requestSubmit());
  let waiting;
  on("input", "form[data-autosubmit][hx-get] input[type=search]", (field) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => field.form?.requestSubmit(), 400);
  });
  on("input", "[data-slider]", (slider) => {
    const day = slider.dataset.slider.split("|")[slider.value];
    slider.setAttribute("aria-valuetext", day);
    document.getElementById(`${slider.id}-day`).textContent = day;
  });
  on("change", "[data-slider]", (slider) => {
    if (slider.form && !slider.form.matches("[data-autosubmit]")) slider.form.requestSubmit();
  });

  // ---- copy, print, menus ----
  on("click", "[data-copy]", async (button) => {
    const field = document.querySelector(button.dataset.copy);
    field.select();
    await navigator.clipboard?.writeText(field.value);
    button.textContent = words.copied;
  });
  on("click", "[data-print]", () => window.print());
  const menus = (but) => document.querySelectorAll("details.menu:not(.desk)[open]").forEach((one) => {
    if (!one.contains(but)) one.open = false;
  });
  document.addEventListener("click", (event) => menus(event.target));
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && up(event, "details.menu[open]");
    if (open) (open.open = false), open.querySelector("summary").focus();
  });
  for (const one of document.querySelectorAll("details[data-keep]")) {
    const key = `duban.${one.dataset.keep}`;
    if (sessionStorage.getItem(key)) one.open = sessionStorage.getItem(key) === "open";
    one.addEventListener("toggle", () => sessionStorage.setItem(key, one.open ? "open" : "shut"));
  }

  // ---- after htmx ----
  const focused = new WeakSet();
  const focus = () => {
    const fresh = [...document.querySelectorAll("main [data-focus]")].find((one) => !focused.has(one));
    if (fresh) focused.add(fresh), fresh.focus();
  };
  document.addEventListener("htmx:after:swap", () => {
    focus();
    count();
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.detail?.ctx?.response) return;
    document.getElementById("told")?.replaceChildren(make("p", words.offline, "note late"));
  });
  focus();
})();
