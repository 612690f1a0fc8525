/** A row of the fault table in docs/reliability.md, and how it is known that a run has met it. */
export interface FaultRow {
  readonly id: string;
  readonly title: string;
  /** Steps that belong to the row; faults before and after them are counted apart. */
  readonly steps?: RegExp;
  /** Or: what the observer and the generator call it. */
  readonly counted?: string;
}

/** Every row that a history can meet. */
const FAULT_ROWS: readonly FaultRow[] = [
  { id: 'I1', title: 'a callback is received', steps: /^I1 / },
  { id: 'I3', title: 'its events are put into the queue', steps: /^I3 / },
  { id: 'I4', title: 'it is answered', steps: /^I4 / },
  { id: 'W1', title: 'messages are taken', steps: /^W1 receive/ },
  { id: 'W2', title: 'the head or a journal row is read', steps: /^W2 / },
  { id: 'W3', title: 'events are committed', steps: /^W3 / },
  { id: "W3'", title: 'two workers record one call', counted: 'E stale cache or other writer' },
  { id: 'W4', title: 'a repeatable action is sent', steps: /^W4 / },
  { id: 'W4n', title: 'an action is sent that must not be repeated', steps: /^W4n / },
  { id: 'W5', title: 'the outcome of an action is committed', steps: /^W5 / },
  { id: 'W6', title: 'an alarm or a nudge is put', steps: /^W6 / },
  { id: 'W7', title: 'the index is merged', steps: /^W7 / },
  { id: 'W8', title: 'the message is deleted', steps: /^W8 / },
  { id: 'D1', title: 'a message is put again to come back later', steps: /^D1 / },
  { id: 'A1', title: 'a nudge is taken', steps: /^A1 / },
  { id: 'A2', title: 'an action that waited is claimed', steps: /^A2 / },
  { id: 'A3', title: 'a nudge is deleted', steps: /^A3 / },
  { id: 'T1', title: 'an alarm is taken, its timer fired, and it is deleted', steps: /^T1 / },
  {
    id: 'T1e',
    title: 'an alarm rings early, or for a cancelled timer',
    counted: 'T1 alarm early or for a cancelled timer',
  },
  { id: 'T1d', title: 'an alarm rings twice, or is out of date', counted: 'T1 alarm twice or out of date' },
  { id: 'S1', title: 'the sweep reads, tidies and notes how far it came', steps: /^S1 / },
  { id: 'C1', title: 'a call of ours is asked for', steps: /^C1 / },
  { id: 'L1', title: 'a line is taken, waited for, handed over or freed', steps: /^L1 / },
  { id: 'R1', title: 'retention finds a call that is old, and erases it', steps: /^R1 / },
  { id: 'P1', title: 'the host moves a message to poison, the sweep takes it', steps: /^P1 / },
  { id: 'P2', title: 'something is parked or taken up again', steps: /^P2 / },
  { id: 'E1', title: 'a delivery comes twice', counted: 'E duplicate delivery' },
  { id: 'E2', title: 'it comes twice with another time', counted: 'E restamped duplicate' },
  { id: 'E3', title: 'it comes minutes late', counted: 'E delayed delivery' },
  { id: 'E4', title: 'several come in one callback', counted: 'E merged into one callback' },
  { id: 'E5', title: 'the sender sends again what failed', counted: 'E callback sent again' },
  { id: 'E6', title: 'the terminal event is lost', counted: 'E terminal event lost' },
  { id: 'E7', title: 'a message is visible again while it is processed', counted: 'W1 receive shortLease' },
  { id: 'E8', title: 'the host gives up on a message', counted: 'E given up by the host' },
  { id: 'E9', title: 'the clock of a worker is off', counted: 'E clock off' },
  { id: 'E10', title: 'a request comes too late to be repeated', counted: 'E repeated past the window' },
  { id: 'E11', title: 'an event names another call', counted: 'E event of another call' },
  { id: 'E12', title: 'an element is malformed', counted: 'E malformed element' },
  {
    id: 'E13',
    title: 'a placed call is heard of before its request is answered',
    counted: 'E placed call heard of before the answer',
  },
  { id: 'E14', title: 'a placed call is never heard of', counted: 'E placed call never heard of' },
  { id: 'E15', title: 'a call that was perhaps placed is given up', counted: 'E placing given up' },
  { id: 'E16', title: 'the request for a call is sent again', counted: 'E request sent again' },
  { id: 'E17', title: 'an event comes of a call that is erased', counted: 'E event of an erased call' },
  { id: 'E18', title: 'a flow dials again', counted: 'E flow dials again' },
  { id: 'E19', title: 'a request comes again while it is carried out', counted: 'E repeated while it runs' },
];

const BEFORE = / (crashBefore|lost|throttled|slowBefore)$/;
const AFTER = / (crashAfter|unanswered|appliedLate|slowAfter)$/;

/** How often a run met a row: `before` and `after` the step took effect, or simply `times`. */
export interface RowCount {
  readonly row: FaultRow;
  readonly before?: number;
  readonly after?: number;
  readonly times?: number;
}

/** Counts the rows that a run met. */
export function countRows(counts: Readonly<Record<string, number>>): RowCount[] {
  const entries = Object.entries(counts);
  const sum = (isCounted: (what: string) => boolean) =>
    entries.reduce((total, [what, times]) => (isCounted(what) ? total + times : total), 0);
  return FAULT_ROWS.map(row => {
    const { steps, counted } = row;
    if (steps === undefined) return { row, times: counts[counted ?? ''] ?? 0 };
    return {
      row,
      before: sum(what => steps.test(what) && BEFORE.test(what)),
      after: sum(what => steps.test(what) && AFTER.test(what)),
    };
  });
}

/** Rows, with their side, that a run never met. */
export function rowsNeverMet(counts: Readonly<Record<string, number>>): string[] {
  return countRows(counts).flatMap(({ row, before, after, times }) => [
    ...(times === 0 ? [row.id] : []),
    ...(before === 0 ? [`${row.id} before`] : []),
    ...(after === 0 ? [`${row.id} after`] : []),
  ]);
}
