// A move that was sent and not yet answered. Where the page dies in between, it is there when the page comes back, and the server
// is asked by the move's key what became of it. Kept with the drafts: this tab's, this user's, gone with the sign-out.
import * as drafts from './drafts.js';

const name = () => `draft ${document.body.dataset.user} unconfirmed-move`;

export const remember = move => drafts.write(name(), { at: Date.now(), move });

export function forget(key) {
  if (drafts.read(name())?.move.key === key) drafts.drop(name());
}

/** What nobody has answered; asked for once. */
export function take() {
  const left = drafts.read(name());
  if (left) drafts.drop(name());
  return left?.move ?? null;
}
