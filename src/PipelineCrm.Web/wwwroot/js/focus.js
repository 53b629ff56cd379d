// Where the focus goes when what had it leaves the page: to the same card in its new place, to its neighbour, as from a list's row to the
// next, to what opened the form or dialog; never to the top of the page. And what appears with autofocus gets it, which browsers do only
// while a page loads.
const remembered = 40;
const trail = [];
const neighbours = new WeakMap();
let standIn = null;
let giving = false;

const openDialog = () => [...document.querySelectorAll('dialog[open], .mud-dialog')].at(-1) ?? null;
const isNobody = () => document.activeElement === null || document.activeElement === document.body;

addEventListener('focusin', ({ target }) => {
  // A page's heading has it only while nothing else has been chosen.
  if (giving || trail.at(-1) === target || target.matches('h1, main')) return;
  trail.push(target);
  if (trail.length > remembered) trail.shift();
  const row = target.dataset.deal ? target : target.closest('tr[data-id]');
  if (row) neighbours.set(target, besides(row));
}, true);

// Whoever presses on nothing lets go of the focus knowingly.
addEventListener('pointerdown', ({ target }) => {
  if (!target.closest('a, button, input, select, textarea, label, summary, dialog, .mud-overlay, [tabindex]')) trail.length = 0;
}, true);

/** Tries to give it the focus; a field in a folded menu is stood for by the menu's own button. */
function give(element) {
  if (!element?.isConnected) return false;
  const shown = element.checkVisibility({ visibilityProperty: true }) ? element : element.closest('details')?.querySelector('summary');
  shown?.focus();
  return shown !== null && document.activeElement === shown;
}

/** The same thing, drawn anew. */
function again(element) {
  const { deal, field } = element.dataset ?? {};
  if (deal) return document.querySelector(`[data-deal="${CSS.escape(deal)}"]`);
  if (field) return document.querySelector(`[data-field="${CSS.escape(field)}"]`);
  return element.id ? document.getElementById(element.id) : null;
}

/** The cards below it in its column, then those above, the nearest first: one of them lies in its place when it is gone. Rows likewise. */
function besides(card) {
  const all = [...card.parentElement.children].filter(one => one.dataset.deal || one.dataset.id);
  const at = all.indexOf(card);
  return [...all.slice(at + 1), ...all.slice(0, at).reverse()];
}

/** Only until the card itself is back: nobody chose the other one. */
function giveBeside(card) {
  const other = (neighbours.get(card) ?? []).find(one => one.isConnected);
  if (other?.matches('tr')) return give(other.querySelector('summary') ?? other.querySelector('a[href], button'));
  giving = true;
  const given = give(other);
  giving = false;
  standIn = given ? { card, other } : null;
  return given;
}

function giveBack() {
  if (!standIn) return false;
  const card = document.activeElement === standIn.other ? again(standIn.card) : null;
  if (card || document.activeElement !== standIn.other) standIn = null;
  return give(card);
}

function restore() {
  const lost = trail.at(-1);
  if (!lost || lost.isConnected || !isNobody()) return;
  [...trail].reverse().some(one => give(one) || give(again(one)) || giveBeside(one));
}

const firstIn = dialog => dialog?.querySelector('.mud-dialog-content :is(input, select, textarea, button)') ?? dialog;

/** Not from somebody who is typing beside it. */
function welcome(records) {
  for (const { addedNodes } of records) {
    for (const node of addedNodes) {
      if (!(node instanceof Element)) continue;
      const wanted = node.matches('[autofocus]') ? node : node.querySelector('[autofocus]') ?? firstIn(node.querySelector('.mud-dialog'));
      if (!wanted || wanted.closest('dialog:not([open])')) continue;
      const at = document.activeElement;
      const typing = at?.matches('input, select, textarea') && at.form && at.form === wanted.form;
      const under = openDialog() && !openDialog().contains(wanted);
      if (typing || under || !give(wanted)) continue;
      if (wanted instanceof HTMLInputElement && wanted.type === 'text') wanted.select();
      return true;
    }
  }
  return false;
}

const answerTime = 700;
const wrongIn = form => [...form.querySelectorAll('[aria-invalid=true]')];
let sent = null;

// A form that was sent, or a part of it that had to be whole, and came back with a mistake: what has to be mended is typed in next.
addEventListener('submit', ({ target }) => expectMistakes(target), true);
addEventListener('click', ({ target }) => {
  const form = target.closest('[data-needs-whole]')?.closest('form');
  if (form) expectMistakes(form);
}, true);

function expectMistakes(form) {
  const own = sent = { form, before: new Set(wrongIn(form)) };
  // Wrong as before: nothing in the page changes.
  setTimeout(() => {
    if (sent !== own) return;
    own.before.clear();
    mend();
  }, answerTime);
}

function mend() {
  if (!sent?.form.isConnected) return;
  const wrong = wrongIn(sent.form).find(control => !sent.before.has(control));
  if (!wrong) return;
  sent = null;
  if (give(wrong) && wrong instanceof HTMLInputElement && wrong.type === 'text') wrong.select();
}

new MutationObserver(mend).observe(document.documentElement, { subtree: true, childList: true, attributes: true,
  attributeFilter: ['aria-invalid'] });
new MutationObserver(records => welcome(records) || giveBack() || restore()).observe(document.documentElement, { childList: true,
  subtree: true });

/** Something is done: who is nowhere, or on the message about it, goes on at the first of these that is there. */
export function goOn(...selectors) {
  if (openDialog() || !(isNobody() || document.activeElement.closest('.toasts'))) return;
  const found = selectors.some(selector => give(document.querySelector(selector)));
  if (!found) [...trail].reverse().some(one => give(one) || giveBeside(one));
}
