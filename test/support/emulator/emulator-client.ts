import * as z from 'zod';
import type { FaultSettingsInput } from '../../../local/emulator/faults/fault-settings.ts';
import { summarySchema } from './summary-schema.ts';

const entrySchema = z.looseObject({
  n: z.number(),
  at: z.string(),
  kind: z.string(),
  callKey: z.string().optional(),
  operationContext: z.string().nullish(),
  operation: z.string().optional(),
  executed: z.boolean().optional(),
  status: z.number().optional(),
  fault: z.string().optional(),
  who: z.string().optional(),
  detail: z.string().optional(),
});

/** A line of the emulator's log. */
export type LogLine = z.output<typeof entrySchema>;

/** Asks the emulator what it did, and turns it, over HTTP. */
export class EmulatorClient {
  readonly #url: string;

  /** @param url of the emulator, without a slash at the end. */
  constructor(url: string) {
    this.#url = url;
  }

  /** What the emulator wrote down, oldest first; every filter must fit. */
  async log(filter: Readonly<Record<string, string>> = {}): Promise<LogLine[]> {
    const query = new URLSearchParams({ limit: '50000', ...filter });
    const { items } = z
      .object({ items: z.array(entrySchema) })
      .parse(await this.#read('GET', `log?${query.toString()}`));
    return items;
  }

  /** How often something of a kind really happened on a call. */
  async count(callKey: string, kind: string): Promise<number> {
    return (await this.log({ callKey, kind })).length;
  }

  /** How many requests of an app came, whatever became of them. */
  async requests(): Promise<number> {
    const { requests } = summarySchema.parse(await this.#read('GET', 'summary'));
    return Object.values(requests).reduce((sum, count) => sum + count, 0);
  }

  /** What goes wrong from now on. */
  async turn(faults: FaultSettingsInput): Promise<void> {
    await this.#read('PUT', 'faults', faults);
  }

  /** Does something by hand, as if a callee did it. */
  async deed(callKey: string, name: string, body: object = {}): Promise<void> {
    await this.#read('POST', `calls/${callKey}/${name}`, body);
  }

  async #read(method: string, path: string, body?: object): Promise<unknown> {
    const url = `${this.#url}/emulator/${path}`;
    const response = await fetch(url, { method, body: body === undefined ? null : JSON.stringify(body) });
    const answer: unknown = await response.json();
    if (!response.ok)
      throw new Error(`${method} ${path} was answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  }
}
