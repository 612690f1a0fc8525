targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('The name of the environment; the resources are named after it.')
param environmentName string

@minLength(1)
@description('The region; Flex Consumption must be offered there.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Who deploys: may read the data and the secrets of this deployment. Empty: nobody beside the app.')
param principalId string = ''

@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('The resource id of a Communication Services resource that exists already. Empty: one is made.')
param communicationServiceId string = ''

@description('Where a new Communication Services resource keeps its data.')
param communicationDataLocation string = 'United States'

@description('The name of the Event Grid system topic that the existing Communication Services resource has already (it can have one only), in its own resource group. Empty: one is made.')
param eventGridTopicName string = ''

@description('Whether to subscribe to incoming calls. The app must run by then: azd turns this on after the first deployment.')
param eventGridSubscription bool = false

@allowed([512, 2048, 4096])
@description('Memory of an instance; a processor core goes with 2,048 MB. See docs/operate.md, "What it costs".')
param instanceMemoryMB int = 2048

@minValue(40)
@maxValue(1000)
@description('The most instances that there may ever be: the cap on what a flood of events can cost.')
param maximumInstanceCount int = 40

@minValue(0)
@description('Instances that always wait for callbacks. Each costs, a month and unused, about $5 with 512 MB, $21 with 2,048 MB, $42 with 4,096 MB.')
param alwaysReadyHttp int = 0

@minValue(0)
@description('Instances that always wait for events in the queue; the same price each.')
param alwaysReadyEvents int = 0

@allowed(['ga', 'preview-2021-04'])
@description('The dialect of calls that are placed or joined, where a request names none.')
param acsDialect string = 'ga'

@description('The api-version of requests to the 2021-04 preview. Empty: the one that the app knows.')
param acsPreviewApiVersion string = ''

@description('The raw id of the user that calls are placed by, where a request names none.')
param acsSourceUser string = ''

@description('The number that telephones show, where a request names none.')
param callerId string = ''

@minValue(1)
@description('How many calls go out from one number at once. Communication Services allows two unless it was asked for more.')
param linesPerNumber int = 2

@minValue(1)
param quietConnectingMinutes int = 10

@minValue(1)
param quietConnectedHours int = 24

@minValue(1)
param reconcileMinutes int = 15

@description('The address of the Azure AI services that speak and listen on calls of GA; empty where there are none.')
param cognitiveServicesEndpoint string = ''

@description('What is done about calls that come in, as JSON (docs/dialects-acting.md); empty where nothing is.')
param incomingCallRoutes string = ''

@minValue(0)
param retentionDays int = 90

@allowed(['Warning', 'Information'])
@description('From which level on the functions log. With Information every event writes about six lines, some $14 a million events.')
param functionLogLevel string = 'Warning'

@minValue(1)
@maxValue(16)
@description('Over how many queues events are spread. See docs/scale.md before lowering it.')
param eventQueues int = 1

@minValue(1)
@maxValue(16)
@description('What eventQueues was, where it was more: these queues are emptied too.')
param eventQueuesPrevious int = 1

@description('Where traces and metrics go beside Application Insights, as OTLP over HTTP (docs/observe.md). Empty: nowhere.')
param telemetryEndpoint string = ''

@secure()
@description('Headers that the receiver of traces and metrics asks for: name=value,name=value.')
param telemetryHeaders string = ''

@minValue(0)
@maxValue(100)
@description('Of a hundred calls, how many are traced.')
param tracedCallsPercent int = 10

@minValue(1)
@description('Gigabytes of logs a day, after which no more are taken in: the cap on what logs can cost.')
param logsDailyCapGB int = 2

@description('Who is told of alerts. Empty: they are only shown in the portal.')
param alertEmail string = ''

@secure()
@minLength(12)
@description('Signs callback URLs. azd makes it once, and reads it from the vault from then on.')
param callbackSecret string

@secure()
@minLength(12)
@description('Is accepted as well as callbackSecret.')
param callbackSecretPrevious string

@secure()
@minLength(12)
@description('The key in the URL that Event Grid calls.')
param eventGridKey string

var tags = { 'azd-env-name': environmentName }
var suffix = uniqueString(subscription().id, environmentName, location)
var isNewCommunication = empty(communicationServiceId)
var communicationIdParts = split(isNewCommunication ? '/subscriptions/${subscription().subscriptionId}/resourceGroups/${group.name}' : communicationServiceId, '/')
var communicationScope = { subscriptionId: communicationIdParts[2], group: communicationIdParts[4] }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-${suffix}', location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${suffix}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    operatorPrincipalId: principalId
    operatorPrincipalType: principalType
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    dailyCapGB: logsDailyCapGB
    appPrincipalId: identity.outputs.principalId
  }
}

module secrets 'modules/secrets.bicep' = {
  scope: group
  params: {
    name: 'kv-${suffix}'
    location: location
    tags: tags
    callbackSecret: callbackSecret
    callbackSecretPrevious: callbackSecretPrevious
    eventGridKey: eventGridKey
    appPrincipalId: identity.outputs.principalId
    operatorPrincipalId: principalId
    operatorPrincipalType: principalType
  }
}

module communication 'modules/communication.bicep' = {
  scope: resourceGroup(communicationScope.subscriptionId, communicationScope.group)
  params: {
    name: isNewCommunication ? 'acs-${suffix}' : last(communicationIdParts)
    isNew: isNewCommunication
    dataLocation: communicationDataLocation
    tags: tags
    appPrincipalId: identity.outputs.principalId
  }
}

module app 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: 'func-${suffix}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storage: storage.outputs.endpoints
    packageContainerUrl: storage.outputs.packageContainerUrl
    secretUris: secrets.outputs.uris
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    communicationEndpoint: communication.outputs.endpoint
    communicationAudience: communication.outputs.audience
    communicationId: communication.outputs.id
    acsDialect: acsDialect
    acsPreviewApiVersion: acsPreviewApiVersion
    acsSourceUser: acsSourceUser
    callerId: callerId
    linesPerNumber: linesPerNumber
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttp: alwaysReadyHttp
    alwaysReadyEvents: alwaysReadyEvents
    functionLogLevel: functionLogLevel
    quietConnectingMinutes: quietConnectingMinutes
    quietConnectedHours: quietConnectedHours
    reconcileMinutes: reconcileMinutes
    cognitiveServicesEndpoint: cognitiveServicesEndpoint
    incomingCallRoutes: incomingCallRoutes
    retentionDays: retentionDays
    eventQueues: eventQueues
    eventQueuesPrevious: eventQueuesPrevious
    telemetryEndpoint: telemetryEndpoint
    telemetryHeaders: telemetryHeaders
    tracedCallsPercent: tracedCallsPercent
  }
}

module eventGrid 'modules/event-grid.bicep' = {
  scope: resourceGroup(communicationScope.subscriptionId, communicationScope.group)
  params: {
    topicName: empty(eventGridTopicName) ? 'evgt-${suffix}' : eventGridTopicName
    isNewTopic: empty(eventGridTopicName)
    communicationServiceId: communication.outputs.id
    tags: tags
    isSubscribed: eventGridSubscription
    subscriptionName: 'ringback-${suffix}'
    endpointUrl: 'https://${app.outputs.hostName}/api/event-grid?key=${uriComponent(eventGridKey)}'
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    email: alertEmail
  }
}

// azd keeps these in its environment. No secret is among them, and none must be.
output AZURE_LOCATION string = location
output AZURE_KEY_VAULT_NAME string = secrets.outputs.name
output AZURE_RESOURCE_GROUP string = group.name
output FUNCTION_APP_NAME string = app.outputs.name
output CALLBACK_BASE_URL string = 'https://${app.outputs.hostName}'
output STORAGE_ACCOUNT_NAME string = storage.outputs.name
