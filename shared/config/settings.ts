import * as z from 'zod';

/** A setting that is there but empty counts as missing: that is how a template leaves it. */
const optional = z
  .string()
  .optional()
  .transform(value => (value === '' ? undefined : value));

const schema = z.object({
  /** Connection string of the storage account that holds the queues and tables; the triggers read it too. */
  AzureWebJobsStorage: z.string('expected a connection string, such as UseDevelopmentStorage=true').min(1),
  /** Signs callback URLs, and proves them. Without one no callback is authentic. */
  CALLBACK_SECRET: optional,
  /** Also valid while a new one is brought in. */
  CALLBACK_SECRET_PREVIOUS: optional,
});

/** The settings of the app. */
export interface Settings {
  readonly storageConnectionString: string;
  /** The secrets that a callback may be signed with, the current one first. */
  readonly callbackSecrets: readonly string[];
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
  const { AzureWebJobsStorage, CALLBACK_SECRET, CALLBACK_SECRET_PREVIOUS } = parsed.data;
  return {
    storageConnectionString: AzureWebJobsStorage,
    callbackSecrets: [CALLBACK_SECRET, CALLBACK_SECRET_PREVIOUS].filter(secret => secret !== undefined),
  };
}
