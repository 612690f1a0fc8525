/** What came of something that was tried, and by what it reached out of itself, if it did. */
export type Tried<Value> = { readonly reached?: string | undefined } & (
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string }
);

/** What flows must leave alone, by the object that has it. */
const OUTSIDE: readonly (readonly [name: string, owner: object, members: readonly string[]])[] = [
  ['Math.', Math, ['random']],
  ['performance.', performance, ['now']],
  ['crypto.', globalThis.crypto, ['randomUUID', 'getRandomValues']],
  ['', globalThis, ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']],
];

/**
 * Tries something without a clock, chance, a network or timers: whoever asks for one of these is found out, whether
 * what it gets makes a difference today or not. `new Date(text)` is no clock. What is tried must not be asynchronous.
 */
export function sealedOff<Value>(act: () => Value): Tried<Value> {
  let reached: string | undefined;
  const reach = (name: string) => () => {
    reached ??= name;
    throw new Error(`A flow may not call ${name}.`);
  };
  const undo = [
    replaced(globalThis, 'Date', timeless(globalThis.Date, reach)),
    ...OUTSIDE.flatMap(([prefix, owner, members]) =>
      members.map(member => replaced(owner, member, reach(prefix + member))),
    ),
  ];
  try {
    const value = act();
    return { ok: true, value, reached };
  } catch (cause) {
    return { ok: false, message: cause instanceof Error ? cause.message : String(cause), reached };
  } finally {
    for (const restore of undo) restore();
  }
}

/** Reads times as ever, and does not know what time it is. */
function timeless(date: DateConstructor, reach: (name: string) => () => never): DateConstructor {
  return new Proxy(date, {
    apply: reach('Date'),
    construct: (target, given: []) =>
      (given.length as number) === 0 ? reach('new Date')() : new target(...given),
    get: (target, member) => (member === 'now' ? reach('Date.now') : Reflect.get(target, member)),
  });
}

function replaced(owner: object, member: string, value: unknown): () => void {
  const original = Object.getOwnPropertyDescriptor(owner, member);
  Object.defineProperty(owner, member, { value, configurable: true, writable: true });
  return () => {
    if (original === undefined) Reflect.deleteProperty(owner, member);
    else Object.defineProperty(owner, member, original);
  };
}
