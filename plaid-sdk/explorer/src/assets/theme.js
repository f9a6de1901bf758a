// Sets the colours that the reader chose before the page is painted. A classic script, since modules run later.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the system's setting applies.
}
