/** What is put in the place of the texts and numbers of a document. */
interface JsonMapping {
  readonly text: (text: string) => string;
  /** For keys; as for texts unless told. */
  readonly key?: (key: string) => string;
  readonly number?: (number: number) => number;
  /** For what stands below some keys: another mapping; undefined for the same. */
  readonly below?: (key: string) => JsonMapping | undefined;
}

/** A JSON document with other texts and numbers in it. Pure. */
export function mapJson<Value>(value: Value, mapping: JsonMapping): Value;
export function mapJson(value: unknown, mapping: JsonMapping): unknown {
  if (typeof value === 'string') return mapping.text(value);
  if (typeof value === 'number') return mapping.number?.(value) ?? value;
  if (Array.isArray(value)) return value.map(item => mapJson(item as unknown, mapping));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [
    (mapping.key ?? mapping.text)(key),
    mapJson(member as unknown, mapping.below?.(key) ?? mapping),
  ]);
  return Object.fromEntries(members);
}
