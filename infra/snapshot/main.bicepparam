using '../main.bicep'

// The values by which `npm run lint:infra` predicts the resources; no deployment uses them.
param environmentName = 'snapshot'
param location = 'koreacentral'
param principalId = '22222222-2222-2222-2222-222222222222'
param eventGridSubscription = true
param alwaysReadyHttp = 1
param alertEmail = 'operator@example.com'
param callbackSecret = 'not a secret: callback'
param callbackSecretPrevious = 'not a secret: previous'
param eventGridKey = 'not a secret: event grid'
