/** Every state that a statechart is in, those around it as well: `inside`, `inside.watching`. */
export function stateNamesOf(value: unknown, around = ''): readonly string[] {
  const path = (name: string) => (around === '' ? name : `${around}.${name}`);
  if (typeof value === 'string') return [path(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [path(name), ...stateNamesOf(inner, path(name))]);
}
