// The board's hands. While a card is dragged nothing of Blazor's moves: a clone follows the pointer, a foreign element
// marks the slot. The server is asked once for the verdicts and told once of the drop.
import { Drag } from '../../js/board/drag.js';
import { KeepFocus } from '../../js/board/keep-focus.js';
import { Keys } from '../../js/board/keys.js';
import { Pages } from '../../js/board/pages.js';
import { Places } from '../../js/board/places.js';
import { Return } from '../../js/board/return.js';

/** A page that was left before its hands were there gets idle ones. */
export function start(page, board, texts) {
  return page ? new Hands(page, board, texts) : { watch() {}, show() {}, stop() {} };
}

class Hands {
  constructor(page, board, texts) {
    this.page = page;
    this.stopping = new AbortController();
    const on = (target, name, handle, options) => target.addEventListener(name, handle, { signal: this.stopping.signal, ...options });
    this.places = new Places(page, on);
    this.pages = new Pages(board);
    this.drag = new Drag({ page, board, places: this.places, on, say: (text, ...parts) => this.say(text, ...parts), texts });
    this.keys = new Keys({ page, board, places: this.places, on, pick: (card, range) => this.drag.pick(card, range) });
    this.focus = new KeepFocus({ page, on });
    this.back = new Return({ page, board, on });
    const connection = document.getElementById('components-reconnect-modal');
    if (connection) {
      this.connection = new MutationObserver(() => connection.classList.contains('components-reconnect-show') && this.drag.lost());
      this.connection.observe(connection, { attributes: true, attributeFilter: ['class'] });
    }
    this.watch();
    page.dataset.ready = '';
  }

  stop() {
    this.stopping.abort();
    this.places.stop();
    this.pages.stop();
    this.focus.stop();
    this.keys.stop();
    this.connection?.disconnect();
    this.drag.end();
  }

  /** New columns: their ends are watched, their folding is restored. */
  watch() {
    this.places.watch();
    for (const column of this.places.all()) this.pages.watch(column);
    if (this.places.all().length > 0) this.back.restore();
  }

  /** Brings a column into view. */
  show(place) {
    this.places.show(place, 'smooth');
  }

  say(text, ...parts) {
    const said = this.page.querySelector('[data-said]');
    if (said) said.textContent = text.replace(/\{(\d)\}/g, (_, index) => parts[index] ?? '');
  }
}
