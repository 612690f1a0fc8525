/** The versions of the API that make up this dialect; later ones call things otherwise. */
export const API_VERSIONS = ['2021-03-28-preview0', '2021-04-15-preview1', '2021-05-28-preview2'] as const;

/** The first version that cancels with CancelMediaProcessing and a body; those before have CancelMediaOperations without. */
export const CANCEL_MEDIA_PROCESSING_SINCE = '2021-05-28-preview2';
