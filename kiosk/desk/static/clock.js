// The desk's clock on this screen: this machine's own may be wrong, so the desk's answer corrects it.

let ahead = 0; // ms

export const set = (iso) => {
  ahead = Date.parse(iso) - Date.now();
};
export const now = () => Date.now() + ahead;
export const minutesSince = (iso) => Math.max(0, Math.floor((now() - Date.parse(iso)) / 60_000));

export function timeOfDay(at, zone) {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(at);
}

export function age(iso) {
  const seconds = Math.max(0, Math.floor((now() - Date.parse(iso)) / 1000));
  if (seconds < 5) return "just now";
  return seconds < 120 ? `${Math.floor(seconds / 5) * 5} s ago` : `${Math.floor(seconds / 60)} min ago`;
}
