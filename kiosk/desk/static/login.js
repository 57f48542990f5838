// Log in, with kind words when it does not work.
import { find, shown, text } from "./dom.js";

const [form, note, go] = ["#form", "#note", "#go"].map((id) => find(id));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  go.disabled = true;
  const wait = await login();
  if (wait) pause(wait);
  else go.disabled = false;
});

// Returns the seconds to wait before the next try.
async function login() {
  const body = JSON.stringify({ user: find("#user").value, password: find("#password").value });
  let answer;
  try {
    answer = await fetch("/api/v1/login", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  } catch {
    return tell("The desk cannot be reached. Please check the network and try again.");
  }
  if (answer.ok) {
    location.replace(form.dataset.next);
    return 0;
  }
  if (answer.status === 429) return Number(answer.headers.get("Retry-After")) || 30;
  if (answer.status === 401) tell("Name and password do not fit together. Please try again.");
  else tell("The desk has a problem just now. Please try again in a moment.");
  find("#password").value = "";
  find("#password").focus();
  return 0;
}

function tell(words) {
  text(note, words);
  shown(note, true);
  return 0;
}

function pause(seconds) {
  const until = Date.now() + seconds * 1000;
  const left = () => Math.ceil((until - Date.now()) / 1000);
  const say = () => `There were too many wrong passwords. Please wait ${left() > 90 ? `${Math.ceil(left() / 60)} minutes` : `${left()} seconds`}, then try again.`;
  tell(say());
  const timer = setInterval(() => {
    if (left() > 0) return;
    clearInterval(timer);
    go.disabled = false;
    tell("You can try again now.");
    find("#password").focus();
  }, 500);
}
