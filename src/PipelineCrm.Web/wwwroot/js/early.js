// A page drawn on the server is seen before its circuit lives. What is clicked, typed and opened meanwhile is done again, in order, on
// the live page, whose elements take the places of those that were drawn: some of them only when what they show has been read.
// It stands in the head, since what is seen can be used.
const giveUpAfter = 5000;
const drawn = () => document.querySelector('main[data-prerendered]');
const fields = 'input:not([type=hidden], [type=file]), textarea, select';
const labelled = 'a, button, summary, [role=button], [role=tab]';
const stateAttributes = ['aria-label', 'aria-pressed', 'aria-expanded'];
let pending = [];
let focused = null;
let headed = false;

/** Where an element stands below the body, by the indexes of its ancestors among their siblings. */
function pathOf(element) {
  const path = [];
  for (let one = element; one !== document.body; one = one.parentElement) {
    if (!one?.parentElement) return null;
    path.unshift([...one.parentElement.children].indexOf(one));
  }
  return path;
}

/** Tells an element from another one that stands in its place for a moment, and from itself before it shows what it did. */
const kindOf = element => [
  element.tagName, element.type, element.name, ...stateAttributes.map(name => element.getAttribute(name)),
  element.matches(labelled) && element.textContent,
].join('\n');

function placeOf(element) {
  const path = pathOf(element);
  return path && { path, kind: kindOf(element) };
}

function at({ path, kind }) {
  const element = path.reduce((parent, number) => parent?.children[number], document.body);
  return element && !element.disabled && kindOf(element) === kind ? element : null;
}

function keep(element, clicks, again) {
  const place = placeOf(element);
  if (!place) return;
  const action = { ...place, clicks, again };
  // What is typed twice is typed once, where it was typed first: a click that came after that is to find it. A button is pressed twice
  // in a row because it does not answer.
  const first = pending.findIndex((one, number) =>
    one.clicks === clicks && `${one.path}` === `${place.path}` && (!clicks || number === pending.length - 1));
  if (first < 0) pending.push(action);
  else pending[first] = action;
}

function clicked(event) {
  const button = event.target.closest?.('button, summary, [role=button], [role=tab]');
  if (button?.matches('summary')) opens(button.parentElement, !button.parentElement.open);
  // Links, menus and forms that post to an address work without a circuit.
  else if (button && drawn() && !button.form?.hasAttribute('action') && !button.closest('[data-theme-switch], [data-set-theme]')) {
    keep(button, true, again => (again.click(), true));
    event.preventDefault();
    event.stopPropagation();
  }
}

function opens(details, open) {
  keep(details, false, again => { again.open = open; return true; });
}

/** Closed otherwise than by its own summary. */
function toggled({ target }) {
  const path = `${pathOf(target)}`;
  if (pending.some(action => `${action.path}` === path)) opens(target, target.open);
}

function typed({ target }) {
  if (!target.matches?.(fields)) return;
  const { value, checked } = target;
  keep(target, false, field => {
    // What is not offered yet cannot be chosen.
    if (field.options && ![...field.options].some(option => option.value === value)) return false;
    if (checked === undefined || !/^(checkbox|radio)$/.test(field.type)) field.value = value;
    else field.checked = checked;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  });
}

/** Does what can be done by now; a click waits for all that came before it. */
function live() {
  const left = [];
  for (const action of pending) {
    const element = action.clicks && left.length > 0 ? null : at(action);
    if (!element || !action.again(element)) left.push(action);
  }
  pending = left;
  if (focused && document.activeElement.matches('body, h1')) at(focused)?.focus();
}

/** The heading of a new page gets the focus, once and without waiting: not from somebody who is at work already. */
function entered({ target, relatedTarget }) {
  if (drawn()) {
    focused = placeOf(target);
  } else if (!target.matches('h1')) {
    focused &&= target === at(focused) && focused;
  } else if (!headed) {
    headed = true;
    (relatedTarget ?? (focused && at(focused)))?.focus();
  }
}

const isDone = () => pending.length === 0 && !(focused && document.activeElement.matches('body, h1'));

const [drawing, watching] = [new AbortController(), new AbortController()];
const on = (name, handle, { signal } = drawing) => document.addEventListener(name, handle, { capture: true, signal });
on('click', clicked);
on('input', typed);
on('toggle', toggled);
on('focusin', entered, watching);

/** The page is whole. Without a circuit to wait for, what is done has been done. */
function parsed() {
  if (!drawn()) {
    drawing.abort();
    watching.abort();
    return;
  }
  const observer = new MutationObserver(() => {
    if (drawn()) return;
    if (!drawing.signal.aborted) setTimeout(() => watching.abort(), giveUpAfter);
    drawing.abort();
    live();
    if (isDone()) observer.disconnect();
  });
  watching.signal.addEventListener('abort', () => observer.disconnect());
  const attributeFilter = ['data-prerendered', 'disabled', ...stateAttributes];
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter });
}

// Scripts that wait for the parser have not run by then: the page cannot live yet.
document.addEventListener('readystatechange', parsed, { once: true });
