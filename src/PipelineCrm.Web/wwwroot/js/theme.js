// The theme is the browser's: it paints at once, and every place that offers the choice shows the same one.
const year = 60 * 60 * 24 * 365;
const changed = 'theme-changed';

function effectiveTheme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen !== 'auto') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  // Over https the server knows cookies by this prefix only.
  const [prefix, secure] = location.protocol === 'https:' ? ['__Host-', '; secure'] : ['', ''];
  document.cookie = `${prefix}theme=${theme}; path=/; max-age=${year}; samesite=lax${secure}`;
  document.dispatchEvent(new Event(changed));
  // For the user's other browsers; where that fails, this one still has its cookie.
  fetch('/theme', { method: 'POST', body: new URLSearchParams({ theme }), keepalive: true }).catch(() => {});
}

document.addEventListener('click', event => {
  if (event.target.closest('[data-theme-switch]')) setTheme(effectiveTheme() === 'dark' ? 'light' : 'dark');
  const set = event.target.closest('[data-set-theme]');
  if (set) setTheme(set.dataset.setTheme);
});

class ThemeChoice extends HTMLElement {
  connectedCallback() {
    this.end = new AbortController();
    document.addEventListener(changed, () => this.show(), { signal: this.end.signal });
    // Its buttons come right after itself.
    queueMicrotask(() => this.show());
  }

  disconnectedCallback() {
    this.end.abort();
  }

  show() {
    const { theme } = document.documentElement.dataset;
    for (const button of this.querySelectorAll('[data-set-theme]')) button.setAttribute('aria-pressed',
      String(button.dataset.setTheme === theme));
  }
}

customElements.define('theme-choice', ThemeChoice);
