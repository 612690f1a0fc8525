import * as z from 'zod';
import { optionalText } from './value-schemas.ts';

/** One file of a recording. */
export const recordingFileSchema = z
  .strictObject({
    documentId: z.string().describe("ACS's id of the file."),
    index: z.int().nullable().describe('Its place among the files of the recording.'),
    endReason: optionalText('Why this file ended.'),
    contentLocation: optionalText('Where the recording is fetched from.'),
    metadataLocation: optionalText('Where its metadata is fetched from.'),
    deleteLocation: optionalText('Where it is deleted.'),
  })
  .describe('One file of a recording.');
