// The connection. Blazor tells its state by classes on this element; this adds what Blazor does not know: whether the user is
// still signed in, and whether something was typed that a fresh start would lose.
const box = document.getElementById('components-reconnect-modal');
const pause = 2000;
const typed = new Set();
let asking;
let retry;

const is = state => box.classList.contains(`components-reconnect-${state}`);
const hasTyped = () => [...typed].some(control => control.isConnected && control.value !== '');

async function reconnect() {
  clearTimeout(retry);
  try {
    if (await Blazor.reconnect() === false) startAnew();
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
  if (!is('show') && !is('failed')) return;
  box.toggleAttribute('data-signed-out', answer?.status === 401);
  asking = setTimeout(ask, pause);
}

/** Outside an open dialog nothing can be reached. */
function place() {
  const host = document.querySelector('dialog[open]') ?? document.body;
  if (box.parentElement !== host) host.append(box);
}

function changed() {
  clearTimeout(retry);
  if (is('rejected')) {
    startAnew();
  } else if (is('show') || is('failed')) {
    place();
    ask();
    if (is('failed')) retry = setTimeout(reconnect, pause);
  } else {
    clearTimeout(asking);
    box.removeAttribute('data-signed-out');
    if (box.parentElement !== document.body) document.body.append(box);
  }
}

// A page that found no place on the server.
const again = 10_000;
if (document.querySelector('[data-asks-again]')) setTimeout(() => location.reload(), again);

if (box) {
  new MutationObserver(changed).observe(box, { attributes: true, attributeFilter: ['class'] });
  box.addEventListener('click', event => event.target.closest('[data-reconnect]') && reconnect());
  // What is looked for stands in the address and comes back by itself.
  document.addEventListener('input', event => event.target.matches('input:not([type=search]), textarea, select') && typed.add(event.target));
}
