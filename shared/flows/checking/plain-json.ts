/** Says what of a value is no plain JSON, so that it would not come back from storage as it was; undefined for one that is. */
export function unplainPart(value: unknown, path: string): string | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : `${path} is ${value}`;
    case 'object':
      return value === null ? undefined : unplainMember(value, path);
    case 'undefined':
      return `${path} is undefined; use null`;
    default:
      return `${path} is a ${typeof value}`;
  }
}

function unplainMember(value: object, path: string): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) {
    return `${path} is a ${value.constructor.name}`;
  }
  for (const [key, member] of Object.entries(value)) {
    const unplain = unplainPart(member, `${path}.${key}`);
    if (unplain !== undefined) return unplain;
  }
  return undefined;
}
