// What was typed into forms and not saved yet: kept by this tab of the browser alone, under the names that the server's Drafts gives.
const prefix = 'draft ';
const signedOut = 'signed-out-at';
const lifetime = 3 * 24 * 60 * 60 * 1000;
let over = false;

// What a control held when it was entered: a form can be typed into a moment before it is watched.
export const entered = new WeakMap();
document.addEventListener('focusin', event => {
  if (event.target.matches('input:not([type=checkbox]), select, textarea')) entered.set(event.target, event.target.value);
});

// Said when a draft was written or went, and when its form was opened or closed.
export const changed = 'drafts-changed';
const opened = new Set();

// A draft whose form is open waits no longer.
export const waits = name => !opened.has(name) && read(name) !== null;

export function isOpen(name, open) {
  if (open) opened.add(name);
  else opened.delete(name);
  tell();
}

// Which forms were open on a page that is gone; from here on none is.
export function takeOpened() {
  const names = [...opened];
  opened.clear();
  tell();
  return names;
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
  if (over) return;
  try {
    sessionStorage.setItem(name, JSON.stringify(draft));
  } catch {
    // Storage switched off or full: the form itself still holds what was typed.
  }
  tell();
}

export const drop = name => dropWhere(other => other === name);

// Another user's drafts go as soon as somebody signed in, those of before the last sign-out and old ones at any time.
export function tidy(user) {
  const mine = user && `${prefix}${user} `;
  const since = Math.max(Date.now() - lifetime, signedOutAt());
  dropWhere(name => (mine && !name.startsWith(mine)) || !(read(name)?.at > since));
}

// A sign-out ends the drafts of every tab: those that are open hear of it, a closed one that is reopened finds the mark.
export function endSession() {
  dropWhere(() => true);
  try {
    localStorage.setItem(signedOut, Date.now());
  } catch {
    // Storage switched off: then nothing was kept either.
  }
}

addEventListener('storage', change => {
  if (change.key !== signedOut) return;
  over = true;
  dropWhere(() => true);
});

function signedOutAt() {
  try {
    return Number(localStorage.getItem(signedOut));
  } catch {
    return 0;
  }
}

function dropWhere(chosen) {
  try {
    Object.keys(sessionStorage).filter(name => name.startsWith(prefix) && chosen(name)).forEach(name => sessionStorage.removeItem(name));
  } catch {
    // Storage switched off: there is nothing to drop.
  }
  tell();
}
