// What has to be mended is typed in next.
export function focusWrong(form) {
  const control = form?.querySelector('[aria-invalid=true]');
  control?.focus();
  if (control instanceof HTMLInputElement && control.type === 'text') control.select();
}
