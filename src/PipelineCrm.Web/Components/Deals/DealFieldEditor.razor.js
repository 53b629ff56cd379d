// The field that was clicked is the one that is typed in.
export function focus(form) {
  const control = form?.querySelector('input, select:not(.control > select), textarea');
  control?.focus();
  if (control instanceof HTMLInputElement && control.type === 'text') control.select();
}
