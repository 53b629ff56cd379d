// A page drawn on the server is seen before its circuit lives. What is clicked and typed meanwhile is done again on the live page,
// whose elements take the places of those that were drawn.
const drawn = () => document.querySelector('main[data-prerendered]');
const clicks = [];
const values = new Map();
const fields = 'input:not([type=hidden], [type=checkbox]), textarea, select';

/** Where an element stands below the body, by the numbers of its elders among their siblings. */
function pathOf(element) {
  const path = [];
  for (let one = element; one !== document.body; one = one.parentElement) {
    if (!one.parentElement) return null;
    path.unshift([...one.parentElement.children].indexOf(one));
  }
  return path;
}

const at = path => path.reduce((parent, number) => parent?.children[number], document.body);

function clicked(event) {
  const button = event.target.closest?.('button, summary, [role=button], [role=tab]');
  // Links, menus and forms that post to an address work without a circuit.
  if (!button || button.matches('summary') || button.form?.hasAttribute('action') || button.closest('[data-theme-switch], [data-set-theme]')) return;
  clicks.push({ path: pathOf(button), tag: button.tagName, text: button.textContent });
  event.preventDefault();
  event.stopPropagation();
}

function typed(event) {
  if (event.target.matches?.(fields)) values.set(pathOf(event.target), { tag: event.target.tagName, value: event.target.value });
}

function live() {
  document.removeEventListener('click', clicked, true);
  document.removeEventListener('input', typed, true);
  for (const [path, { tag, value }] of values) {
    const field = at(path);
    if (field?.tagName !== tag) continue;
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
  for (const { path, tag, text } of clicks) {
    const button = at(path);
    if (button?.tagName === tag && button.textContent === text) button.click();
  }
}

if (drawn()) {
  document.addEventListener('click', clicked, true);
  document.addEventListener('input', typed, true);
  let focused;
  document.addEventListener('focusin', event => { focused = drawn() ? pathOf(event.target) : focused; }, true);
  const observer = new MutationObserver(() => {
    if (drawn()) return;
    observer.disconnect();
    live();
    if (focused && document.activeElement === document.body) at(focused)?.focus();
  });
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-prerendered'] });
}
