import * as z from 'zod';
import { optional } from './optional.ts';
import {
  callbackTokens,
  eventGridTokens,
  expectIssuer,
  list,
  type TokenSettings,
  tokenMembers,
} from './token-settings.ts';

/** Any number of days within it is a time that a date can hold. */
const WHOLE_NUMBER_MAX = 36_500;

function wholeNumber({ from, otherwise }: { readonly from: number; readonly otherwise: number }) {
  const expected = `expected a whole number from ${from} to ${WHOLE_NUMBER_MAX}`;
  return optional
    .transform(value => (value === undefined ? otherwise : Number(value)))
    .pipe(z.int(expected).min(from, expected).max(WHOLE_NUMBER_MAX, expected));
}

const schema = z
  .object({
    /** Connection string of the storage account that holds the queues and tables; the triggers read it too. */
    AzureWebJobsStorage: z.string('expected a connection string, such as UseDevelopmentStorage=true').min(1),
    /** Signs callback URLs, and proves them. Without one no callback is authentic. */
    CALLBACK_SECRET: optional,
    /** Also valid while a new one is brought in. */
    CALLBACK_SECRET_PREVIOUS: optional,
    ...tokenMembers,
    /** Resource ids that Event Grid may deliver events of; without one, any. */
    EVENT_GRID_TOPICS: list,
    /** Minutes without word after which a call that is not connected is given up. */
    QUIET_CONNECTING_MINUTES: wholeNumber({ from: 1, otherwise: 10 }),
    /** Hours without word after which a connected call is given up, unless ACS says that it is open. */
    QUIET_CONNECTED_HOURS: wholeNumber({ from: 1, otherwise: 24 }),
    /** Days that an ended call is kept; 0 keeps all for ever. */
    RETENTION_DAYS: wholeNumber({ from: 0, otherwise: 90 }),
  })
  .superRefine(expectIssuer);

/** The settings of the app. */
export interface Settings {
  readonly storageConnectionString: string;
  /** The secrets that a callback may be signed with, the current one first. */
  readonly callbackSecrets: readonly string[];
  /** Whose tokens the callbacks of GA must bear; null where none is asked for. */
  readonly callbackTokens: TokenSettings | null;
  /** Whose tokens the deliveries of Event Grid must bear; null where none is asked for. */
  readonly eventGridTokens: TokenSettings | null;
  /** Resource ids in small letters; empty for any. */
  readonly eventGridTopics: readonly string[];
  readonly quietConnectingMinutes: number;
  readonly quietConnectedHours: number;
  /** 0: all is kept for ever. */
  readonly retentionDays: number;
}

/** A setting is missing or wrong; the message names each, with what is expected. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings from the environment, which nothing else does.
 *
 * @throws SettingsError
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Settings {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`);
    throw new SettingsError(faults.join('; '));
  }
  const { AzureWebJobsStorage, CALLBACK_SECRET, CALLBACK_SECRET_PREVIOUS, ...given } = parsed.data;
  return {
    storageConnectionString: AzureWebJobsStorage,
    callbackSecrets: [CALLBACK_SECRET, CALLBACK_SECRET_PREVIOUS].filter(secret => secret !== undefined),
    callbackTokens: callbackTokens(given),
    eventGridTokens: eventGridTokens(given),
    eventGridTopics: given.EVENT_GRID_TOPICS.map(topic => topic.toLowerCase()),
    quietConnectingMinutes: given.QUIET_CONNECTING_MINUTES,
    quietConnectedHours: given.QUIET_CONNECTED_HOURS,
    retentionDays: given.RETENTION_DAYS,
  };
}
