/* Suggestions while one types, after the combobox pattern of the ARIA Authoring Practices Guide, for every
   <input data-suggest="address" data-suggest-label="name of the list">. Without script it is a plain field. */
(() => {
  "use strict";
  const PAUSE = 120; // ms without a letter before the server is asked
  const list = Object.assign(document.createElement("ul"), { id: "suggestions", className: "suggestions", hidden: true });
  const live = document.getElementById("live");
  let field = null; // the one the list belongs to
  let active = -1; // the option that Enter follows
  let timer = 0;
  let request = new AbortController();
  list.setAttribute("role", "listbox");

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    made.className = className;
    made.append(...children);
    return made;
  };
  const text = ({ lang, parts }, className) => {
    const made = element("bdi", className, ...parts.map((part, at) => (at % 2 ? element("mark", "", part) : part)));
    return lang ? Object.assign(made, { lang, dir: lang === "fa" ? "rtl" : "ltr" }) : made;
  };
  const option = ({ url, name, also, kind, sample }, at) => {
    const words = element("span", "suggestion-words", text(name, "suggestion-name"));
    if (also) words.append(" ", text(also, "suggestion-also"));
    const made = element("li", "suggestion", words);
    if (kind) made.append(" ", element("span", "suggestion-kind", kind));
    if (sample) made.append(" ", element("span", "badge badge-sample", sample));
    made.setAttribute("role", "option");
    made.dataset.url = url;
    return Object.assign(made, { id: `suggestion-${at}` });
  };

  const choose = (at) => {
    active = at;
    [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
    if (at < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const show = (items) => {
    list.replaceChildren(...items.map(option));
    list.hidden = !items.length;
    list.setAttribute("aria-label", field.dataset.suggestLabel);
    field.after(list); // again: the answer to a form may have replaced what stood around the field
    const roles = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": !list.hidden };
    for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value);
    choose(-1);
  };
  const close = () => {
    clearTimeout(timer);
    request.abort();
    if (field) show([]);
  };
  const ask = async () => {
    const { value } = field;
    request.abort();
    if (!value.trim()) return close();
    request = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(value.slice(0, 200))}`, { signal: request.signal });
      const { items, message } = await answer.json();
      if (document.activeElement !== field || field.value !== value) return;
      show(items);
      if (live) live.textContent = message;
    } catch { /* another letter came first, or the network went: the field still searches */ }
  };

  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches("input[data-suggest]")) return;
    field = target;
    close();
  });
  document.addEventListener("focusout", ({ target }) => { if (target === field) close(); });
  for (const kind of ["input", "compositionend"]) {
    document.addEventListener(kind, (event) => {
      if (event.target !== field || event.isComposing) return; // half a letter of an input method is none
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.target !== field || event.isComposing) return;
    const count = list.children.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !event.altKey) {
      event.preventDefault();
      if (!count) ask();
      else choose(((active + step + count + 2) % (count + 1)) - 1); // after the last one comes the field itself
    } else if (event.key === "Escape" && count) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter") {
      const chosen = list.children[active];
      if (chosen) event.preventDefault();
      close();
      if (chosen) location.href = chosen.dataset.url;
    } else if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") choose(-1);
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", ({ target }) => { location.href = target.closest("[data-url]").dataset.url; });
})();
