// The board's columns and strips: which there are, folding, tabs, bringing one into view.
const kept = 'board.folded';
const stay = 250;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

export class Places {
  constructor(page, on) {
    this.page = page;
    this.inView = new IntersectionObserver(seen => this.showTab(seen), { threshold: 0.6 });
    on(page, 'click', event => this.clicked(event));
  }

  stop() {
    this.inView.disconnect();
  }

  all() {
    return [...this.page.querySelectorAll('[data-stage]')];
  }

  watch() {
    const closed = JSON.parse(localStorage.getItem(kept) ?? '[]');
    for (const column of this.all()) {
      this.inView.observe(column);
      if (column.querySelector('[data-fold]')) this.fold(column, closed.includes(column.dataset.stage));
    }
  }

  /** The place under the pointer; a tab stands for its column. */
  at(x, y) {
    const tab = this.tabAt(x, y);
    this.dwell(tab);
    return tab ? this.of(tab.dataset.tab) : this.all().find(column => inside(column, x, y)) ?? null;
  }

  /** On a small screen one column fills the page. */
  get isPaged() {
    return this.page.querySelector('.tabs')?.offsetParent != null;
  }

  /** Down to where the tabs reach, and what a column says of a lifted card. */
  headEnd(column) {
    const heads = [this.page.querySelector('.tabs'), column?.querySelector('header'), column?.querySelector('.verdict')];
    return Math.max(...heads.map(head => head?.getBoundingClientRect().bottom ?? 0));
  }

  of(place) {
    return this.page.querySelector(`[data-stage="${place}"]`);
  }

  tabAt(x, y) {
    return [...this.page.querySelectorAll('[data-tab]')].find(one => inside(one, x, y)) ?? null;
  }

  /** A tab brings its column where the pointer stays on it: on the way to a column others are crossed. */
  dwell(tab) {
    if (tab === this.under) return;
    clearTimeout(this.staying);
    this.under?.removeAttribute('data-over');
    tab?.setAttribute('data-over', '');
    this.under = tab;
    if (tab) this.staying = setTimeout(() => this.show(tab.dataset.tab), stay);
  }

  nameOf(column) {
    return column?.querySelector('h2, .name')?.firstChild?.textContent.trim() ?? '';
  }

  clicked(event) {
    const fold = event.target.closest('[data-fold]');
    if (fold) {
      const column = fold.closest('[data-stage]');
      this.fold(column, !column.hasAttribute('data-folded'));
      localStorage.setItem(kept, JSON.stringify(this.all().filter(one => one.hasAttribute('data-folded')).map(one => one.dataset.stage)));
    }
    const tab = event.target.closest('[data-tab]');
    if (tab) this.show(tab.dataset.tab);
  }

  fold(column, close) {
    column.toggleAttribute('data-folded', close);
    column.querySelector('[data-fold]').setAttribute('aria-expanded', String(!close));
  }

  show(place, behavior = 'instant') {
    this.of(place)?.scrollIntoView({ behavior: calm.matches ? 'instant' : behavior, inline: 'center', block: 'nearest' });
  }

  showTab(seen) {
    for (const { target, isIntersecting } of seen) {
      if (isIntersecting) {
        for (const tab of this.page.querySelectorAll('[data-tab]')) tab.toggleAttribute('aria-current',
          tab.dataset.tab === target.dataset.stage);
      }
    }
  }
}

function inside(element, x, y) {
  const box = element.getBoundingClientRect();
  return box.width > 0 && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
