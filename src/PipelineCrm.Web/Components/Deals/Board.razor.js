// The board's hands. While a card is dragged nothing of Blazor's moves: a clone follows the pointer, a foreign element
// marks the slot. The server is asked once for the verdicts and told once of the drop.
const slop = 6;
const longPress = 200;
const edge = 64;
const folded = 'board.folded';

export function start(page, board, texts) {
  return new Hands(page, board, texts);
}

class Hands {
  constructor(page, board, texts) {
    Object.assign(this, { page, board, texts, drag: null, press: null, loading: new Set() });
    this.stopping = new AbortController();
    const on = (target, name, handle, options) => target.addEventListener(name, handle, { signal: this.stopping.signal, ...options });
    on(page, 'pointerdown', event => this.pressed(event));
    on(window, 'pointermove', event => this.moved(event));
    on(window, 'pointerup', event => this.released(event));
    on(window, 'pointercancel', () => this.cancel());
    on(window, 'blur', () => this.cancel());
    on(page, 'dragstart', event => event.preventDefault());
    on(page, 'contextmenu', event => (this.drag || this.press?.touch) && event.preventDefault());
    on(page, 'touchmove', event => this.drag && event.preventDefault(), { passive: false });
    on(page, 'click', event => this.clicked(event), { capture: true });
    on(window, 'keydown', event => this.keyed(event), { capture: true });
    this.ends = new IntersectionObserver(seen => this.near(seen), { rootMargin: '600px 0px' });
    this.stages = new IntersectionObserver(seen => this.showTab(seen), { threshold: 0.6 });
    const connection = document.getElementById('components-reconnect-modal');
    if (connection) {
      this.connection = new MutationObserver(() => connection.classList.contains('components-reconnect-show') && this.cancel());
      this.connection.observe(connection, { attributes: true, attributeFilter: ['class'] });
    }
    this.watch();
    page.dataset.ready = '';
  }

  stop() {
    this.stopping.abort();
    this.ends.disconnect();
    this.stages.disconnect();
    this.connection?.disconnect();
    this.end();
  }

  /** New columns: their ends are watched, their folding is restored. */
  watch() {
    const closed = JSON.parse(localStorage.getItem(folded) ?? '[]');
    for (const column of this.columns()) {
      for (const end of column.querySelectorAll('[data-more]')) this.ends.observe(end);
      this.stages.observe(column);
      if (column.querySelector('[data-fold]')) this.fold(column, closed.includes(column.dataset.stage));
    }
  }

  columns() {
    return [...this.page.querySelectorAll('[data-stage]')];
  }

  // ---- press, lift, move, drop

  pressed(event) {
    const card = event.target.closest('[data-deal]');
    if (this.drag || this.press || event.button !== 0 || !event.isPrimary || !card || !this.page.contains(card)) return;
    if (event.target.closest('button, input, select, textarea') || 'fixed' in card.dataset) return;
    const touch = event.pointerType === 'touch';
    this.press = { card, id: card.dataset.deal, x: event.clientX, y: event.clientY, pointer: event.pointerId, touch };
    if (touch) this.press.timer = setTimeout(() => this.lift(), longPress);
    else this.press.signs = this.ask(card.dataset.deal);
  }

  async ask(id) {
    try {
      return await this.board.invokeMethodAsync('Lifted', id);
    } catch {
      // Without verdicts the columns stay neutral; the drop is judged on arrival.
      return [];
    }
  }

  moved(event) {
    if (this.drag && event.pointerId === this.drag.pointer) {
      this.follow(event.clientX, event.clientY);
      return;
    }
    const press = this.press;
    if (!press || event.pointerId !== press.pointer) return;
    if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < slop) return;
    if (press.touch) this.forget();
    else if (this.lift()) this.follow(event.clientX, event.clientY);
  }

  forget() {
    clearTimeout(this.press?.timer);
    this.press = null;
  }

  lift() {
    const press = this.press;
    this.forget();
    if (!press || !press.card.isConnected) return false;
    const box = press.card.getBoundingClientRect();
    const ghost = press.card.cloneNode(true);
    for (const name of ['data-deal', 'tabindex', 'aria-describedby']) ghost.removeAttribute(name);
    ghost.dataset.ghost = '';
    ghost.setAttribute('aria-hidden', 'true');
    Object.assign(ghost.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px` });
    const slot = document.createElement('div');
    slot.className = 'slot';
    slot.dataset.slot = '';
    slot.textContent = this.texts.lands;
    slot.style.height = `${box.height}px`;
    this.drag = { ...press, ghost, slot, box, home: press.card.closest('[data-stage]'), over: null, at: [press.x, press.y] };
    press.card.dataset.lifted = '';
    this.page.dataset.dragging = '';
    this.page.append(ghost);
    if (this.page.isConnected) this.page.setPointerCapture?.(press.pointer);
    getSelection()?.removeAllRanges();
    this.say(this.texts.lifted, press.card.querySelector('h3')?.textContent.trim(), this.nameOf(this.drag.home));
    this.follow(press.x, press.y);
    this.mark(this.drag, press.signs ?? this.ask(press.id));
    this.scrolling();
    return true;
  }

  async mark(drag, asked) {
    const signs = await asked;
    if (this.drag !== drag) return;
    for (const sign of signs) {
      for (const column of this.page.querySelectorAll(`[data-stage="${sign.place}"], [data-tab="${sign.place}"]`)) {
        if (sign.verdict) column.dataset.verdict = sign.verdict;
        else column.dataset.source = '';
        const [title, line] = [column.querySelector('[data-verdict-title]'), column.querySelector('[data-verdict-line]')];
        if (title) title.textContent = sign.title;
        if (line) line.textContent = sign.line;
      }
    }
  }

  follow(x, y) {
    const drag = this.drag;
    drag.at = [x, y];
    drag.ghost.style.transform = `translate3d(${x - drag.x}px, ${y - drag.y}px, 0) rotate(-2deg)`;
    const tab = [...this.page.querySelectorAll('[data-tab]')].find(one => inside(one.getBoundingClientRect(), x, y));
    if (tab) this.show(tab.dataset.tab);
    const over = this.columns().find(column => inside(column.getBoundingClientRect(), x, y)) ?? null;
    if (over !== drag.over) {
      drag.over?.removeAttribute('data-over');
      over?.setAttribute('data-over', '');
      drag.over = over;
      if (over) this.say(this.texts.over, `${this.nameOf(over)}: ${over.querySelector('[data-verdict-title]')?.textContent ?? ''}`);
    }
    this.placeSlot(over === drag.home ? null : over?.querySelector('.cards'), y);
  }

  /** Above the first card whose middle lies below the clone's. */
  placeSlot(cards, y) {
    const { slot, box } = this.drag;
    if (!cards) {
      slot.remove();
      return;
    }
    const middle = y - this.drag.y + box.top + box.height / 2;
    const below = [...cards.querySelectorAll(':scope > [data-deal]')].find(card => {
      const its = card.getBoundingClientRect();
      return its.top + its.height / 2 > middle;
    });
    const next = below ?? cards.querySelector(':scope > [data-more]');
    if (slot.nextElementSibling !== next || slot.parentElement !== cards) cards.insertBefore(slot, next);
  }

  async released(event) {
    if (!this.drag) {
      this.forget();
      return;
    }
    if (event.pointerId !== this.drag.pointer || this.drag.dropped) return;
    const drag = this.drag;
    this.swallow = true;
    setTimeout(() => { this.swallow = false; });
    if (!drag.over || drag.over === drag.home) {
      await this.giveBack();
      return;
    }
    drag.dropped = true;
    let below = drag.slot.nextElementSibling;
    while (below && !below.dataset.deal) below = below.nextElementSibling;
    if (drag.slot.isConnected) this.settle(drag.ghost, drag.slot.getBoundingClientRect());
    let taken = false;
    try {
      taken = await this.board.invokeMethodAsync('Dropped', drag.id, drag.over.dataset.stage, below?.dataset.deal ?? null);
    } catch {
      // The circuit is gone: the card goes back, and nothing was moved.
    }
    if (this.drag !== drag) return;
    if (taken) this.end();
    else await this.giveBack();
  }

  settle(ghost, box) {
    const drag = this.drag;
    ghost.dataset.settling = '';
    ghost.style.transform = `translate3d(${box.left - drag.box.left}px, ${box.top - drag.box.top}px, 0)`;
  }

  async giveBack() {
    const drag = this.drag;
    drag.dropped = true;
    drag.slot.remove();
    const home = drag.card.isConnected ? drag.card.getBoundingClientRect() : drag.box;
    this.settle(drag.ghost, home);
    this.say(this.texts.back);
    await Promise.allSettled(drag.ghost.getAnimations().map(animation => animation.finished));
    if (this.drag === drag) this.end();
  }

  cancel() {
    this.forget();
    if (this.drag && !this.drag.dropped) this.giveBack();
  }

  end() {
    const drag = this.drag;
    this.drag = null;
    if (!drag) return;
    drag.ghost.remove();
    drag.slot.remove();
    delete drag.card.dataset.lifted;
    delete this.page.dataset.dragging;
    drag.over?.removeAttribute('data-over');
    for (const marked of this.page.querySelectorAll('[data-verdict], [data-source]')) {
      delete marked.dataset.verdict;
      delete marked.dataset.source;
    }
    for (const text of this.page.querySelectorAll('[data-verdict-title], [data-verdict-line]')) text.textContent = '';
  }

  /** Near an edge the board goes on sideways, the column under the pointer up or down. */
  scrolling() {
    const drag = this.drag;
    if (!drag || drag.dropped) return;
    const [x, y] = drag.at;
    const board = this.page.querySelector('[data-board]');
    if (push(board, 'scrollLeft', x, board.getBoundingClientRect(), 'left', 'right')) this.follow(x, y);
    const cards = drag.over?.querySelector('.cards');
    if (cards && push(cards, 'scrollTop', y, cards.getBoundingClientRect(), 'top', 'bottom')) this.follow(x, y);
    requestAnimationFrame(() => this.scrolling());
  }

  // ---- clicks, keys, folding, paging

  clicked(event) {
    if (this.swallow) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const fold = event.target.closest('[data-fold]');
    if (fold) {
      const column = fold.closest('[data-stage]');
      this.fold(column, !column.hasAttribute('data-folded'));
      localStorage.setItem(folded, JSON.stringify(this.columns().filter(one => one.hasAttribute('data-folded')).map(one => one.dataset.stage)));
    }
    const tab = event.target.closest('[data-tab]');
    if (tab) this.show(tab.dataset.tab);
  }

  fold(column, close) {
    column.toggleAttribute('data-folded', close);
    column.querySelector('[data-fold]').setAttribute('aria-expanded', String(!close));
  }

  show(place) {
    this.page.querySelector(`[data-stage="${place}"]`)?.scrollIntoView({ behavior: 'instant', inline: 'center', block: 'nearest' });
  }

  showTab(seen) {
    for (const { target, isIntersecting } of seen) {
      if (isIntersecting) {
        for (const tab of this.page.querySelectorAll('[data-tab]')) tab.toggleAttribute('aria-current', tab.dataset.tab === target.dataset.stage);
      }
    }
  }

  keyed(event) {
    if (event.key === 'Escape' && this.drag) {
      event.stopPropagation();
      this.cancel();
      return;
    }
    const card = event.target instanceof Element ? event.target.closest('[data-deal]') : null;
    if (!card || card !== event.target || event.ctrlKey || event.metaKey || event.altKey || !this.page.contains(card)) return;
    const go = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] }[event.key];
    if (go) {
      event.preventDefault();
      this.step(card, ...go);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      card.querySelector('a')?.click();
    } else if (event.key.toLowerCase() === 'm') {
      event.preventDefault();
      this.board.invokeMethodAsync('Menu', card.dataset.deal);
    }
  }

  step(card, columns, rows) {
    const cardsOf = column => [...column.querySelectorAll('[data-deal]')];
    const here = card.closest('[data-stage]');
    const own = cardsOf(here);
    let target = own[own.indexOf(card) + rows];
    if (columns) {
      const filled = this.columns().filter(column => !column.hasAttribute('data-folded') && cardsOf(column).length > 0);
      const beside = filled[filled.indexOf(here) + columns];
      const middle = card.getBoundingClientRect().top;
      const distance = one => Math.abs(one.getBoundingClientRect().top - middle);
      target = beside && cardsOf(beside).reduce((best, one) => (distance(one) < distance(best) ? one : best));
    }
    target?.focus();
    target?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  async near(seen) {
    for (const { target, isIntersecting } of seen) {
      const place = target.closest('[data-stage]')?.dataset.stage;
      if (!isIntersecting || !place || target.hidden || this.loading.has(place)) continue;
      this.loading.add(place);
      const cards = [...target.parentElement.querySelectorAll('[data-deal]')];
      const height = cards.length > 1 ? (cards.at(-1).offsetTop - cards[0].offsetTop) / (cards.length - 1) : 110;
      try {
        await this.board.invokeMethodAsync('More', place, height);
      } catch {
        // The circuit is gone; its end reloads the page.
      }
      this.loading.delete(place);
      const back = target.parentElement.querySelector('[data-back]');
      if (back) this.watchBack(back, place);
      // Observed anew, so that an end that is still in sight asks again.
      this.ends.unobserve(target);
      if (target.isConnected) this.ends.observe(target);
    }
  }

  watchBack(spacer, place) {
    if (spacer.dataset.watched) return;
    spacer.dataset.watched = 'true';
    new IntersectionObserver(async (seen, observer) => {
      if (!spacer.isConnected) observer.disconnect();
      else if (seen.some(one => one.isIntersecting)) await this.board.invokeMethodAsync('Back', place);
    }, { rootMargin: '300px 0px' }).observe(spacer);
  }

  nameOf(column) {
    return column?.querySelector('h2, .name')?.firstChild?.textContent.trim() ?? '';
  }

  say(text, ...parts) {
    const live = this.page.querySelector('[data-live]');
    if (live) live.textContent = text.replace(/\{(\d)\}/g, (_, index) => parts[index] ?? '');
  }
}

function inside(box, x, y) {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

/** Scrolls when the pointer is near an end; answers whether anything moved. */
function push(element, way, at, box, low, high) {
  const before = element[way];
  const near = Math.max(0, edge - (at - box[low])) - Math.max(0, edge - (box[high] - at));
  if (near !== 0) element[way] += Math.sign(-near) * Math.ceil(Math.min(Math.abs(near), edge) / 5);
  return element[way] !== before;
}
