/** The stable versions of Call Automation, up to the one that version 1.6.0 of the SDK asks for. */
export const API_VERSIONS = [
  '2023-03-06',
  '2023-10-15',
  '2024-04-15',
  '2024-09-15',
  '2025-05-15',
  '2026-03-12',
] as const;

/** The version that events say they are of. */
export const EVENT_VERSION = '2024-09-15';
