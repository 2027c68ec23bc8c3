// Filters and sorting for the full ledger. Without this script every row stands there, in order.
(() => {
  "use strict";
  // From what needs the reader's eye to what does not.
  const VERDICTS = ["unsettled", "differs: false statement", "differs: wrong step of a true result",
    "differs: missing condition", "differs: loose wording", "differs: misprint",
    "differs: unexplained", "not identified", "out of reach", "replicated in shape", "replicated",
    "by construction", "result of the book"];
  const KEYS = {
    Claim: (row) => row.dataset.id,
    Verdict: (row) => VERDICTS.indexOf(row.dataset.verdict),
    "Would notice": (row) => (row.dataset.notices === "" ? Infinity : Number(row.dataset.notices)),
  };
  const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b) : a - b || 0);
  const plain = (text) => text.normalize("NFKD").replace(/\p{Mark}/gu, "").toLowerCase();

  function start(root) {
    const form = root.querySelector(".ledger-controls");
    const status = form.querySelector(".ledger-status");
    const body = root.querySelector(".ledger-table tbody");
    const rows = [...body.rows];
    const words = new Map(rows.map((row) => [row, plain(row.textContent)]));

    function filter() {
      const { paper, chapter, verdict, text } = Object.fromEntries(new FormData(form));
      const wanted = plain(text).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const fits = (!paper || row.dataset.paper === paper)
          && (!chapter || row.dataset.chapter === chapter)
          && (!verdict || row.dataset.verdict === verdict)
          && wanted.every((word) => words.get(row).includes(word));
        row.hidden = !fits;
        shown += fits;
      }
      status.textContent = `${shown} of ${rows.length} claims shown`;
      remember();
    }

    // The view is in the address, so that a link shows the same rows; a row's own anchor stays.
    const header = (name) => headers.find((th) => th.textContent === name);
    function remember() {
      const view = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      const sorted = headers.find((th) => th.hasAttribute("aria-sort"));
      if (sorted) view.set("sort", `${sorted.getAttribute("aria-sort")} ${sorted.textContent}`);
      const query = view.size ? `?${view}` : "";
      if (query !== location.search) {
        try { history.replaceState(null, "", location.pathname + query + location.hash); } catch { /* a page from a file */ }
      }
    }
    function recall() {
      const view = new URLSearchParams(location.search);
      for (const field of form.elements) {
        if (field.name && view.has(field.name)) field.value = view.get(field.name);
      }
      const [order, ...name] = (view.get("sort") ?? "").split(" ");
      const sorted = header(name.join(" "));
      if (sorted) for (let k = 0; k < (order === "descending" ? 2 : 1); k += 1) sorted.querySelector("button").click();
    }

    const headers = [...root.querySelectorAll(".ledger-table thead th")]
      .filter((header) => header.textContent in KEYS);
    function sort(header, button) {
      const next = { none: "ascending", ascending: "descending", descending: "none" };
      const order = next[header.getAttribute("aria-sort") ?? "none"];
      for (const other of headers) other.removeAttribute("aria-sort");
      let sorted = rows;
      if (order !== "none") {
        header.setAttribute("aria-sort", order);
        const key = KEYS[button.textContent];
        const sign = order === "ascending" ? 1 : -1;
        sorted = [...rows].sort((a, b) => sign * compare(key(a), key(b)));
      }
      body.append(...sorted);
      remember();
    }
    for (const header of headers) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = header.textContent;
      button.addEventListener("click", () => sort(header, button));
      header.replaceChildren(button);
    }

    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(filter));
    form.hidden = false;
    recall();
    filter();
  }

  for (const root of document.querySelectorAll(".ledger-full:not([data-ready])")) {
    root.dataset.ready = "";
    start(root);
  }
})();
