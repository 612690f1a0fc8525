/** Something that is wrong with a flow: what, where, and what to do about it. */
export interface Finding {
  /** Names the rule, for tests and for searching the docs. */
  readonly rule: string;
  /** The flow, and the state where there is one: `outage-notification, state listening`. */
  readonly where: string;
  readonly message: string;
}

/** Makes findings of one flow. */
export function findingsOf(name: string): (rule: string, state: string | null, message: string) => Finding {
  return (rule, state, message) => ({
    rule,
    where: state === null ? name : `${name}, state ${state}`,
    message,
  });
}
