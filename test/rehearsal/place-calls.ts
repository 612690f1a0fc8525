import { inBatches } from '../../shared/processing/in-batches.ts';

/** A call that was asked for. */
export interface PlacedCall {
  readonly to: string;
  readonly callKey: string;
}

/** Whom to call, and from which numbers. */
export interface PlacingOptions {
  readonly appUrl: string;
  readonly calls: number;
  readonly numbers: number;
  readonly progress: (placed: number) => void;
}

/** Requests under way at once. */
const AT_ONCE = 16;
const TRIES = 10;

/** Numbers that nobody has: 555-0100 to 555-0199 of many area codes. */
function numberAt(index: number): string {
  const area = 200 + Math.floor(index / 100);
  return `+1${area}55501${String(index % 100).padStart(2, '0')}`;
}

/** Asks the app for the calls, each to another number. A request that fails is sent again with its Idempotency-Key. */
export async function placeCalls(options: PlacingOptions): Promise<PlacedCall[]> {
  const placed: PlacedCall[] = [];
  const indexes = Array.from({ length: options.calls }, (_, index) => index);
  await inBatches(
    indexes,
    async index => {
      placed.push(await placeOne(options, index));
      options.progress(placed.length);
    },
    AT_ONCE,
  );
  return placed;
}

async function placeOne({ appUrl, numbers }: PlacingOptions, index: number): Promise<PlacedCall> {
  const to = numberAt(index);
  // Of another area code than whoever is called.
  const callerId = numberAt(60_000 + (index % numbers));
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(`${appUrl}/api/calls`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `rehearsal-${index}` },
      body: JSON.stringify({ to, callerId }),
    });
    const body: unknown = await answer.json();
    if (answer.status === 202) return { to, callKey: (body as PlacedCall).callKey };
    if (answer.status < 500 || attempt === TRIES) {
      throw new Error(`A call was answered ${answer.status}: ${JSON.stringify(body)}`);
    }
  }
}
