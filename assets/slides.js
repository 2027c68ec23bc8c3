// A deck: what is on each slide is set as large as its room allows, then reveal.js shows it.
(() => {
  "use strict";
  const LARGEST = 32, SMALLEST = 17; // px where a slide is 1280 px wide

  function fit(body) {
    const over = () => body.scrollHeight > body.clientHeight + 1 || body.scrollWidth > body.clientWidth + 1;
    let size = LARGEST;
    do body.style.setProperty("--size", `${size}px`);
    while (over() && --size >= SMALLEST);
  }
  function fitAll(selector) {
    const root = document.documentElement;
    root.classList.add("measuring"); // reveal.js displays only the slides around the present one
    document.querySelectorAll(`${selector} .body`).forEach(fit);
    root.classList.remove("measuring");
  }

  document.fonts.load('16px "STIX Two Math"').then(() => {
    fitAll(".slide");
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
      // In an explorer the keys are the explorer's.
      keyboardCondition: () => !document.activeElement?.closest(".explorer"),
    });
  });
})();
