// The board by keyboard: letters act on the card under the focus, arrows walk from card to card.
import { cardOf, focusOn } from "./cards.js";
import { all, choice, find } from "./dom.js";
import { isMasked, mask } from "./privacy.js";
import { act, LETTERS, matchCard, undo } from "./sheet.js";

const STATUS = Object.fromEntries(Object.entries(LETTERS).map(([status, letter]) => [letter, status]));
const COLUMNS = { 1: "arrived", 2: "checked-in", 3: "expected", 4: "in-progress", 5: "over" };
const visible = (element) => element.checkVisibility();

const ANYWHERE = {
  "?": () => find("#keys").showModal(),
  "/": () => find("#find").focus(),
  H: () => mask(!isMasked()),
  G: () => find("#helps button")?.click(),
};

export function start(unfold) {
  const on = find("#keys-on");
  on.checked = choice.get("keys", true);
  on.addEventListener("change", () => choice.set("keys", on.checked));
  find("#keys-open").addEventListener("click", ANYWHERE["?"]);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (pressed(event, on.checked, unfold)) event.preventDefault();
  });
}

const typing = (target) => target.closest?.("input:not([type=checkbox]), textarea, select, dialog");

function pressed(event, letters, unfold) {
  const card = event.target.closest(".card");
  if (card && event.key.startsWith("Arrow")) return walk(card, event.key);
  if (!letters) return false;
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  if (COLUMNS[key]) {
    unfold(COLUMNS[key]);
    return focusOn(find(`#c-${COLUMNS[key]} .card`)), true;
  }
  if (card && onCard(cardOf(card), key)) return true;
  ANYWHERE[key]?.();
  return key in ANYWHERE;
}

function onCard(card, key) {
  if (STATUS[key]) act(card, STATUS[key]);
  else if (key === "U") undo(card);
  else if (key === "M" && !card.appointment) matchCard(card);
  else return false;
  return true;
}

function walk(card, key) {
  const columns = all(".cards").filter((list) => list.children.length && visible(list));
  const list = card.parentElement;
  const at = [...list.children].indexOf(card);
  if (key === "ArrowDown" || key === "ArrowUp") {
    focusOn(list.children[at + (key === "ArrowDown" ? 1 : -1)]);
    return true;
  }
  const next = columns[columns.indexOf(list) + (key === "ArrowRight" ? 1 : -1)];
  if (next) focusOn(next.children[Math.min(at, next.children.length - 1)]);
  return true;
}
