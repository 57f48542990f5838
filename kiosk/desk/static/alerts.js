// Calls for help, and the strip of things a person should look at.
import { post } from "./act.js";
import { age, timeOfDay } from "./clock.js";
import { find, icon, keyed, shown, stamp, text } from "./dom.js";
import { name, personal } from "./privacy.js";

const few = () => (matchMedia("(max-width: 760px)").matches ? 1 : 3); // shown before "more"
const LOOKS = { // kind → icon, and what may be read while names are hidden
  unmatched: ["user-round-search", "Who is this?"],
  conflict: ["calendar-x", "The schedule contradicts an arrival"],
  refused: ["user-round-x", "Somebody could not check in"],
  parked: ["inbox", "Something was not taken"],
  "kiosk-offline": ["wifi-off", ""],
  "system-offline": ["unplug", ""],
};
let unfolded = false;
let last = [];
let matching = () => {};

export function drawHelps(helps, isNews) {
  const list = find("#helps");
  keyed(list, helps.map((call) => ({ ...call, key: call.event })), makeHelp, (element, call, fresh) => {
    element.dataset.at = call.at;
    if (fresh && isNews) element.classList.add("fresh");
    text(find("b", element), call.text);
    name(find("bdi", element), call.name);
    text(find(".rest", element), call.language_text && ` · ${call.language_text}`);
    tickHelp(element);
  });
}

function makeHelp(call) {
  const element = stamp("t-help");
  const button = find("button", element);
  button.setAttribute("aria-label", `I'm going: ${call.text}`);
  button.addEventListener("click", () => going(call.event, button));
  return element;
}

export async function going(event, button = null) {
  if (button) button.disabled = true;
  const kept = await post("/api/v1/staff/events", { type: "help.acknowledged", data: { event } });
  if (!kept && button) button.disabled = false;
  return kept;
}

export const tickHelp = (element) => text(find(".age", element), age(element.dataset.at));

// People who stand there and wait to be known come first, then what is newest.
export function drawAttention(items, zone, onMatch) {
  [last, matching] = [[items, zone], onMatch];
  const section = find("#attention");
  const first = items.toSorted((one, other) => (other.kind === "unmatched") - (one.kind === "unmatched"));
  shown(section, items.length > 0);
  keyed(find("#attention-list"), unfolded ? first : first.slice(0, few()), makeLook, (element, item) => {
    const [sign, quiet] = LOOKS[item.kind];
    icon(element, sign);
    personal(find("b", element), item.title, quiet || item.title);
    personal(find(".detail", element), item.detail, quiet ? timeOfDay(new Date(item.at), zone) : item.detail);
    const button = find("button", element);
    shown(button, item.kind === "unmatched");
    button.onclick = () => matching(item);
  });
  const more = find("#attention-more");
  shown(more, items.length > few());
  text(more, unfolded ? "Show fewer" : `${items.length - few()} more`);
  more.setAttribute("aria-expanded", String(unfolded));
}

const makeLook = () => stamp("t-attention");

find("#attention-more").addEventListener("click", () => {
  unfolded = !unfolded;
  drawAttention(...last, matching);
});
