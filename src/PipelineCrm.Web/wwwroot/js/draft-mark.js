// In a button that opens a form: says there that a draft of it waits, as long as it does.
import * as drafts from './drafts.js';

class DraftMark extends HTMLElement {
  static observedAttributes = ['data-of'];

  connectedCallback() {
    this.end = new AbortController();
    document.addEventListener(drafts.changed, () => this.show(), { signal: this.end.signal });
    this.show();
  }

  disconnectedCallback() {
    this.end.abort();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.show();
  }

  show() {
    const waits = drafts.waits(this.dataset.of);
    this.toggleAttribute('data-waits', waits);
    // A button that is called otherwise than by its content would say nothing of the mark in it.
    const named = this.closest('[aria-label]');
    if (waits) named?.setAttribute('aria-description', this.title);
    else named?.removeAttribute('aria-description');
  }
}

customElements.define('draft-mark', DraftMark);
