// What is unfolded may be wider than its box: let the theme look again for boxes that scroll, so
// that they can be reached and scrolled with the keyboard. Once for all that open together.
(() => {
  let due;
  document.addEventListener("toggle", () => {
    clearTimeout(due);
    due = setTimeout(() => window.dispatchEvent(new Event("resize")), 50);
  }, true);
})();

// One button opens all folds of the page, or closes them if all are open.
(() => {
  const button = document.querySelector(".folds-button");
  const folds = document.querySelectorAll(".bd-article details");
  if (!button || !folds.length) return;
  const closed = () => [...folds].some((fold) => !fold.open);
  const name = () => { button.textContent = closed() ? "Unfold all" : "Fold all"; };
  button.addEventListener("click", () => {
    const open = closed();
    folds.forEach((fold) => { fold.open = open; });
    name();
  });
  document.addEventListener("toggle", name, true);
  button.hidden = false;
  name();
})();

// Where the ledger's rows become cards, some browsers forget that they are a table's.
(() => {
  const roles = { table: "table", "thead, tbody": "rowgroup", tr: "row", td: "cell",
    "thead th": "columnheader", "tbody th": "rowheader" };
  for (const table of document.querySelectorAll(".ledger-table")) {
    table.setAttribute("role", "table");
    for (const [parts, role] of Object.entries(roles)) {
      table.querySelectorAll(parts).forEach((part) => part.setAttribute("role", role));
    }
  }
})();

// Paper is light: while the page is printed it has the light theme, whatever the reader chose.
(() => {
  const root = document.documentElement;
  let chosen;
  const print = (printing) => {
    if (printing && !chosen) {
      chosen = root.dataset.theme;
      root.dataset.theme = "light";
    } else if (!printing && chosen) {
      root.dataset.theme = chosen;
      chosen = undefined;
    }
  };
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));
  matchMedia("print").addEventListener("change", (event) => print(event.matches));
})();
