// Where a lifted card would land: a foreign element among the column's cards.
export class Slot {
  constructor(box, pressedAt, text) {
    this.grip = pressedAt - box.top - box.height / 2;
    this.element = document.createElement('div');
    this.element.className = 'slot';
    this.element.dataset.slot = '';
    this.element.textContent = text;
    this.element.style.height = `${box.height}px`;
  }

  get placed() {
    return this.element.isConnected;
  }

  box() {
    return this.element.getBoundingClientRect();
  }

  /**
   * Above the first card whose middle lies below the clone's; nowhere where the card lies already. Cards count where they
   * would lie without the slot, so that it never runs away from the pointer.
   */
  place(cards, y, card) {
    const middle = y - this.grip;
    const pushed = this.element.parentElement === cards ? this.element.offsetHeight + parseFloat(getComputedStyle(cards).rowGap) : 0;
    const below = [...cards.querySelectorAll(':scope > [data-deal]')].find(one => {
      const box = one.getBoundingClientRect();
      const follows = pushed > 0 && this.element.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
      return box.top + box.height / 2 - (follows ? pushed : 0) > middle;
    });
    if (below === card || (card.parentElement === cards && before(below ?? end(cards)) === card)) {
      this.remove();
      return;
    }
    const next = below ?? end(cards);
    if (this.element.nextElementSibling !== next || this.element.parentElement !== cards) cards.insertBefore(this.element, next);
  }

  remove() {
    this.element.remove();
  }

  /** The ids of the cards that it lies between; the card itself is none of them. */
  neighbours(card) {
    return this.placed
      ? { above: idOf(this.element, 'previousElementSibling', card), below: idOf(this.element, 'nextElementSibling', card) }
      : { above: null, below: null };
  }
}

const end = cards => cards.querySelector(':scope > [data-more]');

/** The card before an element, the slot left out. */
function before(element) {
  let one = element.previousElementSibling;
  while (one && !one.dataset.deal) one = one.previousElementSibling;
  return one;
}

function idOf(element, way, card) {
  let one = element[way];
  while (one && (!one.dataset.deal || one === card)) one = one[way];
  return one?.dataset.deal ?? null;
}
