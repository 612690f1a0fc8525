param name string
param location string
param tags object
param identityId string
param identityClientId string
@description('The addresses of the storage account: blob, queue, table.')
param storage object
param packageContainerUrl string
@description('Where the secrets are: callback, callbackPrevious, eventGrid.')
param secretUris object
param applicationInsightsConnectionString string
param communicationEndpoint string
@description('The immutable resource id of the Communication Services resource: what the tokens of its callbacks are for.')
param communicationAudience string
@description('The resource id of the Communication Services resource: what Event Grid may tell of.')
param communicationId string
param acsDialect string
param acsPreviewApiVersion string
param acsSourceUser string
param callerId string
param linesPerNumber int
param instanceMemoryMB int
param maximumInstanceCount int
param alwaysReadyHttp int
param alwaysReadyEvents int
param functionLogLevel string
param quietConnectingMinutes int
param quietConnectedHours int
param reconcileMinutes int
param cognitiveServicesEndpoint string
param incomingCallRoutes string
param retentionDays int
param eventQueues int
param eventQueuesPrevious int
param telemetryEndpoint string
@secure()
param telemetryHeaders string
param tracedCallsPercent int

var nodeVersion = '24'

// What the app reads: all of it, and nothing else (docs/settings.md). A test compares this with the app's own list.
var appSettings = {
  AzureWebJobsStorage__queueServiceUri: storage.queue
  AzureWebJobsStorage__tableServiceUri: storage.table
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  ACS_ENDPOINT: communicationEndpoint
  AZURE_CLIENT_ID: identityClientId
  ACS_DIALECT: acsDialect
  ACS_PREVIEW_API_VERSION: acsPreviewApiVersion
  ACS_SOURCE_USER: acsSourceUser
  CALLER_ID: callerId
  LINES_PER_NUMBER: string(linesPerNumber)
  CALLBACK_SECRET: '@Microsoft.KeyVault(SecretUri=${secretUris.callback})'
  CALLBACK_SECRET_PREVIOUS: '@Microsoft.KeyVault(SecretUri=${secretUris.callbackPrevious})'
  CALLBACK_JWT_AUDIENCE: communicationAudience
  EVENT_GRID_TOPICS: communicationId
  EVENT_GRID_KEY: '@Microsoft.KeyVault(SecretUri=${secretUris.eventGrid})'
  QUIET_CONNECTING_MINUTES: string(quietConnectingMinutes)
  QUIET_CONNECTED_HOURS: string(quietConnectedHours)
  RECONCILE_MINUTES: string(reconcileMinutes)
  COGNITIVE_SERVICES_ENDPOINT: cognitiveServicesEndpoint
  INCOMING_CALL_ROUTES: incomingCallRoutes
  RETENTION_DAYS: string(retentionDays)
  EVENT_QUEUES: string(eventQueues)
  EVENT_QUEUES_PREVIOUS: string(eventQueuesPrevious)
  OTEL_EXPORTER_OTLP_ENDPOINT: telemetryEndpoint
  OTEL_EXPORTER_OTLP_HEADERS: telemetryHeaders
  OTEL_SERVICE_NAME: name
  TRACED_CALLS_PERCENT: string(tracedCallsPercent)
}

// What only the Functions host reads.
var hostSettings = {
  AzureWebJobsStorage__blobServiceUri: storage.blob
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  AzureFunctionsJobHost__logging__logLevel__Function: functionLogLevel
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf'
  // Left to itself it keeps five traces a second, and of the log only what belongs to them: alerts read the log.
  OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage'
  OTEL_TRACES_SAMPLER_ARG: '1.0'
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: { name: 'node', version: nodeVersion }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: filter(
          [
            { name: 'http', instanceCount: alwaysReadyHttp }
            { name: 'function:processCallEvents', instanceCount: alwaysReadyEvents }
          ],
          group => group.instanceCount > 0
        )
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(hostSettings, appSettings)
  }

  // Deployments prove who they are by Entra ID: there is no password to leak.
  resource ftpPolicy 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
  resource scmPolicy 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output name string = app.name
output hostName string = app.properties.defaultHostName
