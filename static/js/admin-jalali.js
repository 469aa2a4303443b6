/* An Iranian calendar for the day fields of Persian pages. The browser itself knows the calendar (Intl). */
"use strict";
{
  const DAY = 86400000;
  const numbers = new Intl.DateTimeFormat("en-u-ca-persian", { year: "numeric", month: "numeric", day: "numeric", timeZone: "UTC" });
  const title = new Intl.DateTimeFormat("fa-u-ca-persian", { year: "numeric", month: "long", timeZone: "UTC" });
  const full = new Intl.DateTimeFormat("fa-u-ca-persian", { dateStyle: "full", timeZone: "UTC" });
  const weekday = new Intl.DateTimeFormat("fa", { weekday: "narrow", timeZone: "UTC" });
  const persian = (text) => String(text).replace(/\d/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[d]);
  const latin = (text) => text.replace(/[۰-۹]/g, (d) => d.charCodeAt(0) - 0x06f0).replace(/[٠-٩]/g, (d) => d.charCodeAt(0) - 0x0660);

  const parts = (date) => {
    const found = {};
    for (const { type, value } of numbers.formatToParts(date)) found[type] = parseInt(value, 10);
    return found;
  };
  const move = (date, days) => new Date(date.getTime() + days * DAY);
  const monthStart = (date) => move(date, 1 - parts(date).day);
  const text = (date) => {
    const { year, month, day } = parts(date);
    return persian(`${year}/${String(month).padStart(2, "0")}/${String(day).padStart(2, "0")}`);
  };
  const today = () => {
    const now = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Tehran" }).format(new Date());
    return new Date(`${now}T00:00:00Z`);
  };
  /* The day a field holds, or null: guessed from the year's start and walked to, so that leap years need no table. */
  const read = (value) => {
    const match = latin(value).trim().match(/^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/);
    if (!match || +match[1] < 1300 || +match[1] > 1500 || +match[2] < 1 || +match[2] > 12) return null;
    let date = new Date(Date.UTC(+match[1] + 621, 2, 21));
    date = move(date, (+match[2] - 1) * 30.4 | 0);
    for (let step = 0; step < 4 && parts(date).month !== +match[2]; step += 1) date = move(monthStart(date), 31);
    date = move(monthStart(date), +match[3] - 1);
    return parts(date).day === +match[3] ? date : null;
  };

  const button = (label, action, css) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.className = css;
    made.addEventListener("click", action);
    return made;
  };

  const box = document.createElement("div");
  box.className = "jalali-calendar";
  box.popover = "auto";
  box.setAttribute("role", "dialog");
  let field = null;

  const choose = (date) => {
    field.value = text(date);
    field.dispatchEvent(new Event("change", { bubbles: true }));
    box.hidePopover();
    field.focus();
  };

  const draw = (first, focused) => {
    const { today: now, earlier, later, calendar, close } = field.dataset;
    box.setAttribute("aria-label", calendar);
    const head = document.createElement("div");
    head.className = "jalali-head";
    const heading = document.createElement("strong");
    heading.textContent = title.format(first);
    heading.setAttribute("aria-live", "polite");
    const before = button("‹", () => draw(monthStart(move(first, -1)), "before"), "jalali-move");
    const after = button("›", () => draw(monthStart(move(first, 31)), "after"), "jalali-move");
    before.setAttribute("aria-label", earlier);
    after.setAttribute("aria-label", later);
    head.append(before, heading, after);
    const grid = document.createElement("div");
    grid.className = "jalali-days";
    const saturday = (first.getUTCDay() + 1) % 7;
    for (let day = 0; day < 7; day += 1) {
      const name = document.createElement("span");
      name.textContent = weekday.format(move(first, day - saturday));
      name.setAttribute("aria-hidden", "true");
      grid.append(name);
    }
    for (let blank = 0; blank < saturday; blank += 1) grid.append(document.createElement("span"));
    const chosen = field.value && read(field.value);
    for (let date = first; parts(date).month === parts(first).month; date = move(date, 1)) {
      const day = button(persian(parts(date).day), () => choose(date), "jalali-day");
      day.setAttribute("aria-label", full.format(date));
      if (chosen && chosen.getTime() === date.getTime()) day.setAttribute("aria-pressed", "true");
      if (today().getTime() === date.getTime()) day.setAttribute("aria-current", "date");
      grid.append(day);
    }
    const foot = document.createElement("div");
    foot.className = "jalali-head";
    foot.append(button(now, () => choose(today()), "jalali-today"), button(close, () => box.hidePopover(), "jalali-today"));
    box.replaceChildren(head, grid, foot);
    const toFocus = { before, after }[focused] || grid.querySelector("[aria-pressed], [aria-current]") || grid.querySelector("button");
    toFocus.focus();
  };

  const open = (input) => {
    field = input;
    const place = input.getBoundingClientRect();
    box.showPopover();
    draw(monthStart(read(input.value) || today()));
    const width = box.offsetWidth;
    const height = box.offsetHeight;
    const below = place.bottom + height < window.innerHeight ? place.bottom + 4 : Math.max(4, place.top - height - 4);
    box.style.setProperty("inset-block-start", `${below}px`);
    box.style.setProperty("left", `${Math.max(4, Math.min(place.right - width, window.innerWidth - width - 4))}px`);
  };

  const equip = (root) => {
    for (const input of root.querySelectorAll("input.jalali-field")) {
      if (input.id.includes("__prefix__") || input.nextElementSibling?.matches(".jalali-tools")) continue;
      const tools = document.createElement("span");
      tools.className = "jalali-tools";
      const now = button(input.dataset.today, () => { field = input; choose(today()); }, "jalali-link");
      const pick = button(input.dataset.calendar, () => open(input), "jalali-link");
      const label = input.getAttribute("aria-label") || document.querySelector(`label[for="${CSS.escape(input.id)}"]`)?.textContent.replace(":", "") || "";
      now.setAttribute("aria-label", `${input.dataset.today}: ${label}`);
      pick.setAttribute("aria-label", `${input.dataset.calendar}: ${label}`);
      tools.append(now, pick);
      input.after(tools);
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(box);
    equip(document);
  });
  document.addEventListener("formset:added", (event) => equip(event.target));
}
