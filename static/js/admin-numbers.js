/* Groups the digits of an amount once it is typed, so that 40000000000 is seen to be forty milliards. */
"use strict";
{
  const persian = document.documentElement.lang === "fa";
  const latin = (text) => text.replace(/[۰-۹]/g, (d) => d.charCodeAt(0) - 0x06f0).replace(/[٠-٩]/g, (d) => d.charCodeAt(0) - 0x0660);

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.matches?.(".number-grouped")) return;
    const digits = latin(field.value).trim();
    // Anything else is left as it was typed: the server says what is wrong with it.
    if (!/^\d{4,18}$/.test(digits)) return;
    field.value = BigInt(digits).toLocaleString(persian ? "fa" : "en");
  });
}
