// Keeps what is typed into one form, control by control, and puts it back when the form is opened again.
// It listens to the controls themselves: what was typed without a connection, or just before a reload, is kept too.
import * as drafts from '../../../js/drafts.js';

const pause = 300;
const watched = new Map();

export function start(key, element, user, name) {
  drafts.tidy(user);
  // Closed again before it was watched.
  if (!element) return null;
  const watch = new Watch(element, name);
  watched.set(key, watch);
  return watch.found();
}

export const putBack = key => watched.get(key)?.putBack();
export const discard = key => watched.get(key)?.discard();

export function drop(name) {
  for (const watch of watched.values()) if (watch.name === name) watch.reset();
  drafts.drop(name);
}

// By then the form has left the page; what was not saved stays kept.
export function stop(key) {
  watched.get(key)?.stop();
  watched.delete(key);
}

class Watch {
  constructor(element, name) {
    this.element = element;
    this.name = name;
    this.root = element.closest('dialog, .mud-dialog') ?? element.closest('form, section');
    this.end = new AbortController();
    this.untouched = new WeakMap();
    this.touched = new Map();
    this.waiting = new Map();
    this.first = this.last = this.state();
    for (const control of this.controls()) {
      this.untouched.set(control, drafts.entered.get(control) ?? valueOf(control));
      if (this.untouched.get(control) !== valueOf(control)) this.typed(control);
    }
    drafts.open(name, this);
    this.listen();
    this.observer = new MutationObserver(() => this.changed());
    this.observer.observe(this.root, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
  }

  listen() {
    const options = { signal: this.end.signal, capture: true };
    const before = event => this.notice(event.target.closest('input, select, textarea'));
    this.root.addEventListener('focusin', before, options);
    this.root.addEventListener('pointerdown', before, options);
    this.root.addEventListener('input', event => this.typed(event.target), options);
    this.root.addEventListener('cancel', () => this.reset(), options);
    this.root.addEventListener('click', event => event.target.closest('[data-gives-up], .mud-button-close') && this.reset(), options);
    if (this.root.matches('.mud-dialog')) this.root.addEventListener('keydown', event => this.escaped(event), { signal: this.end.signal });
    addEventListener('pagehide', () => this.flush(), options);
  }

  // The Escape that closes a list in the dialog is heard of there and goes no further.
  escaped(event) {
    if (event.key === 'Escape' && !event.defaultPrevented) this.reset();
  }

  controls() {
    return [...this.root.querySelectorAll('input[name], select[name], textarea[name]')].filter(isKept);
  }

  state() {
    return this.element.dataset.state ?? null;
  }

  // What a control held before somebody touched it.
  notice(control) {
    if (control && isKept(control) && !this.touched.has(control)) this.untouched.set(control, valueOf(control));
  }

  typed(control) {
    if (!isKept(control)) return;
    if (!this.touched.has(control)) this.touched.set(control, this.untouched.get(control) ?? blankOf(control));
    if (!this.replaying) this.waiting.delete(keyOf(control));
    this.later();
  }

  changed() {
    if (this.waiting.size > 0) this.apply();
    if (this.state() !== this.last) this.later();
    this.last = this.state();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  flush() {
    if (this.timer) this.save();
  }

  save() {
    clearTimeout(this.timer);
    this.timer = null;
    const fields = Object.fromEntries(this.waiting);
    for (const control of this.controls()) {
      const [value, was] = [valueOf(control), this.touched.get(control)];
      if (this.touched.has(control) && value !== was) fields[keyOf(control)] = { value, was };
    }
    const state = this.state();
    if (Object.keys(fields).length === 0 && state === this.first) drafts.drop(this.name);
    else drafts.write(this.name, { at: Date.now(), fields, state, first: this.first, operation: this.element.dataset.operation });
  }

  // What is kept for this form, and which of its fields hold something else now than when it was typed.
  found() {
    const draft = drafts.read(this.name);
    if (!draft) {
      this.ready();
      return null;
    }
    this.waiting = new Map(Object.entries(draft.fields));
    for (const control of this.touched.keys()) this.waiting.delete(keyOf(control));
    const elsewhere = this.controls().filter(control => isElsewhere(control, this.waiting.get(keyOf(control))));
    return {
      at: draft.at,
      state: draft.state === draft.first ? null : draft.state,
      operation: draft.operation,
      changed: draft.first !== this.first || elsewhere.length > 0,
      fields: elsewhere.map(labelOf).filter(label => label),
    };
  }

  putBack() {
    this.apply();
    this.ready();
  }

  // Seen from outside: from here on nothing typed is lost.
  ready() {
    this.element.dataset.watched = '';
  }

  // A control that is not there yet, or a choice that is not in its list yet, waits for the page.
  apply() {
    for (const control of this.controls()) {
      const kept = this.waiting.get(keyOf(control));
      if (kept && this.put(control, kept.value)) this.waiting.delete(keyOf(control));
    }
  }

  put(control, value) {
    if (control instanceof HTMLSelectElement && ![...control.options].some(option => option.value === value)) return false;
    if (valueOf(control) === value) return true;
    if (!this.touched.has(control)) this.touched.set(control, valueOf(control));
    if (control.type === 'checkbox') control.checked = value;
    else control.value = value;
    this.replaying = true;
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
    this.replaying = false;
    return true;
  }

  discard() {
    this.waiting.clear();
    for (const [control, was] of this.touched) if (control.isConnected) this.put(control, was);
    this.reset();
    this.controls()[0]?.focus();
  }

  // Saved or given up: nothing is kept, and what stands in the form now is where typing starts from.
  reset() {
    clearTimeout(this.timer);
    this.timer = null;
    this.touched.clear();
    this.waiting.clear();
    this.element.hidden = true;
    drafts.drop(this.name);
  }

  stop() {
    this.flush();
    this.end.abort();
    this.observer.disconnect();
    drafts.closed(this.name, this);
  }
}

// Secrets are never kept, nor what a page does not ask for by a name.
const isKept = control => control.name && !['password', 'hidden', 'file', 'radio'].includes(control.type) &&
  !control.closest('[data-secret]');

const valueOf = control => control.type === 'checkbox' ? control.checked : control.value;

const blankOf = control => control.type === 'checkbox' ? false : '';

// Lines of a form carry the same names; the line tells them apart.
const keyOf = control => `${control.closest('[data-line]')?.dataset.line ?? ''} ${control.name}`;

const labelOf = control => control.labels?.[0]?.firstChild?.textContent.trim() || control.getAttribute('aria-label');

function isElsewhere(control, kept) {
  if (!kept) return false;
  const now = valueOf(control);
  const ready = !(control instanceof HTMLSelectElement) || [...control.options].some(option => option.value === kept.was);
  return ready && now !== kept.was && now !== kept.value;
}
