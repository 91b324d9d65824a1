import { account, forAccount, forMember, reading, writing } from '../http/endpoint.ts'
import { addSampleData } from './add-sample-data.ts'
import { createWorkspace } from './create-workspace.ts'
import { getWorkspace } from './get-workspace.ts'
import { listWorkspaces } from './list-workspaces.ts'
import { updateWorkspace } from './update-workspace.ts'

export const workspaceRoutes = {
  list: forAccount.workspaces.list.handler(account(listWorkspaces)),
  create: forAccount.workspaces.create.handler(account(createWorkspace)),
  get: forMember.workspaces.get.handler(reading(getWorkspace)),
  update: forMember.workspaces.update.handler(writing(updateWorkspace)),
  addSampleData: forMember.workspaces.addSampleData.handler(writing(addSampleData)),
}
