// What is unfolded may be wider than its box: let the theme look again for boxes that scroll, so
// that they can be reached and scrolled with the keyboard.
(() => {
  const again = () => window.dispatchEvent(new Event("resize"));
  document.addEventListener("toggle", again, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest(".toggle-button, .toggle")) setTimeout(again, 50);
  });
})();
