/** Whether objects and arrays are nested in more levels than that. Looks no deeper, so any value is safe to ask about. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const member of Object.values(value)) if (isNestedDeeper(member, levels - 1)) return true;
  return false;
}
