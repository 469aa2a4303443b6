/* Names for the select boxes that script puts in the place of Django's: readers of screens hear what each one asks. */
"use strict";
{
  const nameOf = (select) => {
    const label = select.id ? document.querySelector(`label[for="${CSS.escape(select.id)}"]`) : null;
    return select.getAttribute("aria-label") || (label ? label.textContent.trim().replace(/:$/, "") : "");
  };

  const name = (root) => {
    for (const select of root.querySelectorAll("select.admin-autocomplete")) {
      const box = select.nextElementSibling?.querySelector(".select2-selection");
      if (!box || !nameOf(select)) continue;
      const shown = box.querySelector(".select2-selection__rendered");
      const chosen = select.multiple ? "" : shown?.getAttribute("title");
      box.removeAttribute("aria-labelledby");
      box.setAttribute("aria-label", chosen ? `${nameOf(select)}: ${chosen}` : nameOf(select));
      shown?.setAttribute("aria-label", nameOf(select));
      box.querySelector(".select2-search__field")?.setAttribute("aria-label", nameOf(select));
    }
  };

  window.addEventListener("load", () => {
    const jquery = window.django?.jQuery;
    if (!jquery) return;
    jquery(() => setTimeout(() => name(document))); // the boxes are made when the page is ready, which may be later
    jquery(document).on("select2:open", (event) => {
      const field = document.querySelector(".select2-container--open .select2-search__field");
      field?.setAttribute("aria-label", nameOf(event.target));
      document.querySelector(".select2-container--open .select2-results__options")
        ?.setAttribute("aria-label", nameOf(event.target));
    });
    jquery(document).on("change", "select.admin-autocomplete", () => setTimeout(() => name(document)));
  });
  document.addEventListener("formset:added", (event) => {
    const row = event.target;
    const number = row.id.match(/-(\d+)$/)?.[1];
    for (const field of row.querySelectorAll("[aria-label]")) {
      if (number && !field.closest(".select2")) {
        field.setAttribute("aria-label", `${field.getAttribute("aria-label")} ${digits(Number(number) + 1)}`);
      }
    }
    setTimeout(() => name(row));
  });

  const digits = (number) => number.toLocaleString(document.documentElement.lang, { useGrouping: false });

  /* Django counts the chosen rows, and the columns that a list is ordered by, in Latin digits. */
  if (document.documentElement.lang === "fa") {
    const persian = (counter) => {
      const text = counter.textContent.replace(/[0-9]/g, (digit) => digits(Number(digit)));
      if (text !== counter.textContent) counter.textContent = text;
    };
    document.querySelectorAll(".sortpriority").forEach(persian);
    for (const counter of document.querySelectorAll(".action-counter")) {
      persian(counter);
      new MutationObserver(() => persian(counter)).observe(counter, { childList: true, characterData: true, subtree: true });
    }
  }

  /* A form that was changed, or came back unsaved, is not left without asking. */
  const form = document.querySelector("#content-main form[id$='_form']");
  if (form) {
    const why = form.querySelector(".held");
    window.addEventListener("load", () => why?.focus()); // Django’s script gives it to the first field
    let unsaved = Boolean(why);
    const note = () => { unsaved = true; };
    for (const kind of ["input", "change", "formset:added", "formset:removed"]) form.addEventListener(kind, note);
    window.addEventListener("load", () => window.django?.jQuery?.(form).on("change", note)); // of boxes with search
    form.addEventListener("submit", () => { unsaved = false; });
    window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  }
}
