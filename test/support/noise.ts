/** Printable text that deflate cannot make much smaller; the same for the same seed on every run. */
export function noise(chars: number, seed = 42): string {
  let state = seed;
  return Array.from({ length: chars }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return String.fromCharCode(35 + ((state >>> 16) % 57));
  }).join('');
}
