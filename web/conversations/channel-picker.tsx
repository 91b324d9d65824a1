import { useLingui } from '@lingui/react/macro'
import { ChevronDown } from 'lucide-react'
import { Button } from 'react-aria-components'
import { ChannelGlyph } from '../ui/channel-glyph.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu, MenuItem, MenuSection } from '../ui/menu.tsx'
import css from './composer.module.css'
import type { ChannelChoice, ChannelObstacle } from './plan-channels.ts'

/** Which channel a message goes by: those in use, then those that can be started, each of the rest with its reason. */
export function ChannelPicker(props: {
  choices: readonly ChannelChoice[]
  channel: ChannelChoice | null
  isQuiet: boolean
  onChoose: (channelId: number) => void
}) {
  const { t } = useLingui()
  const { choices, channel } = props
  const name = channel?.name ?? t`No channel`
  const obstacles: Record<ChannelObstacle, string> = {
    'opted-out': t`The contact wants no messages here`,
    paused: t`Paused`,
    'no-address': t`There is no address to answer to`,
    'no-phone': t`Add a phone to write first`,
    'no-email': t`Add an email to write first`,
    'only-contact': t`The contact has to write first`,
    'address-of-another': t`Another contact has this address there`,
  }
  const section = (title: string, ofActive: boolean) => {
    const items = choices.filter((one) => one.isActive === ofActive)
    if (items.length === 0) return null
    return (
      <MenuSection
        title={title}
        selectionMode="single"
        selectedKeys={channel ? [channel.channelId] : []}
        onSelectionChange={() => {}}
      >
        {items.map((one) => (
          <MenuItem
            key={one.channelId}
            id={one.channelId}
            textValue={one.name}
            before={<ChannelGlyph kind={one.kind} off={one.obstacle !== null} />}
            note={one.isBroken ? t`Needs attention` : <bdi>{one.address}</bdi>}
            disabledReason={one.obstacle ? obstacles[one.obstacle] : undefined}
            onAction={() => props.onChoose(one.channelId)}
          >
            {one.name}
          </MenuItem>
        ))}
      </MenuSection>
    )
  }
  return (
    <Menu
      label={t`Channel`}
      placement="top start"
      trigger={
        <Button className={classes(css.chip, props.isQuiet && css.quiet)} aria-label={t`Channel: ${name}`}>
          {channel && <ChannelGlyph kind={channel.kind} />}
          <span className="trunc">{name}</span>
          <Icon of={ChevronDown} size={14} />
        </Button>
      }
    >
      {section(t`In use with this contact`, true)}
      {section(t`Others`, false)}
      {choices.length === 0 && (
        <MenuItem id="none" disabledReason={t`An owner connects channels in Settings.`}>{t`No channel`}</MenuItem>
      )}
    </Menu>
  )
}
