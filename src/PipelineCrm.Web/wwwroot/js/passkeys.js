// Passkeys (WebAuthn): the sign-in page's form answers a challenge with one, the profile makes one.

/** Browsers take them for the name of a site that they reached safely, not for an address in numbers. */
export const can = () => isSecureContext && !/^[\d.]+$|^\[/.test(location.hostname)
  && !!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON && !!PublicKeyCredential.prototype.toJSON;

/** What the authenticator answered, as text; without it, whether it has a passkey of this user already. */
export async function create(options) {
  try {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options));
    return { credential: JSON.stringify(await navigator.credentials.create({ publicKey })) };
  } catch (refused) {
    return { known: refused.name === 'InvalidStateError' };
  }
}

async function answer(form) {
  const challenge = await fetch(form.dataset.challenge, { method: 'POST', body: new FormData(form) });
  if (!challenge.ok) throw new Error(challenge.statusText);
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await challenge.json());
  return JSON.stringify(await navigator.credentials.get({ publicKey }));
}

function offer(form) {
  const button = form.querySelector('button');
  const mistake = form.querySelector('[role=alert]');
  form.addEventListener('submit', async event => {
    event.preventDefault();
    button.disabled = true;
    mistake.hidden = true;
    try {
      form.elements.Credential.value = await answer(form);
      form.elements.Remember.value = document.querySelector('input[type=checkbox][name=Remember]').checked;
      form.submit();
    } catch {
      // Cancelled, timed out, or no passkey of this site: browsers do not tell which, on purpose.
      mistake.textContent = form.dataset.failed;
      mistake.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
  form.hidden = false;
}

const form = document.querySelector('form[data-challenge]');
if (form && can()) offer(form);
