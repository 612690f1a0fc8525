/** A setting that the Functions host reads, and the app does not. */
export interface HostSetting {
  readonly name: string;
  readonly what: string;
}

/** What infra/ sets beside the app's own settings. */
export const HOST_SETTINGS: readonly HostSetting[] = [
  {
    name: 'AzureWebJobsStorage__blobServiceUri',
    what: 'Where the host keeps its keys, its locks and the times of the timers.',
  },
  {
    name: 'APPLICATIONINSIGHTS_CONNECTION_STRING',
    what: 'Where telemetry goes. By itself it opens nothing.',
  },
  {
    name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
    what: 'That telemetry is sent in the name of the identity.',
  },
  {
    name: 'AzureFunctionsJobHost__logging__logLevel__Function',
    what: 'From which level on the functions log, in place of what host.json says.',
  },
  {
    name: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    what: 'In which form the host sends to `OTEL_EXPORTER_OTLP_ENDPOINT`: the receiver is the same as the app’s.',
  },
  {
    name: 'OTEL_TRACES_SAMPLER',
    what: 'That the host keeps a fixed share of its own traces. Left to itself it keeps five a second, and of the log only what belongs to them.',
  },
  {
    name: 'OTEL_TRACES_SAMPLER_ARG',
    what: 'Which share: all, since alerts read the log.',
  },
];
