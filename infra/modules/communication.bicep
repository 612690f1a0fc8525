import { roles } from 'roles.bicep'

param name string
param isNew bool
param dataLocation string
param tags object
param appPrincipalId string

resource made 'Microsoft.Communication/communicationServices@2023-04-01' = if (isNew) {
  name: name
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

// Whether it was there or has just been made.
resource service 'Microsoft.Communication/communicationServices@2023-04-01' existing = {
  name: name
  dependsOn: [made]
}

resource caller 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(service.id, appPrincipalId, roles.communicationAndEmailServiceOwner)
  scope: service
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.communicationAndEmailServiceOwner
    )
  }
}

output id string = service.id
output audience string = service.properties.immutableResourceId
output endpoint string = 'https://${service.properties.hostName}'
