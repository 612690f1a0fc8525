/**
 * Whether a text is an http or https address, without blanks, and without a user or a password: an address may be told,
 * what opens it may not.
 */
export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/\S+$/i.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/** Whether a text is the address of a service that is reached by identity: by TLS alone, and with no key in its query. */
export function isServiceAddress(text: string): boolean {
  return isWebAddress(text) && /^https:/i.test(text) && !/[?#]/.test(text);
}
