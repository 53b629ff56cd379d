// The keyboard: one Tab stop a column; arrows go along it and to the next, Enter opens, M or Space offers the moves, X
// chooses for what is done with several (with Shift all up to it), Escape gives up what is chosen.
const ways = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] };

export class Keys {
  constructor({ page, board, places, on, pick }) {
    Object.assign(this, { page, board, places, pick });
    on(page, 'keydown', event => this.keyed(event));
    on(page, 'focusin', event => this.entered(event));
    on(page, 'focusout', event => this.left(event));
    this.observer = new MutationObserver(() => this.rove());
    this.observer.observe(page, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-folded'] });
    this.rove();
  }

  stop() {
    this.observer.disconnect();
  }

  keyed(event) {
    const column = columnOf(event.target);
    if (!column || event.ctrlKey || event.metaKey || event.altKey) return;
    const card = event.target.matches('[data-deal]') ? event.target : null;
    const way = ways[event.key];
    if (way) this.step(event.target, column, ...way);
    else if (!card) return;
    else if (event.key === 'Escape') this.board.invokeMethodAsync('Unpick');
    else if (event.key.toLowerCase() === 'x') this.pick(card, event.shiftKey);
    else if (event.key === 'Enter') card.querySelector('a')?.click();
    else if (event.key === ' ' || event.key.toLowerCase() === 'm') this.board.invokeMethodAsync('Menu', card.dataset.deal);
    else return;
    event.preventDefault();
  }

  step(from, column, columns, rows) {
    const [buttons, cards] = [buttonsOf(column), cardsOf(column)];
    const head = buttons.indexOf(from);
    const target = columns ? buttons[head < 0 ? -1 : head + columns] ?? this.beside(from, column, columns)
      : head >= 0 ? (rows > 0 ? cards[0] : null)
        : cards[cards.indexOf(from) + rows] ?? (rows < 0 ? buttons.at(-1) : null);
    target?.focus();
    target?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** The stop at about the same height in the next column. */
  beside(from, column, columns) {
    const all = this.places.all().filter(one => stopsOf(one).length > 0);
    const next = all[all.indexOf(column) + columns];
    if (!next) return null;
    const top = from.getBoundingClientRect().top;
    const distance = one => Math.abs(one.getBoundingClientRect().top - top);
    const among = from.matches('[data-deal]') && cardsOf(next).length > 0 ? cardsOf(next) : stopsOf(next);
    return among.reduce((best, one) => (distance(one) < distance(best) ? one : best));
  }

  entered({ target }) {
    const column = columnOf(target);
    if (column) this.choose(column, target);
  }

  /** Tab never stops twice in one column: what is passed on the way out is no stop either. */
  left({ target, relatedTarget }) {
    const column = columnOf(target);
    if (column && !column.contains(relatedTarget)) this.rove();
  }

  rove() {
    for (const column of this.places.all()) {
      const stops = stopsOf(column);
      this.choose(column, stops.find(one => one.tabIndex === 0 && one.matches('[data-deal]')) ?? cardsOf(column)[0] ?? stops[0]);
    }
  }

  choose(column, chosen) {
    for (const one of stopsOf(column)) {
      const index = one === chosen ? 0 : -1;
      if (one.getAttribute('tabindex') !== String(index)) one.tabIndex = index;
    }
  }
}

/** The column of a card or of a button in its head; what stands in a form between them has keys of its own. */
function columnOf(target) {
  const column = target instanceof Element ? target.closest('[data-stage]') : null;
  return column && stopsOf(column).includes(target) ? column : null;
}

const isShown = element => element.offsetParent !== null;
const cardsOf = column => [...column.querySelectorAll('.cards > [data-deal]')].filter(isShown);
const buttonsOf = column => [...column.querySelectorAll(':scope > header button, :scope > button')].filter(isShown);
const stopsOf = column => [...buttonsOf(column), ...cardsOf(column)];
