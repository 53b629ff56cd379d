// Input methods. While a composition is open, keys and text are the input method's: nothing is searched, picked, saved or closed.
// This is the only place that knows of it; it listens before everybody else, so that no field has to.
let field = null;

/** A field that left the page took its composition along. */
const isOpen = () => field !== null && (field.isConnected || (field = null) !== null);
const isOwn = event => isOpen() || event.isComposing || event.keyCode === 229;

addEventListener('compositionstart', ({ target }) => { field = target; }, true);

// What was confirmed is said once: what the browser said of it came while the composition was still open.
addEventListener('compositionend', ({ target }) => {
  field = null;
  target.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromComposition' }));
}, true);

for (const name of ['keydown', 'keypress', 'keyup']) {
  addEventListener(name, event => {
    if (!isOwn(event)) return;
    event.stopImmediatePropagation();
    // What the browser itself would do: close a dialog, send a form.
    if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault();
  }, true);
}

addEventListener('input', event => (isOpen() || event.isComposing) && event.stopImmediatePropagation(), true);

for (const name of ['submit', 'cancel']) {
  addEventListener(name, event => {
    if (!isOpen()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
}
