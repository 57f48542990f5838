// A person's needs in a card's sheet: what to do now, and the mark that it is done.
import { post } from "./act.js";
import { needWords } from "./cards.js";
import { find, icon, keyed, shown, stamp, text } from "./dom.js";
import { personal } from "./privacy.js";

// `mark` is called with a need when its button is pressed.
export function drawNeeds(list, card, mark) {
  keyed(list, card.needs.map((need) => ({ ...need, key: need.id })), () => stamp("t-need"), (row, need) => {
    row.classList.toggle("met", need.met !== "");
    icon(row, need.met ? "check" : need.icon);
    text(find("b", row), needWords(card, need));
    text(find(".act", row), need.act);
    personal(find("bdi", row), need.note);
    text(find(".soft", row), need.met);
    fillButton(find("button", row), card, need, mark);
  });
  shown(list, card.needs.length > 0);
}

function fillButton(button, card, need, mark) {
  const words = need.met ? "Not met" : "Met";
  text(button, words);
  button.setAttribute("aria-label", `${words}: ${need.text}`);
  button.onclick = () => mark(need);
  shown(button, card.appointment !== "");
}

export const markMet = (card, need) =>
  post("/api/v1/staff/events", { type: "need.met", data: { appointment: card.appointment, need: need.id, met: !need.met } });
