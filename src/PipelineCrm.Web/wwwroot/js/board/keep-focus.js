// Others move cards: the one that has the focus keeps it where it is drawn anew, and nothing scrolls.
export class KeepFocus {
  constructor({ page, on }) {
    this.page = page;
    on(document, 'focusin', ({ target }) => { this.card = page.contains(target) && target.matches('[data-deal]') ?
      target.dataset.deal : null; });
    // Whoever presses on something else lets go of it.
    on(document, 'pointerdown', ({ target }) => { if (target.closest('[data-deal]')?.dataset.deal !== this.card) this.card = null; }, {
      capture: true });
    this.observer = new MutationObserver(() => this.keep());
    this.observer.observe(page, { childList: true, subtree: true });
  }

  stop() {
    this.observer.disconnect();
  }

  keep() {
    if (!this.card || (document.activeElement && document.activeElement !== document.body)) return;
    this.page.querySelector(`[data-deal="${CSS.escape(this.card)}"]`)?.focus({ preventScroll: true });
  }
}
