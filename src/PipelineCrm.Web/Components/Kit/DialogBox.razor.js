// Opens a dialog over the page and places it beside an element when asked to. The focus goes back by itself (focus.js).
const margin = 12;

export function open(dialog, beside) {
  // Closed again before it was open.
  if (!dialog) return;
  dialog.showModal();
  if (beside) keepBeside(dialog, beside, '');
  const first = dialog.querySelector('[autofocus]') ?? dialog.querySelector('.body :is(input, select, textarea, button)');
  first?.focus();
  if (first instanceof HTMLInputElement && first.type === 'text') first.select();
}

/** Whatever moves the element while the dialog is open (a card settling, a scroll, a resize), the light stays on it. */
function keepBeside(dialog, selector, before) {
  if (!dialog.isConnected) return;
  const anchor = innerWidth > 720 ? document.querySelector(selector) : null;
  const card = anchor?.getBoundingClientRect();
  const box = card ? [card.left, card.top, card.right, card.bottom, dialog.offsetHeight, innerWidth, innerHeight].join() : '';
  if (box && box !== before) place(dialog, card);
  else if (!box && before) leave(dialog);
  requestAnimationFrame(() => keepBeside(dialog, selector, box));
}

function leave(dialog) {
  dialog.classList.remove('at');
  dialog.style.removeProperty('--hole');
}

function place(dialog, card) {
  const box = { width: dialog.offsetWidth, height: dialog.offsetHeight };
  const right = card.right + margin;
  const x = right + box.width < innerWidth - margin ? right : card.left - margin - box.width;
  const y = Math.min(Math.max(card.top - 60, margin), innerHeight - box.height - margin);
  dialog.style.setProperty('--at-x', `${Math.max(x, margin)}px`);
  dialog.style.setProperty('--at-y', `${Math.max(y, margin)}px`);
  dialog.classList.add('at');
  const hole = `M${card.left} ${card.top}H${card.right}V${card.bottom}H${card.left}Z`;
  dialog.style.setProperty('--hole', `path(evenodd, "M0 0H${innerWidth}V${innerHeight}H0Z${hole}")`);
}
