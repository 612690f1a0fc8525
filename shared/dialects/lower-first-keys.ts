const NONE: ReadonlySet<string> = new Set();

/**
 * A copy in which every key begins with a small letter, so that `CallLegId` and `callLegId` are one: the first SDKs of
 * the previews accepted both spellings, because the service sent both. Where both are there, the small one counts.
 *
 * @param verbatim members, in small letters, whose own keys somebody else chose: they stay as they are.
 */
export function lowerFirstKeys(value: unknown, verbatim: ReadonlySet<string> = NONE): unknown {
  if (Array.isArray(value)) return value.map(member => lowerFirstKeys(member, verbatim));
  if (typeof value !== 'object' || value === null) return value;
  const original = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(original)) {
    const lowered = lowerFirst(key);
    if (lowered !== key && Object.hasOwn(original, lowered)) continue;
    const member = verbatim.has(lowered) ? original[key] : lowerFirstKeys(original[key], verbatim);
    if (lowered === '__proto__') defineMember(copy, lowered, member);
    else copy[lowered] = member;
  }
  return copy;
}

/** A member by its name in small letters, or by the same with a capital; undefined where neither is there. */
export function memberOf(object: object, name: string): unknown {
  const members = object as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(members, name)) return members[name];
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  return Object.hasOwn(members, capital) ? members[capital] : undefined;
}

/** Assigning to `__proto__` would replace the prototype. */
function defineMember(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Spells a path into such a copy as a JSON Pointer into the original; a key that is not there gets its sibling's case. */
export function pointerInto(original: unknown, path: readonly PropertyKey[]): string {
  let at: unknown = original;
  let pointer = '';
  for (const segment of path) {
    const key = originalKey(at, String(segment));
    pointer += `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  }
  return pointer;
}

function originalKey(container: unknown, wanted: string): string {
  if (typeof container !== 'object' || container === null || Array.isArray(container)) return wanted;
  const keys = Object.keys(container);
  const found = keys.find(key => key === wanted) ?? keys.find(key => lowerFirst(key) === wanted);
  if (found !== undefined) return found;
  const isPascal = keys.length > 0 && keys.every(key => lowerFirst(key) !== key);
  return isPascal ? wanted.charAt(0).toUpperCase() + wanted.slice(1) : wanted;
}

/** What is kept of {@link lowerFirst}: events have the same few keys again and again, but anybody may send others. */
const KEPT = { keysMax: 500, lengthMax: 64 } as const;

const kept = new Map<string, string>();

function lowerFirst(key: string): string {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const first = key.charAt(0);
  const lowered = first.toLowerCase();
  const spelled = lowered === first ? key : lowered + key.slice(1);
  if (kept.size < KEPT.keysMax && key.length <= KEPT.lengthMax) kept.set(key, spelled);
  return spelled;
}
