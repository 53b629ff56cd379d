// Coming back to the board: the same pages of its columns, the same scroll, the same card. Kept by this tab for the entry of its
// history that the board was seen in; filters stand in the address.
const kept = 'board.return';
const calm = 200;
let timer;

const entry = () => history.state?._index ?? 0;
const here = () => location.pathname + location.search;

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(kept));
  } catch {
    return null; // Storage switched off, or written by another version.
  }
}

export class Return {
  constructor({ page, board, on }) {
    Object.assign(this, { page, board, was: read(), path: location.pathname });
    if (this.was?.entry !== entry() || this.was?.at !== here()) this.was = null;
    on(page, 'scroll', () => this.later(), { capture: true });
    on(page, 'focusin', () => this.later());
    // A click may lead away.
    on(page, 'click', () => this.save(), { capture: true });
    on(window, 'pagehide', () => this.save());
  }

  later() {
    clearTimeout(timer);
    timer = setTimeout(() => this.save(), calm);
  }

  save() {
    // Not while coming back, nor of a board that has left the page or is about to: the address is the next page's already.
    if (this.was || location.pathname !== this.path || !this.page.isConnected || !this.page.querySelector('[data-board]')) return;
    const columns = [...this.page.querySelectorAll('[data-stage]')].map(column => ({
      stage: column.dataset.stage,
      loaded: Number(column.dataset.loaded ?? -1),
      first: Number(column.dataset.first ?? 0),
      top: column.querySelector('.cards')?.scrollTop ?? 0,
    }));
    const card = document.activeElement?.closest('[data-deal]')?.dataset.deal ?? null;
    try {
      sessionStorage.setItem(kept, JSON.stringify({ entry: entry(), at: here(), left: this.page.querySelector('[data-board]').scrollLeft,
        card, columns }));
    } catch {
      // Storage switched off or full: the board starts at its top.
    }
  }

  /** As soon as there are columns. */
  async restore() {
    const { was } = this;
    if (!was || this.restoring) return;
    this.restoring = true;
    try {
      await this.board.invokeMethodAsync('Restore', was.columns.filter(({ loaded }) => loaded >= 0).map(({ stage, loaded, first }) => ({
        place: stage, loaded, first })));
    } catch {
      // The circuit is gone; what comes in its place starts afresh.
    }
    this.was = null;
    for (const { stage, top } of was.columns) {
      const cards = this.page.querySelector(`[data-stage="${stage}"] .cards`);
      if (cards) cards.scrollTop = top;
    }
    const board = this.page.querySelector('[data-board]');
    if (board) board.scrollLeft = was.left;
    if (was.card) this.page.querySelector(`[data-deal="${CSS.escape(was.card)}"]`)?.focus({ preventScroll: true });
  }
}

// "Board" on another page is the way back, where the board lies behind.
document.addEventListener('click', event => {
  const link = event.target.closest('a[data-to-board]');
  const was = link && read();
  if (!was || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  if (was.entry < entry()) history.go(was.entry - entry());
  else Blazor.navigateTo(was.at);
}, true);
