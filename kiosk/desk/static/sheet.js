// A card's sheet: what was told, and what may happen next; with the dialogs that some steps need.
import { confirm, post, toast } from "./act.js";
import { chips, drawChips, elementOf } from "./cards.js";
import { find, keyed, shown, stamp, text } from "./dom.js";
import { drawNeeds, markMet } from "./needs.js";
import { name, onMask, personal } from "./privacy.js";

const EVENTS = "/api/v1/staff/events";
export const LETTERS = { arrived: "A", "checked-in": "C", ready: "R", "in-progress": "B", done: "D", left: "L",
  "no-show": "N", booked: "E" };
const sheet = find("#sheet");
let refresh = () => {};
let state = null;
let open = "";

export const useRefresh = (how) => { refresh = how; };

export function follow(now) {
  state = now;
  if (!open) return;
  const card = cards().find((one) => one.key === open);
  if (card) draw(card);
  else sheet.hidePopover();
}

const cards = () => state.columns.flatMap((column) => column.cards);

export function show(card) {
  open = card.key;
  draw(card);
  sheet.showPopover();
  place(elementOf(card.key));
  find("#sheet-moves button")?.focus();
}

function place(element) {
  const at = element.getBoundingClientRect();
  const [wide, high] = [sheet.offsetWidth, sheet.offsetHeight];
  const beside = at.right + 8 + wide <= innerWidth ? at.right + 8 : at.left - 8 - wide;
  sheet.style.left = `${Math.max(12, beside >= 12 ? beside : (innerWidth - wide) / 2)}px`;
  sheet.style.top = `${Math.max(12, Math.min(at.top, innerHeight - high - 12))}px`;
}

sheet.addEventListener("toggle", (event) => {
  if (event.newState !== "closed") return;
  const element = elementOf(open);
  open = "";
  if (element && sheet.contains(document.activeElement)) find(".open", element).focus();
});
sheet.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...sheet.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
});
onMask((yes) => {
  if (!yes) return;
  sheet.hidePopover();
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
});

function draw(card) {
  name(find("#sheet-name"), card.name);
  const other = card.called && !card.name.includes(card.called);
  personal(find("#sheet-called"), other ? `Call: ${card.called}` : "", "");
  const line = [card.status_text, card.time && `booked ${card.time}`, card.minutes && `${card.minutes} min`,
    card.practitioner, card.service, card.location];
  text(find("#sheet-line"), line.filter(Boolean).join(" · "));
  drawChips(find("#sheet-chips"), chips(card).filter((chip) => !chip.key.startsWith("need-")));
  drawNeeds(find("#sheet-needs"), card, async (need) => {
    await markMet(card, need);
    refresh();
  });
  keyed(find("#sheet-moves"), steps(card), makeStep, fillStep);
  keyed(find("#sheet-told"), told(card), makeTold, (row, item) => {
    text(row.firstElementChild, item.term);
    personal(row.lastElementChild, item.words);
  });
}

function steps(card) {
  const list = card.moves.map((move) => ({
    key: move.status, words: move.text, letter: LETTERS[move.status], press: () => act(card, move.status),
  }));
  if (!card.appointment) list.push({ key: "match", words: "Match …", letter: "M", press: () => matchCard(card) });
  if (card.undoable) list.push({ key: "undo", words: "Undo the arrival …", letter: "U", press: () => undo(card) });
  return list;
}

function makeStep() {
  const button = document.createElement("button");
  button.append(document.createElement("span"), document.createElement("kbd"));
  button.addEventListener("click", () => {
    sheet.hidePopover();
    button.press();
  });
  return button;
}

function fillStep(button, step) {
  button.press = step.press;
  button.classList.toggle("undo", step.key === "undo");
  button.setAttribute("aria-keyshortcuts", step.letter);
  text(button.firstElementChild, step.words);
  text(button.lastElementChild, step.letter);
}

function makeTold() {
  const row = document.createElement("div");
  row.append(document.createElement("dt"), document.createElement("dd"));
  row.lastElementChild.dir = "auto";
  return row;
}

function told(card) {
  const rows = [
    ["arrived", [card.arrived_time, card.kiosk, card.verified].filter(Boolean).join(" · ")],
    ...card.answers.map((answer) => [answer.question, answer.answer]),
    ["questions", card.arrived_at ? (card.finished ? "all answered" : card.unfinished && `stopped at: ${card.unfinished}`) : ""],
  ];
  return rows.filter(([, words]) => words).map(([term, words], at) => ({ key: `${at} ${term}`, term, words }));
}

// Do what a letter or a button says, if this card may do it.
export function act(card, status) {
  if (!card.moves.some((move) => move.status === status)) return null;
  return status === "no-show" && card.sessions.length ? surely(card) : moveTo(card, status);
}

async function surely(card) {
  const dialog = find("#sure");
  name(find("[data-name]", dialog), card.name);
  const where = card.kiosk || card.notes[0]?.text || "a kiosk";
  text(find("#sure-text"), `There was something at the kiosk today: ${where}. Mark as “did not come” all the same?`);
  if (await confirm(dialog)) await moveTo(card, "no-show");
  find(".open", elementOf(card.key) ?? document)?.focus();
}

async function moveTo(card, status) {
  elementOf(card.key)?.classList.add("busy");
  const kept = await post(EVENTS, { type: "status.changed", data: { appointment: card.appointment, status } });
  if (kept) putBack(card, status);
  refresh();
}

function putBack(card, status) {
  const words = document.createElement("span");
  const who = document.createElement("bdi");
  name(who, card.name);
  words.append(who, `: ${card.moves.find((move) => move.status === status).text}`);
  const back = { type: "status.changed", data: { appointment: card.appointment, status: card.status } };
  toast(words, "Put back", async () => {
    await post(EVENTS, back);
    refresh();
  });
}

export async function undo(card) {
  if (!card.undoable) return;
  const dialog = find("#undo");
  name(find("[data-name]", dialog), card.name);
  because("");
  const yes = await confirm(dialog);
  if (yes) {
    const data = { session: card.undoable, reason: find("#undo-reason").value.trim() };
    if (await post(EVENTS, { type: "arrival.voided", data })) toast("The arrival was undone.", "OK", null, 8);
    refresh();
  }
  find(".open", elementOf(card.key) ?? document)?.focus();
}

function because(words) {
  const reason = find("#undo-reason");
  if (reason.value !== words) reason.value = words;
  reason.setCustomValidity(words.trim() ? "" : "Please say why.");
}

find("#undo .reasons").addEventListener("click", (event) => {
  if (!event.target.value) return;
  because(event.target.value);
  find("#undo button.strong").focus();
});
find("#undo-reason").addEventListener("input", (event) => because(event.target.value));

export function matchCard(card) {
  const item = state.attention.find((one) => one.kind === "unmatched" && one.session === card.sessions[0]);
  match(item ?? { session: card.sessions[0], detail: card.name, candidates: [] });
}

export async function match(item) {
  const dialog = find("#match");
  personal(find("#match-detail"), item.detail);
  const chosen = (appointment) => async () => {
    dialog.close();
    await post(EVENTS, { type: "match.made", data: { session: item.session, appointment } });
    refresh();
  };
  const search = find("#match-find");
  search.value = "";
  const others = () => drawPicks(find("#match-others"), found(search.value, item.candidates), chosen);
  search.oninput = others;
  drawPicks(find("#match-fits"), item.candidates, chosen);
  others();
  await confirm(dialog);
}

function found(words, candidates) {
  const known = new Set(candidates.map((one) => one.appointment));
  const expected = state.columns.find((column) => column.id === "expected").cards;
  return expected.filter((card) => !known.has(card.appointment) && fits(card, words)).map((card) => ({ ...card, fits: [] }));
}

const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
export const fits = (card, words) => plain(words).split(/\s+/).every((word) => plain(`${card.name} ${card.called}`).includes(word));

function drawPicks(list, items, chosen) {
  keyed(list, items.map((item) => ({ ...item, key: item.appointment })), () => stamp("t-pick"), (row, item) => {
    text(find(".time", row), item.time);
    name(find("bdi", row), item.name);
    text(find(".soft", row), item.practitioner);
    text(find(".fits", row), item.fits.length ? `fits: ${item.fits.join(", ")}` : "");
    find("button", row).onclick = chosen(item.appointment);
  });
  shown(list, items.length > 0);
}
