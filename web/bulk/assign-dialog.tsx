import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Selection } from '#contract/filter.ts'
import { api } from '../api/client.ts'
import { useWorkspace } from '../api/me.ts'
import { useFormats } from '../i18n/formats.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Select } from '../ui/select.tsx'
import { explainBulk } from './explain-bulk.ts'
import { followJob } from './followed-jobs.ts'

const nobody = 0

/** Asks who is to look after many contacts. */
export default function AssignDialog(props: { selection: Selection; onClose: () => void; onStarted: () => void }) {
  const { t, i18n } = useLingui()
  const { compare } = useFormats()
  const { selection, onClose } = props
  const workspace = useWorkspace().id
  const [picked, setPicked] = useState<number | null>(null)
  const { data: members } = useQuery(api.members.list.queryOptions())
  const start = useMutation(
    api.bulk.assign.mutationOptions({
      onSuccess: ({ id }) => {
        followJob(workspace, id)
        props.onStarted()
      },
    }),
  )
  const people = (members?.items ?? []).toSorted((one, other) => compare(one.name, other.name))
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Trans>Assign the selected contacts</Trans>}
      actions={
        <>
          <Button size="lg" onPress={onClose}>{t`Cancel`}</Button>
          <Button
            size="lg"
            look="primary"
            isPending={start.isPending}
            disabledReason={picked === null ? t`Pick somebody first.` : undefined}
            onPress={() => start.mutate({ selection, memberId: picked === nobody ? null : picked })}
          >
            <Trans>Assign</Trans>
          </Button>
        </>
      }
    >
      {start.error !== null && (
        <Banner tone="danger" live>
          {explainBulk(start.error, i18n)}
        </Banner>
      )}
      <Select
        label={t`Assign to`}
        placeholder={t`Pick somebody`}
        value={picked}
        onChange={setPicked}
        choices={[
          { id: nobody, name: t({ message: 'Unassigned', context: 'contact' }) },
          ...people.map(({ id, name }) => ({ id, name })),
        ]}
      />
    </Dialog>
  )
}
