import { forMember, reading, writing } from '../http/endpoint.ts'
import { createWorkflow, duplicateWorkflow } from './create-workflow.ts'
import { editWorkflow } from './edit-workflow.ts'
import { getRun, listRuns, listRunsOfContact } from './list-runs.ts'
import { getVersion, getWorkflow, listWorkflows } from './list-workflows.ts'
import { publishWorkflow } from './publish-workflow.ts'
import { renameWorkflow, renewHook } from './rename-workflow.ts'
import { listStartable, startRun } from './start-run.ts'
import { stopRun } from './stop-run.ts'
import { removeWorkflow, stopRuns, stopWorkflow } from './stop-workflow.ts'
import { testRequest } from './test-request.ts'

const { workflows } = forMember

export const workflowRoutes = {
  list: workflows.list.handler(reading(listWorkflows)),
  get: workflows.get.handler(reading(getWorkflow)),
  version: workflows.version.handler(reading(getVersion)),
  create: workflows.create.handler(writing(createWorkflow)),
  rename: workflows.rename.handler(writing(renameWorkflow)),
  duplicate: workflows.duplicate.handler(writing(duplicateWorkflow)),
  edit: workflows.edit.handler(writing(editWorkflow)),
  publish: workflows.publish.handler(writing(publishWorkflow)),
  stop: workflows.stop.handler(writing(stopWorkflow)),
  remove: workflows.remove.handler(writing(removeWorkflow)),
  renewHook: workflows.renewHook.handler(writing(renewHook)),
  // it changes nothing, and reaches the world: no transaction may wait for that
  testRequest: workflows.testRequest.handler(reading(testRequest)),
  startable: workflows.startable.handler(reading(listStartable)),
  start: workflows.start.handler(writing(startRun)),
  runs: workflows.runs.handler(reading(listRuns)),
  runsOfContact: workflows.runsOfContact.handler(reading(listRunsOfContact)),
  run: workflows.run.handler(reading(getRun)),
  stopRun: workflows.stopRun.handler(writing(stopRun)),
  stopRuns: workflows.stopRuns.handler(writing(stopRuns)),
}
