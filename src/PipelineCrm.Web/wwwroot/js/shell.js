// What the frame does in the browser by itself: Ctrl+K, Ctrl+Z, the end of drafts.
import './composition.js';
import './focus.js';
import './menus/menus.js';
import './form-keys.js';
import './picker.js';
import './settle.js';
import './board/return.js';
import * as drafts from './drafts.js';
import './draft-mark.js';
import './resume-notice.js';
import './quiet-keys.js';
import './theme.js';

document.addEventListener('click', event => {
  const skip = event.target.closest('a.skip');
  if (skip) {
    event.preventDefault();
    document.getElementById('content')?.focus();
  }
  if (event.target.closest('[data-reload]')) location.reload();
});

document.addEventListener('submit', event => {
  // The address may have changed since the form was drawn.
  const back = event.target.elements?.namedItem('returnUrl');
  if (back && event.target.matches('[data-keeps-address]')) back.value = location.pathname + location.search;
  if (event.target.matches('[data-ends-session]')) drafts.endSession();
}, true);

drafts.tidy(document.body.dataset.user);

const dialogs = 'dialog[open], .mud-dialog';

/** A box that is ticked has nothing of its own to take back. */
function isTyping(target) {
  return target instanceof Element &&
    target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]') !== null;
}

document.addEventListener('keydown', event => {
  const search = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k';
  if (search && !document.querySelector(dialogs)) {
    event.preventDefault();
    document.querySelector('[data-opens-search]')?.click();
    return;
  }
  const undo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'z';
  if (!undo || isTyping(event.target) || document.querySelector(dialogs)) return;
  const last = document.querySelector('[data-undo-last]');
  if (last) {
    event.preventDefault();
    last.click();
  }
});

// A page that sets something up starts in the browser's time zone.
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
for (const field of document.querySelectorAll('[data-time-zone]')) {
  if (!(field instanceof HTMLSelectElement) || [...field.options].some(option => option.value === timeZone)) field.value = timeZone;
}
