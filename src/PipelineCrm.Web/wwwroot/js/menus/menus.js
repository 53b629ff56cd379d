// Menus, each a details element: one is open at a time, the arrows go along it, Esc and a choice close it and give its button the focus.
import { place } from './place.js';

const floating = 'details.menu[data-floats]';
const buttonOf = menu => menu.querySelector('summary');
const choicesOf = menu => [...menu.querySelectorAll('.menu-list :is(a[href], button:not(:disabled))')];

function closeAll(except) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (menu !== except) menu.open = false;
  }
}

function close(menu) {
  if (menu.contains(document.activeElement)) buttonOf(menu).focus();
  menu.open = false;
}

document.addEventListener('click', ({ target }) => {
  // The click on a menu's own button is left to the browser.
  const menu = target.closest('details.menu');
  if (target.closest('.menu-list')) close(menu);
  closeAll(menu);
});

/** Where the focus goes by a key; null: the key is none of a menu. */
function next(menu, { key, target }) {
  const choices = choicesOf(menu);
  const at = choices.indexOf(target);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[key];
  return to === undefined || (at < 0 && (key === 'Home' || key === 'End')) ? null : choices.at(to % choices.length);
}

document.addEventListener('keydown', event => {
  const open = document.querySelector('details.menu[open]');
  if (event.key === 'Escape' && open) {
    open.open = false;
    buttonOf(open).focus();
    return;
  }
  if (!(event.target instanceof Element)) return;
  const menu = event.target.closest('details.menu');
  if (event.key === 'Tab' && menu?.matches(floating)) {
    // Goes on from its button, whose neighbours are the row's.
    close(menu);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const to = menu && next(menu, event);
  if (!to) return;
  event.preventDefault();
  menu.open = true;
  if (menu.matches(floating)) lay(menu);
  to.focus({ preventScroll: true });
});

/** What lies over the page stays where it was opened: it closes when its button moves from under it, and when the focus goes elsewhere. */
const places = new WeakMap();
const placeOf = menu => { const { x, y } = buttonOf(menu).getBoundingClientRect(); return `${x} ${y}`; };

function lay(menu) {
  place(buttonOf(menu), menu.querySelector('.menu-list'));
  places.set(menu, placeOf(menu));
}

document.addEventListener('toggle', ({ target }) => {
  if (!target.open || !target.matches(floating)) return;
  lay(target);
  if (!target.querySelector('.menu-list').contains(document.activeElement)) choicesOf(target)[0]?.focus({ preventScroll: true });
}, true);

function closeFloating(gone) {
  for (const menu of document.querySelectorAll(`${floating}[open]`)) {
    if (gone(menu)) menu.open = false;
  }
}

// The heading of a page that has just come alive takes the focus from nobody.
document.addEventListener('focusin', ({ target }) => {
  if (!target.matches('h1')) closeFloating(menu => !menu.contains(target));
});
document.addEventListener('scroll', () => closeFloating(menu => places.get(menu) !== placeOf(menu)), { capture: true, passive: true });
addEventListener('resize', () => closeFloating(() => true));
