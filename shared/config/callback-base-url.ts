/** Core Tools and `npm start` listen here unless told. */
const LOCAL_HOST = 'localhost:7071';

/** Where ACS finds the app: as it was set, or by the name that the host gives it; without a slash at the end. */
export function readCallbackBaseUrl(data: {
  readonly CALLBACK_BASE_URL?: string | undefined;
  readonly WEBSITE_HOSTNAME?: string | undefined;
}): string {
  if (data.CALLBACK_BASE_URL !== undefined) return data.CALLBACK_BASE_URL.replace(/\/+$/, '');
  const host = data.WEBSITE_HOSTNAME ?? LOCAL_HOST;
  const isLocal = /^(localhost|127\.0\.0\.1)(:|$)/.test(host);
  return `${isLocal ? 'http' : 'https'}://${host}`;
}
