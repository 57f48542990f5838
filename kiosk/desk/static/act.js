// What staff do: one POST each, and plain words when it was not kept.
import { find } from "./dom.js";

const CSRF = find("meta[name=csrf]").content;

export async function post(path, body, method = "POST") {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: { "Content-Type": "application/json", "X-CSRF-Token": CSRF },
      body: JSON.stringify(body),
    });
  } catch {
    return failed("Not saved: there is no connection to the desk. Please try again.");
  }
  if (answer.status === 401) return failed("Not saved: you were logged out.", "Log in", () => location.assign("/login"));
  if (answer.ok) return answer;
  const { code, message } = await answer.json().catch(() => ({}));
  if (code === "csrf") return failed("Not saved: this page is too old.", "Reload", () => location.reload());
  return failed(`Not saved: ${message ?? `the desk answered ${answer.status}`}.`);
}

function failed(words, button, press) {
  toast(words, button, press, 0);
  return null;
}

// A line at the bottom; it goes by itself only when `seconds` is given.
export function toast(words, button = "OK", press = null, seconds = 12) {
  const line = document.createElement("div");
  line.className = "toast";
  const said = document.createElement("p");
  if (words instanceof Node) said.append(words);
  else said.textContent = words;
  const close = document.createElement("button");
  close.textContent = button;
  close.addEventListener("click", () => {
    line.remove();
    press?.();
  });
  line.append(said, close);
  const place = find("#toasts");
  place.replaceChildren(line);
  if (seconds) setTimeout(() => line.remove(), seconds * 1000);
}

// Open a <dialog>; resolves to whether it was left by its own "yes".
export function confirm(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true });
  });
}

for (const button of document.querySelectorAll("dialog [data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}
