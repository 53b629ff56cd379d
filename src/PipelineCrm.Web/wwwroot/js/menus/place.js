// Where a row's menu lies: over the table, which would cut it off, below its button or above it where there is more room.
const gap = 4;
const margin = 8;

export function place(button, list) {
  const at = button.getBoundingClientRect();
  const [width, height] = [list.offsetWidth, list.offsetHeight];
  const below = at.bottom + gap;
  const fits = below + height <= innerHeight - margin;
  list.style.setProperty('--x', `${Math.max(margin, Math.min(at.right - width, innerWidth - margin - width))}px`);
  list.style.setProperty('--y', `${fits ? below : Math.max(margin, at.top - gap - height)}px`);
}
