/** Says what of a value is no plain JSON, so that it would not come back from storage as it was; undefined for one that is. */
export function unplainPart(
  value: unknown,
  path: string,
  around: readonly object[] = [],
): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} is ${value}`;
  if (typeof value === 'object') return unplainMember(value, path, around);
  return value === undefined ? `${path} is undefined; use null` : `${path} is a ${typeof value}`;
}

function unplainMember(value: object, path: string, around: readonly object[]): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) {
    return `${path} is a ${value.constructor.name}`;
  }
  if (around.includes(value)) return `${path} leads back to itself`;
  for (const [key, member] of Object.entries(value)) {
    const unplain = unplainPart(member, `${path}.${key}`, [...around, value]);
    if (unplain !== undefined) return unplain;
  }
  return undefined;
}
