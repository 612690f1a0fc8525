/** Whether objects and arrays are nested in more levels than that. Looks no deeper, so any value is safe to ask about. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some(member => isNestedDeeper(member, levels - 1));
}
