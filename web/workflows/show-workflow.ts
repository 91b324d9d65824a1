import type { Workflow } from '#contract/workflows.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'

/** Shows a workflow as the server answered, and has the lists ask again. */
export function showWorkflow(now: Workflow): void {
  queryClient.setQueryData(api.workflows.get.queryKey({ input: { workflowId: now.id } }), now)
  for (const queryKey of [api.workflows.list.key(), api.workflows.runs.key()])
    void queryClient.invalidateQueries({ queryKey })
}
