/* Saves round trips where a script may run; every page works without it. */
(() => {
  "use strict";
  const live = document.getElementById("live");
  let [focused, opened, asked] = ["", [], ""];

  // The other scripts are asked for after the style: on a slow phone they would share the line with it.
  for (const { content, dataset } of document.querySelectorAll("meta[name=later-script]")) {
    document.head.append(Object.assign(document.createElement("script"), { src: content, integrity: dataset.integrity }));
  }

  // What stands below the first sight (the rule is in layout.css too) is laid out while nothing else is to be done.
  const parts = `main .section, .path > li + li, .site-footer,
    main :is(.tile, .fig, .clash, .said-once > div, .refs > li, .ranked > li, .questions > li, tbody > tr)`;
  const later = [...document.querySelectorAll(parts)];
  const whenIdle = window.requestIdleCallback || ((call) => setTimeout(call, 50, { timeRemaining: () => 10 }));
  const layOut = (idle) => {
    const enough = performance.now() + 20; // a finger that touches now does not wait longer
    while (later.length && idle.timeRemaining() > 8 && performance.now() < enough) {
      const part = later.shift();
      part.classList.add("laid-out");
      part.getBoundingClientRect();
    }
    if (later.length) whenIdle(layOut);
  };
  // Not before the first sight is painted and its font is there: all that is laid out by then is laid out anew.
  requestAnimationFrame(() => setTimeout(() => document.fonts.ready.then(() => whenIdle(layOut))));

  // A GET form leaves its empty fields out of the address.
  document.addEventListener("formdata", (event) => {
    if (event.target.method !== "get") return;
    const filled = [...event.formData].filter(([, value]) => value !== "");
    for (const name of new Set([...event.formData.keys()])) event.formData.delete(name);
    for (const [name, value] of filled) event.formData.append(name, value);
  });

  // <form data-live="listing">: a choice acts at once; its button stays for everybody else.
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.dataset.live && event.target.matches("[type=checkbox], [type=radio], select")) form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  // The answer to such a form replaces the element it names, and becomes the address. Of choices in quick succession the
  // last one counts.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const region = form.dataset.live && document.getElementById(form.dataset.live);
    if (!region || !window.htmx) return;
    event.preventDefault();
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form)).toString();
    asked = address.pathname + address.search;
    ask(`#${form.dataset.live}`);
  });

  function ask(target) {
    document.querySelector(target).setAttribute("hx-sync", "replace");
    window.htmx.ajax("GET", asked, { target, select: target, swap: "outerMorph", push: "true" });
  }

  // The other language shows the list that is shown here: its link was written before the last choice.
  for (const kind of ["click", "auxclick", "contextmenu", "focusin"]) {
    document.addEventListener(kind, ({ target }) => {
      const link = target.closest("a.lang");
      if (link) link.search = location.search;
    }, true);
  }

  // No answer, an error of the site or a page of something in between: the list stays, and a sentence offers a retry.
  document.addEventListener("htmx:after:request", (event) => {
    const { response, select, text } = event.detail.ctx;
    if (response.status === 200 && (!select || text.includes(`id="${select.slice(1)}"`))) return;
    event.preventDefault();
    failed(event.detail.ctx);
  });
  document.addEventListener("htmx:error", (event) => event.detail.ctx && failed(event.detail.ctx));

  function failed({ select, request }) {
    if (!select) return location.reload(); // one step back or forward: the browser says what is wrong
    const message = document.getElementById("live-failed");
    if (request.action !== asked || !message) return; // a later choice took its place
    document.querySelector(".live-failed")?.remove();
    const shown = message.content.firstElementChild.cloneNode(true);
    shown.querySelector("button").addEventListener("click", () => document.querySelector("form[data-live]").requestSubmit());
    document.querySelector(select).prepend(shown);
  }

  document.addEventListener("htmx:before:swap", () => {
    focused = document.activeElement ? document.activeElement.id : "";
    opened = [...document.querySelectorAll("details[open][id]")].map((details) => details.id);
  });

  // After it: what was open stays open, focus stays where it was, and the new summary is read out.
  document.addEventListener("htmx:after:swap", (event) => {
    const { select, request } = event.detail.ctx || {};
    if (select && asked && request.action !== asked) ask(select); // the answer to a choice before the last one
    for (const id of opened) {
      const details = document.getElementById(id);
      if (details) details.open = true;
    }
    const field = focused && document.getElementById(focused);
    if (field && field !== document.activeElement) field.focus({ preventScroll: true });
    const worth = document.getElementById("worth");
    if (live && worth) {
      live.textContent = [...worth.children].map((part) => part.textContent.replace(/\s+/g, " ").trim()).join(". ");
    }
  });
})();
