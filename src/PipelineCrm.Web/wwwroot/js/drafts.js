// What was typed into forms and not saved yet: kept by this tab of the browser alone, under the names that the server's Drafts gives.
const prefix = 'draft ';
const lifetime = 3 * 24 * 60 * 60 * 1000;

// What a control held when it was entered: a form can be typed into a moment before it is watched.
export const entered = new WeakMap();
document.addEventListener('focusin', event => {
  if (event.target.matches('input:not([type=checkbox]), select, textarea')) entered.set(event.target, event.target.value);
});

// Said when a draft was written or went, and when its form was opened or closed.
export const changed = 'drafts-changed';
const opened = new Map();

// A draft whose form is open waits no longer.
export const waits = name => !opened.has(name) && read(name) !== null;

export function open(name, watch) {
  opened.set(name, watch);
  tell();
}

// The same form may have been opened anew meanwhile.
export function closed(name, watch) {
  if (opened.get(name) === watch) opened.delete(name);
  tell();
}

// Which forms were open on a page that is gone, with what was typed there up to its last moment kept; from here on none is.
export function takeOpened() {
  const left = [...opened];
  for (const [, watch] of left) watch.stop();
  return left.map(([name]) => name);
}

const tell = () => document.dispatchEvent(new Event(changed));

export function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null; // Storage switched off, or something that this page did not write: no draft.
  }
}

export function write(name, draft) {
  try {
    sessionStorage.setItem(name, JSON.stringify(draft));
  } catch {
    // Storage switched off or full: the form itself still holds what was typed.
  }
  tell();
}

export const drop = name => dropWhere(other => other === name);

// Another user's drafts go as soon as somebody signed in, old ones at any time.
export function tidy(user) {
  const mine = user && `${prefix}${user} `;
  const since = Date.now() - lifetime;
  dropWhere(name => (mine && !name.startsWith(mine)) || !(read(name)?.at > since));
}

// Whoever signs out here is done with what this tab holds. What was typed in another tab waits there for the same person.
export const endSession = () => dropWhere(() => true);

function dropWhere(chosen) {
  try {
    Object.keys(sessionStorage).filter(name => name.startsWith(prefix) && chosen(name)).forEach(name => sessionStorage.removeItem(name));
  } catch {
    // Storage switched off: there is nothing to drop.
  }
  tell();
}
