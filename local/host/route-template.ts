import { createRouteConstraint, type RouteConstraint } from './route-constraint.ts';
import { StartError } from './start-error.ts';

/** One segment of a route: fixed text, or a parameter. */
export type RouteSegment =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly optional: boolean;
      /** Takes the rest of the path, slashes included. */
      readonly catchAll: boolean;
      readonly defaultValue: string | undefined;
      readonly constraints: readonly RouteConstraint[];
    };

/**
 * Reads a route in ASP.NET Core's template syntax, as far as whole segments go: `calls/{id:int:min(3)}/{tab?}/{*rest}`.
 * Throws a StartError, without the function's name, for what the real host refuses and for segments that mix text and
 * parameters, which the local host does not support.
 */
export function parseRouteTemplate(template: string): readonly RouteSegment[] {
  if (template.startsWith('/')) throw new StartError(`The route "${template}" must not start with a slash.`);
  if (template.includes('//')) throw new StartError(`The route "${template}" has an empty segment.`);
  const texts = splitSegments(template.replace(/\/$/, ''));
  const segments = texts.map(text => parseSegment(text, template));
  assertOrder(segments, template);
  return segments;
}

/**
 * Matches the segments of a request path, still percent-encoded, against a route: the parameters that it gives, or
 * undefined when it does not match. Literals match in any case; an absent optional parameter is left out.
 */
export function matchRoute(
  segments: readonly RouteSegment[],
  path: readonly string[],
): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    if (!matchSegment(segment, path.slice(index), params)) return undefined;
  }
  const takesAll = segments.some(segment => segment.kind === 'parameter' && segment.catchAll);
  return takesAll || path.length <= segments.length ? params : undefined;
}

/** Matches the first of the remaining path segments, or all of them for a catch-all, and files what it gives. */
function matchSegment(
  segment: RouteSegment,
  remaining: readonly string[],
  params: Record<string, string>,
): boolean {
  const [text] = remaining;
  if (segment.kind === 'literal') {
    return text !== undefined && decodeSegment(text).toLowerCase() === segment.text.toLowerCase();
  }
  const given = segment.catchAll ? remaining.join('/') : text;
  const value = given === undefined || given === '' ? segment.defaultValue : decodeSegment(given);
  if (value === undefined) return segment.optional || segment.catchAll;
  if (!segment.constraints.every(satisfies => satisfies(value))) return false;
  params[segment.name] = value;
  return true;
}

/**
 * Orders routes as ASP.NET Core does: at the first segment that differs, text comes before a constrained parameter, that
 * before a parameter, that before a catch-all. Negative when `a` is tried first.
 */
export function compareRoutes(a: readonly RouteSegment[], b: readonly RouteSegment[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = precedence(a[index]) - precedence(b[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function precedence(segment: RouteSegment | undefined): number {
  if (segment === undefined) return 0;
  if (segment.kind === 'literal') return 1;
  const constrained = segment.constraints.length > 0;
  if (segment.catchAll) return constrained ? 4 : 5;
  return constrained ? 2 : 3;
}

/** The real host leaves an encoded slash as it is, and a segment that is not valid percent-encoding too. */
function decodeSegment(text: string): string {
  try {
    return text
      .split(/(%2f)/i)
      .map(part => (/^%2f$/i.test(part) ? part : decodeURIComponent(part)))
      .join('');
  } catch {
    return text;
  }
}

/** Splits at slashes outside of braces; doubled braces inside a parameter are escapes of its regular expression. */
function splitSegments(template: string): string[] {
  const segments: string[] = [];
  let current = '';
  let inParameter = false;
  for (let index = 0; index < template.length; index++) {
    const character = template.charAt(index);
    const doubled = inParameter && '{}'.includes(character) && template[index + 1] === character;
    if (doubled) {
      current += character + character;
      index++;
      continue;
    }
    if (character === '{') inParameter = true;
    else if (character === '}') inParameter = false;
    if (character === '/' && !inParameter) {
      segments.push(current);
      current = '';
    } else {
      current += character;
    }
  }
  if (inParameter) throw new StartError(`The route "${template}" has a brace that is not closed.`);
  return [...segments, current];
}

function parseSegment(text: string, template: string): RouteSegment {
  if (!text.includes('{') && !text.includes('}')) return { kind: 'literal', text };
  if (!text.startsWith('{') || !text.endsWith('}')) {
    throw new StartError(
      `The route "${template}" mixes text and a parameter in one segment ("${text}"), which the local host does not support.`,
    );
  }
  return parseParameter(text.slice(1, -1).replaceAll('{{', '{').replaceAll('}}', '}'), template);
}

function parseParameter(text: string, template: string): RouteSegment {
  const head = /^(\*{0,2})([^:=?*]+)/.exec(text);
  if (head === null) throw new StartError(`The route "${template}" has a parameter without a name.`);
  const [whole, stars = '', name = ''] = head;
  const { constraints, rest } = parseConstraints(text.slice(whole.length));
  const optional = rest === '?';
  const defaultValue = rest.startsWith('=') ? rest.slice(1) : undefined;
  if (rest !== '' && !optional && defaultValue === undefined) {
    throw new StartError(`The route "${template}" has a parameter that cannot be read: "{${text}}".`);
  }
  return { kind: 'parameter', name, optional, catchAll: stars !== '', defaultValue, constraints };
}

function parseConstraints(text: string): { constraints: RouteConstraint[]; rest: string } {
  const constraints: RouteConstraint[] = [];
  let rest = text;
  while (rest.startsWith(':')) {
    const head = /^:([a-z]+)/i.exec(rest);
    if (head === null) break;
    const [whole, name = ''] = head;
    rest = rest.slice(whole.length);
    const args = takeArguments(rest);
    if (args !== undefined) rest = rest.slice(args.length + 2);
    constraints.push(createRouteConstraint(name, args));
  }
  return { constraints, rest };
}

/** Takes what stands between a leading parenthesis and the one that closes it before the next constraint or the end. */
function takeArguments(text: string): string | undefined {
  if (!text.startsWith('(')) return undefined;
  for (let end = text.indexOf(')'); end !== -1; end = text.indexOf(')', end + 1)) {
    if (/^($|\?$|=|:[a-z]+)/i.test(text.slice(end + 1))) return text.slice(1, end);
  }
  return undefined;
}

function assertOrder(segments: readonly RouteSegment[], template: string): void {
  const names = new Set<string>();
  for (const [index, segment] of segments.entries()) {
    if (segment.kind === 'literal') continue;
    const last = index === segments.length - 1;
    if (!last && segment.catchAll)
      throw new StartError(`The route "${template}" has segments after a catch-all.`);
    if (!last && segment.optional)
      throw new StartError(`The route "${template}" has segments after an optional one.`);
    if (names.has(segment.name.toLowerCase())) {
      throw new StartError(`The route "${template}" has two parameters called "${segment.name}".`);
    }
    names.add(segment.name.toLowerCase());
  }
}
