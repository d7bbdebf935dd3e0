(() => {
  "use strict";
  // Streams of events say that something may have changed; then the page asks
  // where it stands. One tab listens for all: a browser opens six connections
  // to a server and no more.
  const { base, key, sheet } = document.currentScript.dataset;
  const name = "replaygen " + base;
  const place = () => location.pathname + location.search;
  let shown = sheet, asking = false, again = false;

  async function check() {
    again = true;
    if (asking) return;
    asking = true;
    try {
      while (again) {
        again = false;
        const answer = await fetch(base + "_replaygen/where?" + new URLSearchParams({ page: place() }));
        if (!answer.ok) return;
        const now = await answer.json();
        if (now.key !== key) return load(now.to);
        if (now.style && shown && now.style !== shown) restyle(now.style);
      }
    } catch {
      // The server is away. The stream tells when it is back.
    } finally {
      asking = false;
    }
  }

  function load(to) {
    if (to !== place()) return location.replace(to);
    try {
      sessionStorage.setItem(name, JSON.stringify([place(), scrollX, scrollY]));
    } catch {
      // Without storage the browser does its best.
    }
    location.reload();
  }

  function keepScroll() {
    try {
      const [where, x, y] = JSON.parse(sessionStorage.getItem(name)) ?? [];
      sessionStorage.removeItem(name);
      if (where === place()) scrollTo({ left: x, top: y, behavior: "instant" });
    } catch {
      // Nothing was kept.
    }
  }

  function restyle(to) {
    for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
      if (new URL(old.href).pathname !== shown) continue;
      const link = old.cloneNode();
      link.href = to;
      link.onload = link.onerror = () => old.remove();
      old.after(link);
    }
    shown = to;
  }

  function listen() {
    const stream = new EventSource(base + "_replaygen/events");
    stream.onmessage = () => {
      channel.postMessage("changed");
      check();
    };
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED) setTimeout(() => (closeStream = listen()), 1000);
    };
    return () => stream.close();
  }

  const channel = new BroadcastChannel(name);
  channel.onmessage = check;
  let closeStream = () => {};
  if (navigator.locks) {
    navigator.locks.request(name, () => new Promise(() => (closeStream = listen())));
  } else {
    // Without locks, as under plain HTTP to another machine, who is seen listens.
    const look = () => {
      closeStream();
      closeStream = document.hidden ? () => {} : listen();
    };
    document.addEventListener("visibilitychange", look);
    look();
  }
  if (document.readyState === "complete") keepScroll();
  else addEventListener("load", keepScroll, { once: true });
  addEventListener("pageshow", (event) => event.persisted && check());

  // The author's bar can be folded away, on all pages at once.
  const bar = document.querySelector("#replaygen-bar")?.shadowRoot;
  if (!bar) return;
  const fold = bar.querySelector("#fold"), body = bar.querySelector("#bar");
  const set = (folded) => {
    body.hidden = folded;
    fold.setAttribute("aria-expanded", String(!folded));
    fold.textContent = folded ? "Author’s bar" : "As published";
  };
  set(localStorage.getItem(name) === "folded");
  fold.onclick = () => {
    set(!body.hidden);
    localStorage.setItem(name, body.hidden ? "folded" : "");
  };
})();
