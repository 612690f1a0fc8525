import { roles } from 'roles.bicep'

param name string
param location string
param tags object
param appPrincipalId string
param operatorPrincipalId string
param operatorPrincipalType string

// The names are those of STORAGE_NAMES in shared/compose.ts: a test compares.
var tableNames = ['Calls', 'CallIndex', 'Parked']
var queueNames = [
  'call-events'
  'call-events-poison'
  'call-actions'
  'call-actions-poison'
  'call-alarms'
  'call-alarms-poison'
]
var packageContainerName = 'app-package'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
  }

  resource blobs 'blobServices' = {
    name: 'default'
    resource packages 'containers' = {
      name: packageContainerName
    }
  }

  resource queues 'queueServices' = {
    name: 'default'
    resource queue 'queues' = [
      for queueName in queueNames: {
        name: queueName
      }
    ]
  }

  resource tables 'tableServices' = {
    name: 'default'
    resource table 'tables' = [
      for tableName in tableNames: {
        name: tableName
      }
    ]
  }
}

// The host keeps its keys and locks in blobs, and the package lies in one.
resource appRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [roles.storageBlobDataOwner, roles.storageQueueDataContributor, roles.storageTableDataContributor]: {
    name: guid(account.id, name, 'app', role)
    scope: account
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource operatorRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [roles.storageQueueDataContributor, roles.storageTableDataContributor]: if (!empty(operatorPrincipalId)) {
    name: guid(account.id, operatorPrincipalId, role)
    scope: account
    properties: {
      principalId: operatorPrincipalId
      principalType: operatorPrincipalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

output name string = account.name
output endpoints object = {
  blob: account.properties.primaryEndpoints.blob
  queue: account.properties.primaryEndpoints.queue
  table: account.properties.primaryEndpoints.table
}
output packageContainerUrl string = '${account.properties.primaryEndpoints.blob}${packageContainerName}'
