// What only the browser that prints the book knows: how wide things are, and, after a first print,
// on which page they came to lie. Places are [page, points from below], by anchor.
"use strict";

const PAGE = { foot: 68, text: 709 }; // points, as in assets/print.css

/** Formulas and tables that are wider than the text are set smaller; a short table stays whole, names
    of functions and files in a cell break behind a dot or a stroke. */
function fit() {
  const shrink = (element, ratio) => {
    const size = parseFloat(getComputedStyle(element).fontSize);
    element.style.fontSize = `${Math.max(0.6, 0.99 * ratio) * size}px`;
  };
  for (const equation of document.querySelectorAll(".math.display > .equation")) {
    const number = equation.parentElement.querySelector(".eqno")?.offsetWidth ?? 0;
    const room = equation.parentElement.clientWidth - number;
    const width = equation.firstElementChild.getBoundingClientRect().width;
    if (width > room) shrink(equation, room / width);
  }
  for (const name of document.querySelectorAll("td code > span:only-child, td code:not(:has(*))")) {
    const parts = name.textContent.split(/(?<=[./])/);
    name.replaceChildren(...parts.flatMap((part) => [part, document.createElement("wbr")]));
  }
  for (const table of document.querySelectorAll("table"))
    for (let turn = 0; turn < 3 && table.offsetWidth > table.parentElement.clientWidth + 1; turn++)
      shrink(table, table.parentElement.clientWidth / table.offsetWidth);
  for (const table of document.querySelectorAll("table:not(.ledger-table)"))
    if (table.offsetHeight * 0.75 < 0.3 * PAGE.text) table.style.breakInside = "avoid";
}

/** Anchors without size; one to which a link leads is a destination, and says where it lies. */
function mark() {
  const anchor = (id) => {
    const link = Object.assign(document.createElement("a"), { id, href: `#${id}`, className: "mark" });
    return link;
  };
  for (const article of document.querySelectorAll("article"))
    [...article.querySelectorAll("p")].findLast((p) => p.checkVisibility())?.append(anchor(`${article.id}-end`));
  document.querySelectorAll("article :is(figure, .explorer)").forEach((figure, number) => {
    figure.dataset.number = number;
    const block = figure.closest(".cell, .myst-nb-output") ?? figure;
    const title = block.previousElementSibling; // goes to the next page with it
    (title?.matches("h1, h2, h3, h4, h5, h6") ? title : figure).before(anchor(`before-${number}`));
    figure.prepend(anchor(`figure-${number}`));
  });
}

/** No page stays half empty: see float, and a chapter that ends high on a page is set smaller. Says
    whether anything was moved. */
function arrange(places) {
  const moves = []; // all that is measured first: after a change the whole book is laid out again
  for (const figure of document.querySelectorAll("[data-number]")) {
    const [before, at] = ["before", "figure"].map((name) => places[`${name}-${figure.dataset.number}`]);
    if (before && at && before[0] < at[0] && before[1] - PAGE.foot > 0.3 * PAGE.text)
      moves.push(float(figure, (before[1] - PAGE.foot) / 0.75));
  }
  for (const article of document.querySelectorAll("article")) {
    const zoom = article.style.zoom || 1;
    if (places[`${article.id}-end`]?.[1] > PAGE.foot + 0.75 * PAGE.text && zoom > 0.95)
      moves.push(() => { article.style.zoom = zoom - 0.03; });
  }
  const some = moves.filter((move) => move);
  some.forEach((move) => move());
  return some.length > 0;
}

/** What to do about a figure that left a gap (in pixels), if anything: it waits until the text behind
    it has filled the gap; where no text follows, it is made as small as the gap, if it can still be
    read. */
function float(figure, gap) {
  const block = figure.closest(".cell, .myst-nb-output") ?? figure;
  const before = document.getElementById(`before-${figure.dataset.number}`);
  let room = gap, last = null;
  for (let next = block.nextElementSibling; room > 40; next = next.nextElementSibling) {
    if (!next?.matches("p, ul, ol, .math, .admonition, .cell:not(:has(figure, .explorer))")) break;
    room -= next.offsetHeight + 8;
    last = next;
  }
  if (last) return () => last.after(before, figure);
  const drawing = [...figure.querySelectorAll("svg.book-figure")].find((svg) => svg.checkVisibility());
  if (!drawing || figure.dataset.whole) return null;
  if (drawing.style.maxHeight) // in vain: it left a gap all the same
    return () => {
      drawing.style.maxHeight = "";
      figure.dataset.whole = "true";
    };
  const height = drawing.getBoundingClientRect().height;
  const title = figure.getBoundingClientRect().top - before.getBoundingClientRect().top;
  const wanted = gap - title - (figure.offsetHeight - height) - 96;
  return wanted < 0.6 * height ? null : () => { drawing.style.maxHeight = `${wanted}px`; };
}

/** The page numbers of the contents; true where they stood there already. */
function fill(places) {
  document.querySelectorAll(".mark").forEach((link) => link.remove());
  let same = true;
  for (const link of document.querySelectorAll("nav a")) {
    const number = String(places[link.hash.slice(1)]?.[0] ?? "");
    same &&= link.lastElementChild.textContent === number;
    link.lastElementChild.textContent = number;
  }
  return same;
}
