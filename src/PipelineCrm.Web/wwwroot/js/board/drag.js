// Press, lift, follow, drop. The page says nothing to the server in between.
import * as unconfirmed from '../unconfirmed.js';
import { Slot } from './slot.js';
import { Signs } from './signs.js';
import { scrollNear } from './scroll.js';

const slop = 6;
const longPress = 200;
const margin = 14;
const aside = 0.6;

export class Drag {
  constructor({ page, board, places, on, say, texts }) {
    Object.assign(this, { page, board, places, say, texts, held: null, press: null, signs: new Signs(page) });
    on(page, 'pointerdown', event => this.pressed(event));
    on(window, 'pointermove', event => this.moved(event));
    on(window, 'pointerup', event => this.released(event));
    on(window, 'pointercancel', () => this.cancel());
    on(window, 'blur', () => this.cancel());
    on(window, 'keydown', event => this.keyed(event), { capture: true });
    on(page, 'dragstart', event => event.preventDefault());
    on(page, 'contextmenu', event => (this.held || this.press?.touch) && event.preventDefault());
    on(page, 'touchmove', event => this.held && event.preventDefault(), { passive: false });
    // The click that ends a drag opens nothing; any other one opens the card that it is on, the middle button in a new tab.
    on(page, 'click', event => this.swallow && (event.preventDefault(), event.stopPropagation()), { capture: true });
    on(page, 'click', event => this.opened(event));
    on(page, 'auxclick', event => event.button === 1 && this.opened(event));
  }

  opened(event) {
    const card = event.target.closest('[data-deal]');
    if (!card || event.target.closest('button')) return;
    // With a key held, or while cards are being chosen, a click chooses; on the title a key opens it beside, as of any link.
    const choosing = 'selecting' in this.page.dataset;
    const held = event.ctrlKey || event.metaKey || event.shiftKey;
    if (event.button === 0 && (choosing || (held && !event.target.closest('a')))) {
      event.preventDefault();
      this.pick(card, event.shiftKey);
      return;
    }
    if (event.target.closest('a') || held || event.altKey) return;
    const link = card.querySelector('a');
    if (event.button === 1) window.open(link.href, '_blank', 'noopener');
    else link.click();
  }

  /** Chooses a card for what is done with several. */
  async pick(card, range) {
    getSelection()?.removeAllRanges();
    const said = await this.board.invokeMethodAsync('Pick', card.dataset.deal, range);
    if (said) this.say('{0}', said);
  }

  pressed(event) {
    if ('selecting' in this.page.dataset || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const card = event.target.closest('[data-deal]');
    if (this.held || this.press || event.button !== 0 || !event.isPrimary || !card ||
      event.target.closest('button, input, select, textarea')) return;
    const touch = event.pointerType === 'touch';
    this.press = { card, id: card.dataset.deal, fixed: 'fixed' in card.dataset, x: event.clientX, y: event.clientY,
      pointer: event.pointerId, touch };
    if (touch) this.press.timer = setTimeout(() => this.lift(), longPress);
    else if (!this.press.fixed) this.press.asked = this.ask(card.dataset.deal);
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
    if (this.held && event.pointerId === this.held.pointer) {
      this.follow(event.clientX, event.clientY);
      return;
    }
    const press = this.press;
    if (!press || event.pointerId !== press.pointer || press.refused) return;
    if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < slop) return;
    if (press.touch) this.forget();
    else if (this.lift()) this.follow(event.clientX, event.clientY);
  }

  /** Let go without a lift. */
  forget() {
    if (this.press?.asked) this.free();
    this.unpress();
  }

  unpress() {
    clearTimeout(this.press?.timer);
    this.press = null;
    delete this.page.dataset.refusing;
  }

  /** From the question for the verdicts on, nothing that others do moves a card here; the drop ends that by itself. */
  async free() {
    try {
      await this.board.invokeMethodAsync('Released');
    } catch {
      // The circuit is gone, and what it held back with it.
    }
  }

  lift() {
    const press = this.press;
    if (press?.fixed) {
      this.refuse(press);
      return false;
    }
    this.unpress();
    if (!press?.card.isConnected) {
      if (press?.asked) this.free();
      return false;
    }
    const box = press.card.getBoundingClientRect();
    this.held = { ...press, ghost: ghostOf(press.card, box), slot: new Slot(box, press.y, this.texts.lands), box,
      home: press.card.closest('[data-stage]'), over: null, at: [press.x, press.y] };
    press.card.dataset.lifted = '';
    this.page.dataset.dragging = '';
    this.page.append(this.held.ghost);
    this.page.setPointerCapture?.(press.pointer);
    getSelection()?.removeAllRanges();
    this.say(this.texts.lifted, press.card.querySelector('h3')?.textContent.trim(), this.places.nameOf(this.held.home));
    this.follow(press.x, press.y);
    this.mark(this.held, press.asked ?? this.ask(press.id));
    this.scrolling();
    return true;
  }

  /** Somebody else's card: said once a press, and the pointer shows it until it is let go. */
  refuse(press) {
    press.refused = true;
    this.page.dataset.refusing = '';
    this.board.invokeMethodAsync('NotYours', press.id);
  }

  async mark(held, asked) {
    const signs = await asked;
    if (this.held !== held) return;
    this.signs.show(signs);
    this.follow(...held.at);
  }

  follow(x, y) {
    const held = this.held;
    held.at = [x, y];
    const over = this.places.at(x, y);
    if (over !== held.over) {
      held.over?.removeAttribute('data-over');
      over?.setAttribute('data-over', '');
      held.over = over;
      if (over) this.say(this.texts.over, `${this.places.nameOf(over)}: ${Signs.titleOf(over)}`);
    }
    this.carry(held, x, y);
    if (takes(over)) held.slot.place(over.querySelector('.cards'), y, held.card);
    else held.slot.remove();
  }

  /** The clone under the pointer; on a small screen below the tabs and the column's verdict, and small while a tab is aimed at. */
  carry(held, x, y) {
    const floor = this.places.isPaged ? this.places.headEnd(held.over) + margin : -Infinity;
    const size = this.places.under ? aside : 1;
    const above = (held.y - held.box.top) * size;
    held.ghost.style.transformOrigin = size < 1 ? `${held.x - held.box.left}px ${held.y - held.box.top}px` : '';
    held.ghost.style.transform = `translate3d(${x - held.x}px, ${Math.max(y, floor + above) - held.y}px, 0) rotate(-2deg) scale(${size})`;
  }

  async released(event) {
    const held = this.held;
    if (!held) {
      // Whoever tried to drag a colleague's card did not ask to open it.
      if (this.press?.refused) this.swallowClick();
      this.forget();
      return;
    }
    if (event.pointerId !== held.pointer || held.dropped) return;
    this.swallowClick();
    if (!held.over || (held.over === held.home && !held.slot.placed)) {
      await this.giveBack();
      return;
    }
    held.dropped = true;
    const { above, below } = held.slot.neighbours(held.card);
    if (held.slot.placed) this.settle(held, held.slot.box());
    let taken = false;
    held.told = true;
    const key = newKey();
    if (held.over !== held.home) unconfirmed.remember(moveOf(held, key));
    try {
      taken = await this.board.invokeMethodAsync('Dropped', held.id, held.over.dataset.stage, above, below, key);
      if (!taken) unconfirmed.forget(key);
    } catch {
      // The circuit is gone: the card goes back, and whether it was moved is asked when the page is there again.
    }
    if (this.held !== held) return;
    if (taken) this.end();
    else await this.giveBack();
  }

  swallowClick() {
    this.swallow = true;
    setTimeout(() => { this.swallow = false; });
  }

  settle(held, box) {
    held.ghost.dataset.settling = '';
    held.ghost.style.transform = `translate3d(${box.left - held.box.left}px, ${box.top - held.box.top}px, 0)`;
  }

  async giveBack() {
    const held = this.held;
    held.dropped = true;
    held.slot.remove();
    this.places.dwell(null);
    if (this.places.isPaged) this.places.show(held.home.dataset.stage);
    this.settle(held, held.card.isConnected ? held.card.getBoundingClientRect() : held.box);
    this.say(this.texts.back);
    await Promise.allSettled(held.ghost.getAnimations().map(animation => animation.finished));
    if (this.held === held) this.end();
  }

  cancel() {
    this.forget();
    if (this.held && !this.held.dropped) this.giveBack();
  }

  /** The connection is lost: an answer may never come, so the card goes back even if it was dropped already. */
  lost() {
    this.forget();
    if (this.held) this.giveBack();
  }

  keyed(event) {
    if (event.key !== 'Escape' || !this.held) return;
    event.stopPropagation();
    this.cancel();
  }

  end() {
    const held = this.held;
    this.held = null;
    if (!held) return;
    held.ghost.remove();
    held.slot.remove();
    this.places.dwell(null);
    delete held.card.dataset.lifted;
    delete this.page.dataset.dragging;
    held.over?.removeAttribute('data-over');
    this.signs.clear();
    if (!held.told) this.free();
  }

  /** Near an edge the board goes on sideways, the column under the pointer up or down. */
  scrolling() {
    const held = this.held;
    if (!held || held.dropped) return;
    if (scrollNear(this.page.querySelector('[data-board]'), held.over?.querySelector('.cards'), ...held.at)) this.follow(...held.at);
    requestAnimationFrame(() => this.scrolling());
  }
}

/** A slot opens where the card may land: not where the rules forbid it, and a strip has no order of its own. */
function takes(over) {
  if (!over || over.dataset.verdict === 'refused') return false;
  return 'ordered' in over.dataset && !over.hasAttribute('data-folded');
}

/** Not randomUUID, which plain http does not have. */
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

/** As MoveFlow remembers it; its kind is the server's to say and asks nothing here. */
const moveOf = ({ id, card, over }, key) => ({ key, deal: id, title: card.querySelector('h3')?.textContent.trim() ?? '', kind: 'advance',
  to: over.dataset.stage });

function ghostOf(card, box) {
  const ghost = card.cloneNode(true);
  for (const name of ['data-deal', 'tabindex', 'aria-describedby']) ghost.removeAttribute(name);
  ghost.dataset.ghost = '';
  ghost.setAttribute('aria-hidden', 'true');
  Object.assign(ghost.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px` });
  return ghost;
}
