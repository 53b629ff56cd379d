// Keys that mean the same in every form and list, and fields that speak once the typing pauses. No key travels to the server.
const pauses = new WeakMap();

const plain = event => !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || !(event.target instanceof Element)) return;
  if (event.key === 'Enter') enter(event);
  else if (event.key === 'Escape') escape(event);
  else list(event);
});

/** Enter saves from every field of a dialog; in a text it makes a new line, Ctrl+Enter saves. */
function enter(event) {
  hurry(event.target);
  const { form } = event.target;
  if (!form) return;
  const isText = event.target.matches('textarea');
  const saves = isText ? (event.ctrlKey || event.metaKey) : plain(event) && form.closest('dialog, .mud-dialog') &&
    event.target.matches('select, input[type=date]');
  if (!saves) return;
  event.preventDefault();
  // What was typed last counts too.
  event.target.dispatchEvent(new Event('change', { bubbles: true }));
  form.requestSubmit();
}

/** Esc closes the innermost thing that closes by it. */
function escape(event) {
  const host = event.target.closest('[data-escapes]');
  if (!host) return;
  event.preventDefault();
  event.stopPropagation();
  host.dispatchEvent(new Event('escape', { bubbles: true }));
}

/** A list of choices: arrows go along it, a number takes its choice. */
function list(event) {
  const choices = event.target.closest('dialog, .menu-list')?.querySelector('[data-choices]') ?? event.target.closest('[data-choices]');
  if (!choices || !plain(event) || event.target.matches('input, select, textarea')) return;
  const all = [...choices.querySelectorAll('button:not(:disabled), a[href]')];
  const at = all.indexOf(event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
  const taken = all.find(one => one.dataset.key === event.key);
  if (to === undefined && !taken) return;
  event.preventDefault();
  if (taken) taken.click();
  else all.at(to % all.length)?.focus();
}

document.addEventListener('input', ({ target }) => {
  if (!(target instanceof HTMLElement) || !target.dataset.pause) return;
  clearTimeout(pauses.get(target));
  pauses.set(target, setTimeout(() => hurry(target), Number(target.dataset.pause)));
});
// Said already.
document.addEventListener('change', ({ target }) => forget(target));
// What is sent is what stands there now.
addEventListener('submit', ({ target }) => target.querySelectorAll('[data-pause]').forEach(hurry), true);

function forget(field) {
  clearTimeout(pauses.get(field));
  return pauses.delete(field);
}

/** Says what was typed without waiting for the pause. */
function hurry(field) {
  if (forget(field) && field.isConnected) field.dispatchEvent(new Event('change', { bubbles: true }));
}
