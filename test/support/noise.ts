/** Printable text that deflate cannot make much smaller; the same for the same seed on every run. */
export function noise(chars: number, seed = 42): string {
  const bytes = Buffer.alloc(chars);
  let state = seed;
  for (let index = 0; index < chars; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = 35 + ((state >>> 16) % 57);
  }
  return bytes.toString('latin1');
}
