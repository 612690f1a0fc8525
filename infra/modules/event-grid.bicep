param topicName string
param isNewTopic bool
param communicationServiceId string
param tags object
@description('The endpoint must answer the handshake while the subscription is made.')
param isSubscribed bool
param subscriptionName string
@secure()
@description('With the key that proves the caller.')
param endpointUrl string

resource made 'Microsoft.EventGrid/systemTopics@2025-02-15' = if (isNewTopic) {
  name: topicName
  location: 'global'
  tags: tags
  properties: {
    source: communicationServiceId
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
  dependsOn: [made]
}

resource incomingCalls 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = if (isSubscribed) {
  parent: topic
  name: subscriptionName
  properties: {
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: endpointUrl
        maxEventsPerBatch: 1
        minimumTlsVersionAllowed: '1.2'
      }
    }
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    filter: { includedEventTypes: ['Microsoft.Communication.IncomingCall'] }
    // A caller waits half a minute: what comes later is of no use to anybody.
    retryPolicy: { maxDeliveryAttempts: 2, eventTimeToLiveInMinutes: 1 }
  }
}
