/** A path as a route has it: literal segments, and `{parameters}`, which may have a verb behind them: `{id}:play`. */
export interface RoutePath {
  readonly method: string;
  readonly path: string;
}

/** A route that a request goes to. */
export interface RouteMatch<Route> {
  readonly route: Route;
  /** Decoded: a conversation id may be percent-encoded. */
  readonly params: Readonly<Record<string, string>>;
}

/** All routes that fit: literal segments in any case, since the documents of ACS spell them in more than one. */
export function matchRoutes<Route extends RoutePath>(
  routes: readonly Route[],
  method: string,
  pathname: string,
): RouteMatch<Route>[] {
  const segments = pathname.replace(/^\/+|\/+$/g, '').split('/');
  return routes.flatMap(route => {
    const params = route.method === method ? matchPath(route.path.split('/'), segments) : undefined;
    return params === undefined ? [] : [{ route, params }];
  });
}

function matchPath(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    const [, name, verb = ''] = /^\{(\w+)\}(:\w+)?$/.exec(part) ?? [];
    if (name === undefined) {
      if (part.toLowerCase() !== segment.toLowerCase()) return undefined;
      continue;
    }
    const value = valueBefore(verb, segment);
    if (value === undefined) return undefined;
    params[name] = value;
  }
  return params;
}

/** What stands before the verb, decoded; undefined when that is nothing, or the verb is another. */
function valueBefore(verb: string, segment: string): string | undefined {
  if (!segment.toLowerCase().endsWith(verb.toLowerCase())) return undefined;
  const value = decode(segment.slice(0, segment.length - verb.length));
  return value === '' ? undefined : value;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
