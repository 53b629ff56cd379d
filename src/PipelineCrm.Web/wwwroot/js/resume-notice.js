// The page came back as a new circuit after the old one was lost: its forms are closed, so those that were open are opened again,
// where their drafts give back what was typed. What cannot be opened by itself is said.
import * as drafts from './drafts.js';

const patience = 3000;
const shown = 8000;

class ResumeNotice extends HTMLElement {
  connectedCallback() {
    this.open = drafts.takeOpened();
    // The button of a form comes with the page's data.
    this.observer = new MutationObserver(() => this.reopen());
    this.observer.observe(document.body, { subtree: true, childList: true });
    this.reopen();
    this.timer = setTimeout(() => this.say(this.dataset.draft), patience);
  }

  disconnectedCallback() {
    this.end();
  }

  end() {
    this.observer.disconnect();
    clearTimeout(this.timer);
  }

  reopen() {
    this.open = this.open.filter(name => !press(name));
    if (this.open.length === 0) this.say(this.dataset.text);
  }

  say(text) {
    this.end();
    this.textContent = text;
    this.timer = setTimeout(() => { this.hidden = true; }, shown);
  }
}

function press(name) {
  const mark = [...document.querySelectorAll('draft-mark')].find(one => one.dataset.of === name);
  const button = mark?.closest('button:not([disabled])');
  button?.click();
  return Boolean(button);
}

customElements.define('resume-notice', ResumeNotice);
