/**
 * Where a statechart stands, in one text: `menu`, `menu.waiting` inside another state, and `a.x, b.y` where it is in
 * several at once.
 */
export function stateName(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([state, inner]) => {
      const within = stateName(inner);
      return within === '' ? state : `${state}.${within}`;
    })
    .join(', ');
}
