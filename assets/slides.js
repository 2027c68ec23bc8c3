// A deck: what is on each slide is set as large as its room allows, then reveal.js shows it.
(() => {
  "use strict";
  const LARGEST = 32, SMALLEST = 17; // px where a slide is 1280 px wide

  const wide = (box) => box.scrollWidth > box.clientWidth + 1;
  const over = (body) =>
    wide(body) || body.scrollHeight > body.clientHeight + 1 || [...body.querySelectorAll(".equation")].some(wide);

  // The size at which all of it has room.
  function fit(body) {
    let size = LARGEST + 1;
    do body.style.setProperty("--size", `${--size}px`);
    while (size > SMALLEST && over(body));
    return size;
  }
  function fitAll() {
    const root = document.documentElement;
    root.classList.add("measuring"); // reveal.js displays only the slides around the present one
    for (const slide of document.querySelectorAll(".slide")) {
      const body = slide.querySelector(".body"), size = fit(body);
      if (!slide.matches(".long")) continue;
      slide.classList.remove("long"); // not every formula has room in a column
      if (fit(body) > size) continue;
      slide.classList.add("long");
      fit(body);
    }
    root.classList.remove("measuring");
  }

  document.fonts.load('16px "STIX Two Math"').then(() => {
    fitAll();
    Reveal.initialize({
      width: 1280,
      height: 720,
      margin: 0,
      center: false,
      hash: true,
      slideNumber: "c/t",
      transition: "none",
      backgroundTransition: "none",
      pdfMaxPagesPerSlide: 1,
      plugins: [RevealNotes],
      // In an explorer and a bet the keys are theirs, until Escape leaves it.
      keyboardCondition: () => !moved(),
    });
  });
  const moved = () => document.activeElement.closest(".explorer, .bet");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !moved()) return;
    document.activeElement.blur();
    event.stopPropagation();
  }, true);
})();
