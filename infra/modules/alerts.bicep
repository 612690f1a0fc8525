param suffix string
param location string
param tags object
param workspaceId string
param email string

// The names of log events are those of shared/telemetry/log-events.ts: a test compares. What to do about each alert is
// told in docs/operate.md, under the alert's name.
var alerts = [
  {
    name: 'silent'
    description: 'The app does not run: the sweep of every minute was not seen for a quarter of an hour.'
    severity: 0
    // One row where there was none of it. The host names the run of a timer after its function.
    query: 'AppRequests | where Name has "sweep" | summarize runs = count() | where runs == 0'
    threshold: 0
    // The log is minutes behind at times.
    window: 'PT15M'
  }
  {
    name: 'events-wait'
    description: 'The first event in the queue has waited for more than a minute.'
    severity: 1
    query: 'AppTraces | where Message has "eventsWait"'
    threshold: 2
    window: 'PT5M'
  }
  {
    name: 'parked'
    description: 'Something could not be processed and waits for a person.'
    severity: 2
    query: 'AppTraces | where Message has "thingParked"'
    threshold: 0
    window: 'PT5M'
  }
  {
    name: 'action-unknown'
    description: 'Whether Communication Services carried out an action cannot be found out.'
    severity: 2
    query: 'AppTraces | where Message has "actionUnknown"'
    threshold: 0
    window: 'PT5M'
  }
  {
    name: 'actions-fail'
    description: 'Communication Services refuses actions, or has not taken them for a while.'
    severity: 2
    query: 'AppTraces | where Message has "actionFailed" or Message has "actionDelayed"'
    threshold: 5
    window: 'PT5M'
  }
  {
    name: 'failed-runs'
    description: 'Functions fail.'
    severity: 1
    query: 'AppRequests | where Success == false'
    threshold: 3
    window: 'PT5M'
  }
  {
    name: 'errors'
    description: 'The app or the host logs errors; a wrong setting keeps the app from starting.'
    severity: 1
    query: 'AppTraces | where SeverityLevel >= 3'
    threshold: 0
    window: 'PT5M'
  }
]

resource receivers 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'ringback'
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in alerts: {
    name: '${alert.name}-${suffix}'
    location: location
    tags: tags
    properties: {
      displayName: 'Ringback: ${alert.name}'
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: alert.window
      autoMitigate: true
      // A new workspace has no tables until the app has sent something.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: alert.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(email) ? [] : [receivers.id] }
    }
  }
]
