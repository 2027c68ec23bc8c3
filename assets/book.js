// What is unfolded may be wider than its box: let the theme look again for boxes that scroll, so
// that they can be reached and scrolled with the keyboard.
(() => {
  const again = () => window.dispatchEvent(new Event("resize"));
  document.addEventListener("toggle", again, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest(".toggle-button, .toggle")) setTimeout(again, 50);
  });
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
