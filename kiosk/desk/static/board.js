// The live board: every state that comes from the desk is drawn whole, touching only what changed.
import { drawAttention, drawHelps, tickHelp } from "./alerts.js";
import { cardOf, drawColumns, elementOf, tick } from "./cards.js";
import * as chime from "./chime.js";
import * as clock from "./clock.js";
import { all, choice, find, icon, keyed, shown, stamp, text } from "./dom.js";
import { follow } from "./feed.js";
import "./frame.js";
import * as keys from "./keys.js";
import { isMasked, mask, onMask, spoken } from "./privacy.js";
import * as sheet from "./sheet.js";

const HERE = new Set(["arrived", "checked-in"]);
let state = null;
let drawn = false;
let hiddenPractitioners = new Set(choice.get("not-for", []));
let folds = new Set(choice.get("folds", []));
let tab = choice.get("tab", "arrived");

function take(next) {
  if (state && Date.parse(next.now) < Date.parse(state.now)) return;
  const before = state;
  state = next;
  clock.set(next.now);
  sheet.follow(next);
  draw();
  if (before) announce(before, next);
}

function draw() {
  text(find("#day"), state.day_text);
  shown(find("#demo"), state.demo);
  drawHelps(state.helps, drawn);
  drawAttention(state.attention, state.zone, sheet.match);
  drawColumns(state.columns, wanted, (column) => column.cards.length - column.cards.filter(wanted).length);
  drawTabs();
  drawFilter();
  ticking();
  drawn = true;
  const first = state.helps.length ? `Help asked for (${state.helps.length})` : `Arrivals (${count("arrived")})`;
  document.title = `${first} · ${state.practice}`;
}

const column = (id) => state.columns.find((one) => one.id === id);
const count = (id) => column(id).cards.filter(wanted).length;

function wanted(card) {
  const words = find("#find").value.trim();
  if (words) return sheet.fits(card, words);
  return !card.practitioner || !hiddenPractitioners.has(card.practitioner);
}

function ticking() {
  text(find("#clock"), clock.timeOfDay(new Date(clock.now()), state.zone));
  all(".help").forEach(tickHelp);
  all(".card").forEach(tick);
}

// New arrivals glow once and are said; so is every new call for help.
function announce(before, after) {
  const here = (from) => from.columns.filter((one) => HERE.has(one.id)).flatMap((one) => one.cards);
  const known = new Set(here(before).map((card) => card.key));
  const fresh = here(after).filter((card) => !known.has(card.key));
  for (const card of fresh) glow(elementOf(card.key));
  if (fresh.length) text(find("#say"), fresh.map(arrival).join(". "));
  const calls = new Set(before.helps.map((call) => call.event));
  const asked = after.helps.filter((call) => !calls.has(call.event));
  if (!asked.length) return;
  text(find("#shout"), asked.map((call) => call.text).join(". "));
  chime.ring();
}

function glow(element) {
  if (!element) return;
  element.classList.add("fresh");
  setTimeout(() => element.classList.remove("fresh"), 4500);
}

// Said by a screen reader, maybe aloud: nothing private.
const said = (card) => card.needs.filter((need) => !need.private && !need.met).map((need) => need.text);
const arrival = (card) => [spoken(card.name), "has arrived", ...said(card)].join(", ");

function drawTabs() {
  const items = state.columns.map((one) => ({ key: one.id, words: `${one.title} ${count(one.id)}` }));
  keyed(find("#tabs"), items, makeTab, (button, item) => {
    text(button, item.words);
    button.setAttribute("aria-pressed", String(item.key === tab));
  });
  for (const one of state.columns) {
    const section = find(`#c-${one.id}`);
    const open = folds.has(one.id) || (find("#find").value.trim() !== "" && count(one.id) > 0);
    section.classList.toggle("chosen", one.id === tab);
    section.classList.toggle("unfolded", open);
    find(".fold", section)?.setAttribute("aria-expanded", String(open));
  }
}

function makeTab({ key }) {
  const button = document.createElement("button");
  button.addEventListener("click", () => {
    tab = key;
    choice.set("tab", tab);
    drawTabs();
    scrollTo({ top: Math.min(scrollY, find("#tabs").offsetTop) });
  });
  return button;
}

function unfold(id, toggle = false) {
  if (toggle && folds.has(id)) folds.delete(id);
  else folds.add(id);
  tab = id;
  choice.set("folds", [...folds]);
  drawTabs();
}

function drawFilter() {
  const names = [...new Set(state.columns.flatMap((one) => one.cards.map((card) => card.practitioner)))].filter(Boolean);
  names.sort((one, other) => one.localeCompare(other));
  const here = column("arrived").cards.concat(column("checked-in").cards);
  keyed(find("#filter-list"), names.map((key) => ({ key })), makeFilter, (row, { key }) => {
    text(find("bdi", row), key);
    text(find(".soft", row), `${here.filter((card) => card.practitioner === key).length} here`);
    find("input", row).checked = !hiddenPractitioners.has(key);
  });
  const chosen = names.filter((one) => !hiddenPractitioners.has(one));
  const some = chosen.length < names.length;
  text(find("#filter-word"), !some ? "All clinicians" : chosen.length === 1 ? chosen[0] : `${chosen.length} of ${names.length}`);
  find("#filter-open").classList.toggle("on", some);
}

function makeFilter({ key }) {
  const row = stamp("t-practitioner");
  find("input", row).addEventListener("change", (event) => {
    hiddenPractitioners[event.target.checked ? "delete" : "add"](key);
    filterChanged();
  });
  return row;
}

function filterChanged() {
  choice.set("not-for", [...hiddenPractitioners]);
  draw();
}

function onLink(good, heard) {
  const live = find("#live");
  live.classList.toggle("off", !good);
  text(find("span", live), good ? "live" : "not live");
  icon(find(".icon", live), good ? "radio" : "wifi-off");
  shown(find("#lost"), !good);
  const since = clock.timeOfDay(new Date(heard), state.zone);
  if (!good) text(find("#lost span"), `No connection to the desk since ${since}. What you see is from then. Trying again …`);
}

function onLoggedOut() {
  onLink(false, clock.now());
  text(find("#lost span"), "You were logged out. Nothing is lost; please log in again.");
  shown(find("#lost a"), true);
}

function start() {
  take(JSON.parse(find("#state").textContent));
  chime.start();
  keys.start(unfold);
  const feed = follow({ onState: take, onLink, onLoggedOut });
  sheet.useRefresh(feed.ask);
  setInterval(ticking, 1000);
  find("#columns").addEventListener("click", (event) => {
    const card = event.target.closest(".card");
    if (card) sheet.show(cardOf(card));
    const fold = event.target.closest(".fold");
    if (fold) unfold(fold.closest(".column").id.slice(2), true);
  });
  find("#find").addEventListener("input", draw);
  find("#find").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.target.value = "";
    draw();
  });
  find("#filter-all").addEventListener("click", () => {
    hiddenPractitioners = new Set();
    filterChanged();
  });
  find("#filter").addEventListener("beforetoggle", placeFilter);
  find("#mask").addEventListener("click", () => mask(!isMasked()));
  onMask(drawMask);
}

function placeFilter() {
  const at = find("#filter-open").getBoundingClientRect();
  const pop = find("#filter");
  pop.style.top = `${at.bottom + 6}px`;
  pop.style.left = `${Math.max(12, Math.min(at.left, innerWidth - 440))}px`;
}

function drawMask(masked) {
  const button = find("#mask");
  button.setAttribute("aria-pressed", String(masked));
  text(find("span", button), masked ? "Show names" : "Hide names");
  icon(find(".icon", button), masked ? "eye" : "eye-off");
  if (masked) {
    find("#find").value = "";
    text(find("#say"), "");
  }
  find("#find").disabled = masked;
  draw();
}

start();
