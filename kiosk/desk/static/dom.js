// Small tools for pages made from templates: find, stamp, set only what changed, keep keyed lists.

export const find = (selector, inside = document) => inside.querySelector(selector);
export const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

export function stamp(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

export function text(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

export function shown(element, yes) {
  if (element.hidden === yes) element.hidden = !yes;
}

export function icon(element, name) {
  const wanted = `#icon-${name}`;
  const use = find("use", element);
  if (use.getAttribute("href") !== wanted) use.setAttribute("href", wanted);
}

// Make the children of `list` those of `items`, in order; an element lives as long as its key.
// `kept` may hold elements of several lists, so that a card keeps its element between columns.
export function keyed(list, items, make, fill, kept = null) {
  const known = kept ?? new Map([...list.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map((item) => {
    const fresh = !known.has(item.key);
    const element = known.get(item.key) ?? make(item);
    element.dataset.key = item.key;
    known.set(item.key, element);
    fill(element, item, fresh);
    return element;
  });
  const stay = new Set(wanted);
  for (const child of [...list.children]) if (!stay.has(child)) child.remove();
  wanted.forEach((element, place) => {
    if (list.children[place] !== element) list.insertBefore(element, list.children[place] ?? null);
  });
}

// What a person chose on this screen, such as a filter; it survives reload and logging out.
export const choice = {
  get: (name, otherwise) => {
    try {
      return JSON.parse(localStorage.getItem(`board.${name}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  set: (name, value) => localStorage.setItem(`board.${name}`, JSON.stringify(value)),
};
