import { useLingui } from '@lingui/react/macro'
import { Select } from '../ui/select.tsx'
import { useGivenChoices } from './use-choices.ts'

/** By which channel something is sent. */
export function ChannelField(props: {
  channelId: number | null
  onChange: (channelId: number | null) => void
  error: string | undefined
}) {
  const { t } = useLingui()
  const { channels } = useGivenChoices()
  return (
    <Select
      label={t`Channel`}
      value={props.channelId ?? 0}
      onChange={(id) => props.onChange(id === 0 ? null : id)}
      choices={[{ id: 0, name: t`The one last heard from` }, ...channels]}
      error={props.error}
    />
  )
}
