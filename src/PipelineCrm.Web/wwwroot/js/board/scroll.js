// Scrolls what lies under a lifted card when the pointer is near an edge.
const edge = 64;

/** Answers whether anything moved. */
export function scrollNear(board, cards, x, y) {
  const sideways = push(board, 'scrollLeft', x, 'left', 'right');
  const along = cards ? push(cards, 'scrollTop', y, 'top', 'bottom') : false;
  return sideways || along;
}

function push(element, way, at, low, high) {
  const before = element[way];
  const box = element.getBoundingClientRect();
  const near = Math.max(0, edge - (at - box[low])) - Math.max(0, edge - (box[high] - at));
  if (near !== 0) element[way] += Math.sign(-near) * Math.ceil(Math.min(Math.abs(near), edge) / 5);
  return element[way] !== before;
}
