/** A copy of a value whose keys are spelt otherwise, at any depth. */
export function withKeys(value: unknown, spell: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map(member => withKeys(member, spell));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [spell(key), withKeys(member, spell)]),
  );
}
