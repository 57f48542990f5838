// Keeps the board's state fresh: server-sent events, and a question when they have been silent.
// A stream can die without a word (a laptop's Wi-Fi), so silence alone is never taken for calm.
import * as clock from "./clock.js";

const QUIET_MS = 20_000; // the desk speaks at least every 15 s
const PATIENCE_MS = 5_000;
const AGAIN_MS = 2_000;

export function follow({ onState, onLink, onLoggedOut }) {
  let source = null;
  let heard = clock.now();
  let lost = false;

  function took(raw) {
    onState(JSON.parse(raw));
    heard = clock.now();
    link(true);
  }

  function link(good) {
    if (good === !lost) return;
    lost = !good;
    onLink(good, heard);
  }

  function listen() {
    source?.close();
    source = new EventSource("/api/v1/board/stream");
    source.addEventListener("board", (event) => took(event.data));
    source.addEventListener("error", ask);
  }

  async function ask() {
    try {
      const answer = await fetch("/api/v1/board", { signal: AbortSignal.timeout(PATIENCE_MS) });
      if (answer.status === 401) return onLoggedOut();
      if (!answer.ok) throw new Error(String(answer.status));
      took(await answer.text());
      if (source.readyState === EventSource.CLOSED) listen();
    } catch {
      link(false);
    }
  }

  setInterval(() => {
    const silent = clock.now() - heard;
    if (lost ? silent > AGAIN_MS : silent > QUIET_MS) ask();
  }, AGAIN_MS);
  addEventListener("online", ask);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  listen();
  return { ask };
}
