import * as z from 'zod';
import { readJsonFile } from '../../local/read-json-file.ts';

const price = z.strictObject({ value: z.number().nonnegative(), per: z.string(), source: z.string().min(1) });
const assumption = z.strictObject({ value: z.number().positive(), because: z.string().min(1) });

const schema = z.strictObject({
  /** When the prices were looked up. */
  asOf: z.string().regex(/^\d{4}-\d{2}/),
  currency: z.string(),
  where: z.string(),
  prices: z.strictObject({
    execution: price,
    onDemandGBs: price,
    alwaysReadyGBs: price,
    alwaysReadyExecutionGBs: price,
    queueRequest: price,
    tableRequest: price,
    tableGBMonth: price,
    logGB: price,
    alertRuleMonth: price,
  }),
  instanceSizes: z.array(z.strictObject({ memoryMB: z.int().positive(), cores: z.number().positive() })),
  assumptions: z.strictObject({
    hostFactor: assumption,
    utilisation: assumption,
    messagesPerReceive: assumption,
    keptBytesPerEvent: assumption,
    logLinesPerEvent: assumption,
    logBytesPerLine: assumption,
    runSeconds: assumption,
    alertRules: assumption,
    sweepQueueRequests: assumption,
    sweepTableRequests: assumption,
  }),
});

/** Prices with their sources, and what has to be assumed because it cannot be measured without Azure. */
export type PriceBook = z.infer<typeof schema>;

/** @throws InputError that names what is missing or wrong in the file. */
export async function readPriceBook(file: string): Promise<PriceBook> {
  return await readJsonFile(file, { schema, hint: 'bench/cost/prices.json shows what is expected.' });
}
