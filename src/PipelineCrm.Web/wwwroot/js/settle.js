// What was pressed may give its place to something else: a second press that was meant for the first one meets nothing, until
// the pointer has moved on or a moment has passed.
const moment = 1200;
const step = 8;
let pressed = null;

function end() {
  pressed?.group.removeAttribute('data-settling');
  clearTimeout(pressed?.timer);
  pressed = null;
}

document.addEventListener('click', event => {
  const group = event.target.closest('[data-settles]');
  // A key's click has no place.
  if (!group || event.detail === 0) return;
  end();
  // After everybody has heard of it.
  setTimeout(() => {
    end();
    pressed = { group, x: event.clientX, y: event.clientY, timer: setTimeout(end, moment) };
    group.setAttribute('data-settling', '');
  });
});

document.addEventListener('pointermove', event => {
  if (pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > step) end();
});
