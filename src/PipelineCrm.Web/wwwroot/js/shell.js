// What the frame does in the browser by itself: theme, menus, Ctrl+Z, the end of drafts.
import * as drafts from './drafts.js';
import './draft-mark.js';

const year = 60 * 60 * 24 * 365;

function effectiveTheme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen !== 'auto') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=${year}; samesite=lax`;
  // For the user's other browsers; where that fails, this one still has its cookie.
  fetch('/theme', { method: 'POST', body: new URLSearchParams({ theme }), keepalive: true }).catch(() => {});
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener('click', event => {
  if (event.target.closest('[data-theme-switch]')) {
    setTheme(effectiveTheme() === 'dark' ? 'light' : 'dark');
  }
  const set = event.target.closest('[data-set-theme]');
  if (set) setTheme(set.dataset.setTheme);

  const skip = event.target.closest('a.skip');
  if (skip) {
    event.preventDefault();
    document.getElementById('content')?.focus();
  }
  // A choice closes its menu; the click on a menu's own summary is left to the browser.
  const menu = event.target.closest('details.menu');
  closeMenus(event.target.closest('.menu-list') ? null : menu);

  if (event.target.closest('[data-reload]')) location.reload();
});

document.addEventListener('submit', event => {
  // The address may have changed since the form was drawn.
  const back = event.target.elements?.namedItem('returnUrl');
  if (back && event.target.matches('[data-keeps-address]')) back.value = location.pathname + location.search;
  if (event.target.matches('[data-ends-session]')) drafts.endSession();
}, true);

drafts.tidy(document.body.dataset.user);

function isTyping(target) {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

document.addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    const menu = document.querySelector('details.menu[open]');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  }
  const undo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'z';
  if (!undo || isTyping(event.target) || document.querySelector('dialog[open]')) return;
  const last = [...document.querySelectorAll('[data-undo]')].at(-1);
  if (last) {
    event.preventDefault();
    last.click();
  }
});
