// Kiosks: how each one is, live; a one-time code for a new one; revoking one.
import { confirm, post } from "./act.js";
import * as clock from "./clock.js";
import { find, icon, keyed, shown, stamp, text } from "./dom.js";
import { follow } from "./feed.js";
import "./frame.js";

let state = JSON.parse(find("#state").textContent);
let before = null; // ids of kiosks when the shown code was made

function take(next) {
  state = next;
  clock.set(next.now);
  const list = state.kiosks.map((kiosk) => ({ ...kiosk, key: kiosk.device }));
  keyed(find("#list tbody"), list, makeRow, fillRow);
  shown(find("#list"), list.length > 0);
  shown(find("#none"), list.length === 0);
  const fresh = before && state.kiosks.find((kiosk) => !before.has(kiosk.device));
  if (fresh) welcome(fresh);
}

function makeRow({ key }) {
  const row = stamp("t-kiosk");
  find(".revoke", row)?.addEventListener("click", () => revoke(key));
  return row;
}

function fillRow(row, kiosk) {
  const sites = new Map(state.sites);
  text(find(".label b", row), kiosk.label);
  text(find(".site", row), sites.get(kiosk.site) ?? kiosk.site);
  const sign = find(".state", row);
  sign.classList.toggle("off", !kiosk.online);
  icon(find(".icon", sign), kiosk.online ? "wifi" : "wifi-off");
  text(find("span", sign), kiosk.online ? "online" : "offline");
  text(find(".seen", row), kiosk.last_seen ? clock.age(kiosk.last_seen) : "not yet");
  text(find(".waiting", row), String(kiosk.waiting || "none"));
  text(find(".parked", row), String(kiosk.parked || "none"));
}

async function revoke(device) {
  const kiosk = state.kiosks.find((one) => one.device === device);
  text(find("#sure-label"), kiosk.label);
  if (!(await confirm(find("#sure")))) return;
  await post(`/api/v1/devices/${encodeURIComponent(device)}/revoke`, {});
  feed.ask();
}

async function newCode(event) {
  event.preventDefault();
  const answer = await post("/api/v1/enrolment-codes", { label: find("#label").value.trim(), site: find("#site").value });
  if (!answer) return;
  const made = await answer.json();
  before = new Set(state.kiosks.map((kiosk) => kiosk.device));
  const drawing = new DOMParser().parseFromString(made.svg, "image/svg+xml").documentElement;
  find("#enrol-code").replaceChildren(document.adoptNode(drawing));
  text(find("#enrol-short"), made.code);
  text(find("#enrol-text"), made.text);
  text(find("#enrol-until"), clock.timeOfDay(new Date(made.expires), state.zone));
  shown(find("#enrol-done"), false);
  shown(find("#enrol"), true);
  find("#enrol").scrollIntoView({ block: "nearest" });
}

function welcome(kiosk) {
  before = null;
  text(find("#enrol-done span"), `${kiosk.label} is enrolled.`);
  shown(find("#enrol-done"), true);
  find("#enrol-code").replaceChildren();
}

function onLink(good, heard) {
  shown(find("#lost"), !good);
  if (!good) text(find("#lost span"), `No connection to the desk since ${clock.timeOfDay(new Date(heard), state.zone)}. Trying again …`);
}

function onLoggedOut() {
  onLink(false, clock.now());
  text(find("#lost span"), "You were logged out. Please log in again.");
  shown(find("#lost a"), true);
}

if (find("#new")) {
  find("#new").addEventListener("submit", newCode);
  find("#site").replaceChildren(...state.sites.map(([code, name]) => new Option(name, code)));
  shown(find("#site-field"), state.sites.length > 1);
}
take(state);
const feed = follow({ onState: take, onLink, onLoggedOut });
setInterval(() => take(state), 10_000);
