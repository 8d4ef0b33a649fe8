"use strict";
// What a reader who uses a keyboard, a screen reader or a small screen would trip over; "clean" when that is nothing.
(async () => {
  const faults = [];
  const { violations } = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
  });
  for (const { id, help, nodes } of violations) {
    faults.push(`${id}: ${help}`);
    faults.push(...nodes.slice(0, 3).map(({ target, html }) => `    ${target} ${html.slice(0, 200)}`));
  }
  const [first] = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
  const lead = first && document.getElementById((first.getAttribute("href") ?? "").slice(1));
  if (!lead || !lead.closest("main")) faults.push("the first stop of the keyboard does not lead to the main content");
  // WCAG 1.4.10: at 320 CSS pixels nothing but tables and pictures scrolls sideways.
  const phone = document.createElement("iframe");
  phone.style.cssText = "width: 320px; height: 640px; border: 0";
  phone.title = "320 pixels";
  const page = document.documentElement.cloneNode(true);
  page.querySelectorAll("script").forEach((script) => script.remove());
  phone.srcdoc = page.outerHTML;
  const loaded = new Promise((resolve) => phone.addEventListener("load", resolve));
  document.body.append(phone);
  await loaded;
  const wide = phone.contentDocument.documentElement.scrollWidth;
  if (wide > 320) faults.push(`the page is ${wide} pixels wide on a screen of 320`);
  document.body.innerHTML = "<pre id=audit></pre>";
  document.getElementById("audit").textContent = faults.join("\n") || "clean";
})();
