// The connection. Blazor says on this element what state it is in; this adds what Blazor does not know: whether the user is still
// signed in, and whether something was typed that a fresh start would lose.
const box = document.getElementById('components-reconnect-modal');
const pause = 2000;
const typed = new Set();
let state = 'hide';
let asking;
let retry;

const isAway = () => state !== 'hide';
const hasTyped = () => [...typed].some(control => control.isConnected && control.value !== '');

/** First the circuit as it was, then a new one from what the old one left behind, then a fresh page. */
async function reconnect() {
  clearTimeout(retry);
  try {
    const paused = state === 'paused' || state === 'resume-failed';
    if (!paused && await Blazor.reconnect()) return;
    if (!await Blazor.resumeCircuit()) startAnew();
  } catch {
    // The server is still away: asked again.
    retry = setTimeout(reconnect, pause);
  }
}

/** What the page knew on the server is gone. What is typed is worth more than a fresh page: then its author says when. */
function startAnew() {
  clearTimeout(asking);
  box.removeAttribute('data-signed-out');
  if (!hasTyped()) {
    location.reload();
    return;
  }
  place();
  box.dataset.kept = '';
}

/** Without a session Blazor would go on trying in vain, as if the server were away. */
async function ask() {
  clearTimeout(asking);
  const answer = await fetch('_blazor/negotiate?negotiateVersion=1', { method: 'POST' }).catch(() => null);
  if (!isAway() || state === 'rejected') return;
  box.toggleAttribute('data-signed-out', answer?.status === 401);
  asking = setTimeout(ask, pause);
}

/** Outside an open dialog nothing can be reached. */
function place() {
  const host = document.querySelector('dialog[open]') ?? document.body;
  if (box.parentElement !== host) host.append(box);
}

function changed(to) {
  const was = state;
  state = to;
  clearTimeout(retry);
  switch (to) {
    case 'hide':
      clearTimeout(asking);
      box.removeAttribute('data-signed-out');
      if (box.parentElement !== document.body) document.body.append(box);
      break;
    case 'rejected':
      startAnew();
      break;
    case 'retrying':
      if (was === 'hide') state = 'show';
      break;
    default:
      place();
      ask();
      // What Blazor gave up, this goes on with; a paused page wakes as soon as somebody looks at it.
      if (to !== 'show') retry = setTimeout(reconnect, to === 'paused' ? 0 : pause);
  }
}

// A page that found no place on the server.
const again = 10_000;
if (document.querySelector('[data-asks-again]')) setTimeout(() => location.reload(), again);

if (box) {
  box.addEventListener('components-reconnect-state-changed', event => changed(event.detail.state));
  box.addEventListener('click', event => event.target.closest('[data-reconnect]') && reconnect());
  // What is looked for stands in the address and comes back by itself.
  document.addEventListener('input', event => event.target.matches('input:not([type=search]), textarea, select') &&
    typed.add(event.target));
}
