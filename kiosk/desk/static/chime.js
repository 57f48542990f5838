// Two soft notes for a new call for help; silent until a person switches it on in this browser.
import { choice, find, icon, text } from "./dom.js";

const NOTES = [[0, 659.25], [0.22, 880]]; // seconds, Hz: E5, A5
let wanted = choice.get("sound", false);
let audio = null;

export function ring() {
  if (!wanted || !audio) return;
  for (const [after, pitch] of NOTES) {
    const at = audio.currentTime + after;
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.25, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.65);
  }
}

// Browsers let a page sound only after somebody touched it.
function allow() {
  if (wanted) audio ??= new AudioContext();
  audio?.resume();
}

function draw() {
  const button = find("#sound");
  button.setAttribute("aria-pressed", String(wanted));
  text(find("span", button), wanted ? "Sound on" : "Sound off");
  icon(find(".icon", button), wanted ? "bell" : "bell-off");
}

export function start() {
  find("#sound").addEventListener("click", () => {
    wanted = !wanted;
    choice.set("sound", wanted);
    allow();
    draw();
    ring();
  });
  addEventListener("pointerdown", allow, { capture: true });
  addEventListener("keydown", allow, { capture: true });
  draw();
}
