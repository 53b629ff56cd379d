// The keyboard: arrows go from card to card, Enter opens, M or Space offers the moves.
const ways = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] };

export class Keys {
  constructor({ page, board, places, on }) {
    Object.assign(this, { page, board, places });
    on(page, 'keydown', event => this.keyed(event));
  }

  keyed(event) {
    const card = event.target instanceof Element && event.target.matches('[data-deal]') ? event.target : null;
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    const way = ways[event.key];
    if (way) this.step(card, ...way);
    else if (event.key === 'Enter') card.querySelector('a')?.click();
    else if (event.key === ' ' || event.key.toLowerCase() === 'm') this.board.invokeMethodAsync('Menu', card.dataset.deal);
    else return;
    event.preventDefault();
  }

  step(card, columns, rows) {
    const here = card.closest('[data-stage]');
    const own = cardsOf(here);
    const target = columns ? this.beside(card, here, columns) : own[own.indexOf(card) + rows];
    target?.focus();
    target?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** The card at about the same height in the next column that has any. */
  beside(card, here, columns) {
    const filled = this.places.all().filter(column => !column.hasAttribute('data-folded') && cardsOf(column).length > 0);
    const next = filled[filled.indexOf(here) + columns];
    const top = card.getBoundingClientRect().top;
    const distance = one => Math.abs(one.getBoundingClientRect().top - top);
    return next && cardsOf(next).reduce((best, one) => (distance(one) < distance(best) ? one : best));
  }
}

const cardsOf = column => [...column.querySelectorAll('[data-deal]')];
