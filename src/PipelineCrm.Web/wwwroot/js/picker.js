// The customer picker's keys: arrows mark, Enter takes what is marked and nothing else, Esc closes the list. The mark is of a
// customer, not of a place in the list, so an answer that comes late never puts another one under the finger.
const boxOf = target => (target instanceof Element && target.matches('.picker [role=combobox]') ? target : null);
const optionsOf = picker => [...picker.querySelectorAll('[role=option]')];
const isOpen = picker => !picker.hasAttribute('data-shut') && optionsOf(picker).length > 0;
// A list that says what it was looked for by gives its first line where nothing is marked, once that is what stands in the box.
const takenOf = (box, picker) => markedOf(picker)
  ?? (box.value.trim() && picker.querySelector('[data-for]')?.dataset.for === box.value.trim() ? optionsOf(picker)[0] : null);
const markedOf = picker => picker.querySelector('[role=option][aria-selected=true]');

function mark(box, picker, option) {
  markedOf(picker)?.setAttribute('aria-selected', 'false');
  option?.setAttribute('aria-selected', 'true');
  option?.scrollIntoView({ block: 'nearest' });
  if (option) box.setAttribute('aria-activedescendant', option.id);
  else box.removeAttribute('aria-activedescendant');
}

function shut(box, picker) {
  mark(box, picker, null);
  picker.setAttribute('data-shut', '');
}

function keyed(event) {
  const box = boxOf(event.target);
  if (!box) return;
  const picker = box.closest('.picker');
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (way && isOpen(picker)) {
    const all = optionsOf(picker);
    const at = all.indexOf(markedOf(picker));
    mark(box, picker, all.at((at < 0 ? (way > 0 ? 0 : -1) : at + way) % all.length));
  } else if (way) {
    picker.removeAttribute('data-shut');
    box.dispatchEvent(new Event('change', { bubbles: true }));
  } else if (event.key === 'Enter' && isOpen(picker) && takenOf(box, picker)) {
    const option = takenOf(box, picker);
    shut(box, picker);
    option.click();
  } else if (event.key === 'Escape' && isOpen(picker)) {
    shut(box, picker);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener('keydown', keyed, true);
document.addEventListener('input', ({ target }) => boxOf(target)?.closest('.picker').removeAttribute('data-shut'));
// A press on the list leaves the focus, and so the list, where it is.
document.addEventListener('pointerdown', event => event.target.closest('.picker [role=option]') && event.preventDefault());
document.addEventListener('mousedown', event => event.target.closest('.picker [role=option]') && event.preventDefault());
document.addEventListener('click', ({ target }) => {
  const picker = target.closest('.picker [role=option]')?.closest('.picker');
  if (picker) shut(picker.querySelector('[role=combobox]'), picker);
});
