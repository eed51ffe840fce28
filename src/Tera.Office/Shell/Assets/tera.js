// Only comfort: every page works without this file.
(() => {
  "use strict";
  const body = document.body;

  // A refused form: bring its reasons into view and to the screen reader.
  document.getElementById("masalah")?.focus();

  // A form goes out once; the button says that it is under way.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
    // Coming back with the back button must not find a dead form.
    window.addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
  });

  // A link to a folded form unfolds it.
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  window.addEventListener("hashchange", unfold);
  unfold();

  // An open menu closes on Escape and on a click beside it.
  const menu = document.querySelector("details.who");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu?.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (menu?.open && !menu.contains(event.target)) menu.open = false;
  });

  if (body.dataset.keys !== "1") return;

  // Single keys (WCAG 2.1.4: can be switched off). Never while something is typed.
  const tasks = [...document.querySelectorAll(".task h3 a")];
  const move = (step) => {
    if (tasks.length === 0) return;
    const now = tasks.indexOf(document.activeElement);
    const next = now < 0 ? (step > 0 ? 0 : tasks.length - 1) : Math.min(tasks.length - 1, Math.max(0, now + step));
    tasks[next].focus();
    tasks[next].closest(".task").scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]")) return;
    switch (event.key) {
      case "j": move(1); break;
      case "k": move(-1); break;
      case "/": {
        const search = document.getElementById("cari");
        if (search) { event.preventDefault(); search.focus(); }
        break;
      }
      case "?": {
        const help = document.getElementById("pintasan");
        if (help) { help.open = !help.open; help.scrollIntoView({ block: "nearest" }); }
        break;
      }
    }
  });
})();
