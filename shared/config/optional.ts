import * as z from 'zod';

/** A setting that is there but empty counts as missing: that is how a template leaves it. */
export const optional = z
  .string()
  .optional()
  .transform(value => (value === '' ? undefined : value));
