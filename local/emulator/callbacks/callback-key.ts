/** A callback URI without its query, which is a secret of the app. */
export function withoutQuery(uri: string): string {
  return uri.split(/[?#]/, 1)[0] ?? '';
}

/** The last segment of a callback URI's path: the app's own key of the call, where it has put one there. */
export function callbackKeyOf(uri: string): string | undefined {
  const segment = withoutQuery(uri).split('/').at(-1);
  return segment === '' ? undefined : segment;
}
