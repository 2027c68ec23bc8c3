// A box that scrolls is reached and scrolled with the keyboard. The theme would look for them all
// when the page opens, and so lay out what waits; each is looked at when it is laid out.
(() => {
  const sizes = new ResizeObserver((entries) => {
    for (const { target: box } of entries) {
      const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
      if (scrolls) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  });
  document.querySelectorAll(".bd-article :is(pre, .cell_output > .output)")
    .forEach((box) => sizes.observe(box));
})();

// The section that is read is marked in the page's contents, and those that it lies in.
(() => {
  const links = new Map();
  for (const link of document.querySelectorAll(".bd-toc-nav a")) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) links.set(section, link);
  }
  const seen = new Set();
  const sections = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target);
    const last = [...links.keys()].findLast((section) => seen.has(section));
    links.forEach((link, section) => {
      const read = section.contains(last);
      for (const part of [link, link.parentElement]) part.classList.toggle("active", read);
      if (section === last) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }, { rootMargin: "0px 0px -60%" });
  links.forEach((link, section) => sections.observe(section));
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

// A bet: the options become radio buttons, and what there is to say of the chosen one is said at
// once. Without a script the same list stands above the folded answer.
document.querySelectorAll(".bet").forEach((bet, number) => {
  const [question, options] = bet.children;
  const said = bet.querySelectorAll(".answer li");
  const field = document.createElement("fieldset");
  const legend = document.createElement("legend");
  const feedback = document.createElement("div");
  feedback.setAttribute("aria-live", "polite");
  legend.append(...question.childNodes);
  field.append(legend, options, feedback);
  question.replaceWith(field);
  [...options.children].forEach((option, k) => {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    Object.assign(radio, { type: "radio", name: `bet-${number}` });
    radio.addEventListener("change", () => {
      feedback.replaceChildren(...said[k].cloneNode(true).childNodes);
      feedback.className = said[k].className;
    });
    label.append(radio, ...option.firstElementChild.childNodes);
    option.replaceChildren(label);
  });
});

// What explains a term closes with Escape; a finger opens it with a first tap, and follows the link
// to the glossary with a second.
(() => {
  const terms = [...document.querySelectorAll(".term")];
  for (const term of terms) {
    term.addEventListener("click", (event) => {
      if (event.pointerType !== "touch" || term.classList.contains("open")) return;
      event.preventDefault();
      term.classList.add("open");
    });
    for (const leaving of ["mouseleave", "focusout"]) {
      term.addEventListener(leaving, () => term.classList.remove("closed"));
    }
  }
  document.addEventListener("pointerdown", ({ target }) => {
    terms.forEach((term) => term.contains(target) || term.classList.remove("open"));
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const term of terms) {
      term.classList.remove("open");
      term.classList.toggle("closed", term.matches(":hover, :focus-within"));
    }
  });
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
