import { roles } from 'roles.bicep'

param name string
param location string
param tags object
@secure()
param callbackSecret string
@secure()
param callbackSecretPrevious string
@secure()
param eventGridKey string
param appPrincipalId string
param operatorPrincipalId string
param operatorPrincipalType string

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    publicNetworkAccess: 'Enabled'
  }

  // azd looks for them by these names (main.parameters.json).
  resource current 'secrets' = {
    name: 'callback-secret'
    properties: { value: callbackSecret }
  }
  resource previous 'secrets' = {
    name: 'callback-secret-previous'
    properties: { value: callbackSecretPrevious }
  }
  resource eventGrid 'secrets' = {
    name: 'event-grid-key'
    properties: { value: eventGridKey }
  }
}

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, 'app', roles.keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

resource officer 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorPrincipalId)) {
  name: guid(vault.id, operatorPrincipalId, roles.keyVaultSecretsOfficer)
  scope: vault
  properties: {
    principalId: operatorPrincipalId
    principalType: operatorPrincipalType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsOfficer)
  }
}

output name string = vault.name
@description('Where the secrets are; whoever reads this needs a role to read them. Without a version: the newest counts.')
output uris object = {
  callback: '${vault.properties.vaultUri}secrets/${vault::current.name}'
  callbackPrevious: '${vault.properties.vaultUri}secrets/${vault::previous.name}'
  eventGrid: '${vault.properties.vaultUri}secrets/${vault::eventGrid.name}'
}
