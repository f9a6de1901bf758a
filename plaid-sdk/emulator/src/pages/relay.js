// Runs in a Link page that is shown in an application's frame: tells the application what has happened in the session.
// The page has everything in attributes of its main element, so the page works without this script, too.
(() => {
  const main = document.querySelector("main[data-embed]");
  if (!main || window.parent === window) return;
  const message = {
    source: "plaid-emulator",
    session: main.dataset.session,
    events: JSON.parse(main.dataset.events),
    end: main.dataset.end ? JSON.parse(main.dataset.end) : null,
  };
  window.parent.postMessage(message, main.dataset.embed);
  window.addEventListener("message", (event) => {
    const isParent = event.source === window.parent && event.origin === main.dataset.embed;
    if (isParent && event.data?.source === "plaid-emulator" && event.data.verb === "exit") {
      document.getElementById("leave")?.requestSubmit();
    }
  });
})();
