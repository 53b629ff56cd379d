// A column goes on as its end comes near; pages far above are a spacer that asks for them again.
const ahead = '600px 0px';

export class Pages {
  constructor(board) {
    Object.assign(this, { board, loading: new Set(), watched: new Map() });
  }

  stop() {
    for (const watch of this.watched.values()) watch.disconnect();
  }

  /** The margin counts from the box that scrolls, so each column has a watch of its own. */
  watch(column) {
    const cards = column.querySelector('.cards');
    if (!cards || this.watched.has(cards)) return;
    for (const [gone, watch] of this.watched) {
      if (gone.isConnected) continue;
      watch.disconnect();
      this.watched.delete(gone);
    }
    const watch = new IntersectionObserver(seen => this.near(cards, seen), { root: cards, rootMargin: ahead });
    this.watched.set(cards, watch);
    watch.observe(cards.querySelector('[data-more]'));
    watch.observe(cards.querySelector('[data-back]'));
  }

  async near(cards, seen) {
    for (const { target, isIntersecting } of seen) {
      if (isIntersecting && !target.hidden) await this.ask(cards, target);
    }
  }

  async ask(cards, end) {
    const { stage } = cards.closest('[data-stage]').dataset;
    if (this.loading.has(stage)) return;
    this.loading.add(stage);
    let came = false;
    try {
      came = await this.board.invokeMethodAsync('more' in end.dataset ? 'More' : 'Back', stage, heightOf(cards));
    } catch {
      // The circuit is gone; its end reloads the page.
    }
    this.loading.delete(stage);
    const watch = this.watched.get(cards);
    watch?.unobserve(end);
    // An end that is still in sight asks again; after a failure only when somebody scrolls on.
    if (came) watch?.observe(end);
    else cards.addEventListener('scroll', () => this.watched.get(cards)?.observe(end), { once: true });
  }
}

/** How much a card takes on average, for the spacer. */
function heightOf(cards) {
  const shown = [...cards.querySelectorAll(':scope > [data-deal]')];
  return shown.length > 1 ? (shown.at(-1).offsetTop - shown[0].offsetTop) / (shown.length - 1) : 110;
}
