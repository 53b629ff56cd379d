// Opens a dialog over the page, remembers who had the focus, and places it beside an element when asked to.
const opened = new Map();
const margin = 12;

export function open(dialog, beside) {
  opened.set(dialog.getAttribute('aria-labelledby'), document.activeElement);
  dialog.showModal();
  const anchor = beside && document.querySelector(beside);
  if (anchor && innerWidth > 720) place(dialog, anchor.getBoundingClientRect());
  const first = dialog.querySelector('[autofocus]') ?? dialog.querySelector('.body :is(input, select, textarea, button)');
  first?.focus();
  if (first instanceof HTMLInputElement && first.type === 'text') first.select();
}

// By then the element has left the page; the focus goes back to where it was.
export function close(key) {
  const before = opened.get(key);
  opened.delete(key);
  if (before?.isConnected) before.focus({ preventScroll: true });
}

function place(dialog, card) {
  const box = dialog.getBoundingClientRect();
  const right = card.right + margin;
  const x = right + box.width < innerWidth - margin ? right : card.left - margin - box.width;
  const y = Math.min(Math.max(card.top - 60, margin), innerHeight - box.height - margin);
  dialog.style.setProperty('--at-x', `${Math.max(x, margin)}px`);
  dialog.style.setProperty('--at-y', `${Math.max(y, margin)}px`);
  dialog.classList.add('at');
  const hole = `M${card.left} ${card.top}H${card.right}V${card.bottom}H${card.left}Z`;
  dialog.style.setProperty('--hole', `path(evenodd, "M0 0H${innerWidth}V${innerHeight}H0Z${hole}")`);
}
