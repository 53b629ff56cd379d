// What each column says while a card is lifted.
export class Signs {
  constructor(page) {
    this.page = page;
  }

  static titleOf(column) {
    return column.querySelector('[data-verdict-title]')?.textContent ?? '';
  }

  show(signs) {
    for (const sign of signs) {
      for (const place of this.page.querySelectorAll(`[data-stage="${sign.place}"], [data-tab="${sign.place}"]`)) {
        if (sign.verdict) place.dataset.verdict = sign.verdict;
        else place.dataset.source = '';
        const [title, line] = [place.querySelector('[data-verdict-title]'), place.querySelector('[data-verdict-line]')];
        if (title) title.textContent = sign.title;
        if (line) line.textContent = sign.line;
      }
    }
  }

  clear() {
    for (const place of this.page.querySelectorAll('[data-verdict], [data-source]')) {
      delete place.dataset.verdict;
      delete place.dataset.source;
    }
    for (const text of this.page.querySelectorAll('[data-verdict-title], [data-verdict-line]')) text.textContent = '';
  }
}
