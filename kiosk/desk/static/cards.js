// Cards and columns, drawn from the board's state.
import { minutesSince, now } from "./clock.js";
import { find, all, icon, keyed, shown, stamp, text } from "./dom.js";
import { name } from "./privacy.js";

const MAIN = new Set(["arrived", "checked-in", "expected"]);
const NOBODY = {
  arrived: "Nobody is waiting to be checked in.",
  "checked-in": "Nobody here is waiting to be seen.",
  expected: "Nobody else is expected today.",
  "in-progress": "Nobody is being seen.",
  over: "Nobody yet.",
};
const NOTE_ICON = {
  late: "clock-alert",
  "late-within-grace": "clock",
  "too-early": "clock",
  "wrong-day": "calendar-x",
  "wrong-site": "map-pin",
  cancelled: "calendar-x",
  unconfirmed: "wifi-off",
  "same-as": "copy-check",
};
const kept = new Map(); // elements of cards, by key
const data = new WeakMap(); // element → card
let ids = 0;

export const cardOf = (element) => data.get(element);
export const elementOf = (key) => kept.get(key);

export function drawColumns(columns, wanted, hidden) {
  const place = find("#columns");
  if (!place.children.length) build(place, columns);
  const focus = document.activeElement?.closest?.(".card");
  const list = focus?.parentElement;
  const at = list ? [...list.children].indexOf(focus) : -1;
  for (const column of columns) drawColumn(find(`#c-${column.id}`), column, wanted, hidden(column));
  const anybody = columns.some((column) => column.cards.length);
  if (!anybody) text(find("#c-expected .nobody"), "No appointments are known for today. They come from the practice's system or an imported list.");
  const live = new Set(columns.flatMap((column) => column.cards.map((card) => card.key)));
  for (const key of kept.keys()) if (!live.has(key)) kept.delete(key);
  if (focus) keepFocus(focus, list, at);
}

function keepFocus(card, list, at) {
  if (card.isConnected && card.checkVisibility()) return focusOn(card);
  focusOn(list.children[Math.min(at, list.children.length - 1)] ?? find(".card"));
}

export function focusOn(card) {
  const button = card && find(".open", card);
  if (button && document.activeElement !== button) button.focus({ preventScroll: false });
}

function build(place, columns) {
  const folds = document.createElement("div");
  folds.className = "folds";
  for (const column of columns) {
    const section = stamp("t-column");
    section.id = `c-${column.id}`;
    section.classList.add(column.id);
    const title = find("h2 .title", section);
    title.id = `h-${column.id}`;
    section.setAttribute("aria-labelledby", title.id);
    if (MAIN.has(column.id)) {
      section.style.gridArea = column.id;
      find(".fold", section).remove();
    }
    (MAIN.has(column.id) ? place : folds).append(section);
  }
  place.append(folds);
}

function drawColumn(section, column, wanted, hiddenCount) {
  const cards = column.cards.filter(wanted);
  for (const title of all(".title", section)) text(title, column.title);
  for (const count of all(".count", section)) text(count, String(cards.length));
  const words = hiddenCount ? `${hiddenCount} not shown` : column.summary;
  for (const summary of all(".summary", section)) text(summary, words);
  text(find(".nobody", section), hiddenCount ? "Nobody who fits what you chose." : NOBODY[column.id]);
  keyed(find(".cards", section), cards, makeCard, (element, card) => fill(element, card, column.id), kept);
}

function makeCard() {
  const element = stamp("t-card");
  const about = find(".about", element);
  about.id = `about-${(ids += 1)}`;
  find(".open", element).setAttribute("aria-describedby", about.id);
  return element;
}

function fill(element, card, column) {
  element.dataset.appointment = card.appointment;
  data.set(element, card);
  element.classList.remove("busy");
  element.className = `card ${column} ${card.status}${element.classList.contains("fresh") ? " fresh" : ""}`;
  element.classList.toggle("overdue", card.overdue);
  element.dataset.status = card.status;
  name(find(".name", element), card.name);
  drawBooked(find(".booked", element), card, column);
  tick(element);
  drawChips(find(".chips", element), chips(card));
  text(find(".from", element), from(card));
}

function drawBooked(line, card, column) {
  const time = column === "expected" ? "" : card.time;
  text(line.firstElementChild, time);
  text(line.lastElementChild, [card.practitioner, column === "expected" ? card.service : ""].filter(Boolean).join(" · "));
}

const from = (card) => [card.arrived_time && `came ${card.arrived_time}`, card.kiosk, card.verified].filter(Boolean).join(" · ");

// The large figure at a card's end: minutes waited, the booked time, or how it ended.
export function tick(element) {
  const card = data.get(element);
  const [figure, word] = right(card);
  text(find(".right b", element), figure);
  text(find(".right span", element), word);
}

function right(card) {
  if (card.waiting_minutes !== null && card.arrived_at) {
    return [`${minutesSince(card.arrived_at)} min`, card.overdue ? "long wait" : "waiting"];
  }
  if (card.status === "booked") return [card.time, late(card)];
  return [card.status_text, ""];
}

function late(card) {
  const minutes = card.start ? Math.floor((now() - Date.parse(card.start)) / 60_000) : 0;
  return minutes > 0 ? `${minutes} min late` : "";
}

export function needWords(card, need) {
  const language = need.id === "interpreter" && card.language_text ? `: ${card.language_text.replace("speaks ", "")}` : "";
  return need.text + language;
}

export function chips(card) {
  const list = [];
  const add = (key, sign, words, kind = "") => list.push({ key, sign, words, kind });
  if (card.help) add("help", "hand-helping", "asks for help", "call");
  if (card.status === "ready") add("ready", "circle-check", "ready", "good");
  const open = card.needs.filter((need) => !need.met);
  for (const need of open) add(`need-${need.id}`, need.icon, needWords(card, need), need.private ? "secret" : "");
  if (card.language_text && !open.some((need) => need.id === "interpreter")) add("language", "languages", card.language_text);
  if (card.unfinished) add("stopped", "circle-pause", `stopped at: ${card.unfinished}`, "warm");
  card.notes.forEach((note, place) => add(`note-${place}`, NOTE_ICON[note.code] ?? "info", note.text, "warm"));
  if (!card.appointment) add("who", "user-round-search", "who is this?", "warm");
  return list;
}

export function drawChips(list, items) {
  keyed(list, items, () => stamp("t-chip"), (element, chip) => {
    element.className = `chip ${chip.kind}`;
    icon(element, chip.sign);
    text(find("span", element), chip.words);
  });
  shown(list, items.length > 0);
}
