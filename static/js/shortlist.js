/* The shortlist without a new page: marks what is on it, and adds and removes. Pages are the same for everybody; what is
   on the list is asked for only where a cookie says that there is one, and no cache stores the answer. */
(() => {
  "use strict";
  const form = document.getElementById("keep");
  const link = document.querySelector(".tool-shortlist");
  if (!form || !link) return;
  const name = link.getAttribute("aria-label");
  const notice = document.getElementById("kept");
  const live = document.getElementById("live");
  const counted = /(?:^|; )(?:__Host-)?portal_shortlist_count=\d/;
  let kept = new Set();
  let answered = false;

  const buttons = () => [...form.elements].filter((one) => one.classList.contains("keep"));

  function mark(state) {
    kept = new Set(state.products);
    const count = link.querySelector(".tool-count");
    count.hidden = !state.count;
    count.textContent = state.shown;
    link.setAttribute("aria-label", state.count ? `${name}: ${state.shown}` : name);
    markButtons();
  }

  function markButtons() {
    const { add, kept: there } = form.dataset;
    for (const button of buttons()) {
      const is = kept.has(button.value);
      if (is === (button.name === "remove")) continue;
      button.name = is ? "remove" : "add";
      button.setAttribute("aria-pressed", is);
      const [before, after] = is ? [add, there] : [there, add];
      for (const part of ["aria-label", "title"]) {
        const words = button.getAttribute(part);
        if (words) button.setAttribute(part, words.replace(before, after));
      }
      const words = button.querySelector(".keep-words");
      if (words) words.textContent = after;
    }
  }

  function ask() {
    if (!counted.test(document.cookie)) return answered && mark({ count: 0, shown: "", products: [] });
    answered = true;
    return fetch(form.dataset.state, { headers: { Accept: "application/json" } })
      .then((response) => response.json()).then(mark).catch(() => {});
  }

  function say(message) {
    notice.firstElementChild.textContent = message;
    notice.classList.add("is-shown");
    live.textContent = message;
  }

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || !button.classList.contains("keep") || document.querySelector("[data-own-shortlist]")) return;
    event.preventDefault();
    const body = new URLSearchParams([[button.name, button.value]]);
    fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } })
      .then((response) => response.json())
      .then((state) => { answered = true; mark(state); say(state.message); })
      .catch(() => { // no answer of ours: as without a script
        form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
        form.submit();
      });
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest(".kept-close")) {
      notice.classList.remove("is-shown");
      return;
    }
    const button = event.target.closest("[data-copy]");
    if (button) navigator.clipboard.writeText(button.dataset.copy).then(() => { live.textContent = button.dataset.copied; button.classList.add("is-copied"); });
  });
  if (navigator.clipboard) for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;

  document.addEventListener("htmx:after:swap", () => markButtons());
  window.addEventListener("pageshow", (event) => event.persisted && ask());
  ask();
})();
