// Names disappear after two idle minutes; one click or key brings them back.
// Every name is written by `name`, everything else about a person by `personal`.
import { all, find, shown } from "./dom.js";

const IDLE_MS = 120_000;
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];
let masked = false;
let timer = 0;
const listeners = [];

export const isMasked = () => masked;
export const onMask = (listener) => listeners.push(listener);

// "Okafor, Ada" → "A. O."; words in any script lose all but their first character.
export function initials(full) {
  const parts = full.split(",").reverse().flatMap((part) => part.trim().split(/\s+/)).filter(Boolean);
  return parts.map((part) => `${[...part][0]}.`).join(" ");
}

export function name(element, full) {
  element.dataset.name = full;
  write(element);
}

export function personal(element, words, instead = "hidden") {
  element.dataset.private = words;
  element.dataset.instead = instead;
  write(element);
}

export const spoken = (full) => (masked ? initials(full) : full);

export function mask(yes) {
  if (masked === yes) return;
  masked = yes;
  all("[data-name], [data-private]").forEach(write);
  document.body.classList.toggle("private", masked);
  const note = find("#masked");
  if (note) shown(note, masked);
  listeners.forEach((listener) => listener(masked));
  awake();
}

function write(element) {
  const { name: full, private: words, instead } = element.dataset;
  const wanted = full !== undefined ? spoken(full) : masked ? instead || "hidden" : words;
  if (element.textContent !== wanted) element.textContent = wanted;
}

function awake() {
  clearTimeout(timer);
  if (!masked) timer = setTimeout(() => mask(true), IDLE_MS);
}

export function watch() {
  for (const sign of SIGNS_OF_LIFE) addEventListener(sign, awake, { passive: true, capture: true });
  find("#unmask")?.addEventListener("click", () => mask(false));
  awake();
}
