// Passes: show one, make a new one, revoke one.
import { confirm, post, toast } from "./act.js";
import { find, text } from "./dom.js";
import "./frame.js";
import { name, onMask } from "./privacy.js";

const doing = { show, renew, revoke };

find("main").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const row = button?.closest("tr");
  if (!row) return;
  const what = Object.keys(doing).find((one) => button.classList.contains(one));
  doing[what](row.dataset.appointment, row);
});
onMask((masked) => masked && document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close()));

async function show(appointment, row) {
  const dialog = find("#pass");
  name(find("[data-name]", dialog), find(".who", row).dataset.name);
  const address = `/api/v1/passes/${encodeURIComponent(appointment)}.png?${Date.now()}`;
  find("#pass-picture").src = address;
  find("#pass-file").href = address;
  await confirm(dialog);
}

async function renew(appointment, row) {
  const good = !row.classList.contains("revoked");
  if (good && !(await sure("Make a new code? A code that was already printed or sent stops working.", "Make a new code"))) return;
  if (!(await post("/api/v1/passes", { appointment, replace: true }))) return;
  row.classList.remove("revoked");
  toast("There is a new code.", "OK", null, 8);
  await show(appointment, row);
}

async function revoke(appointment, row) {
  if (!(await sure("Revoke this pass? A kiosk will take it no more; the patient is sent to the desk.", "Revoke"))) return;
  if (!(await post("/api/v1/passes/revoke", { appointment }))) return;
  row.classList.add("revoked");
  find(".renew", row).focus();
  toast("The pass was revoked.", "OK", null, 8);
}

function sure(words, button) {
  text(find("#sure-text"), words);
  text(find("#sure-yes"), button);
  return confirm(find("#sure"));
}
