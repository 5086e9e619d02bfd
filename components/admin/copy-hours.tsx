import { useState } from 'preact/hooks'
import type { Hours } from '../../utils/protocol/channels.ts'
import { words } from '../../utils/words.ts'
import { Dialog } from './dialog.tsx'
import { Tick } from './field.tsx'
import { copyDay, WEEKDAYS } from './hours.ts'
import { weekdayName } from './when.ts'

interface Props {
  hours: Hours
  /** ISO weekday whose hours are copied. */
  from: number
  onCopy: (hours: Hours) => void
  onClose: () => void
}

/** One day's hours for others too. Whoever copies a working day most likely means the other working days. */
export function CopyHours({ hours, from, onCopy, onClose }: Props) {
  const [to, setTo] = useState(() => WEEKDAYS.filter((day) => day !== from && day <= 5 && from <= 5))
  return (
    <Dialog
      title={words('hours_copy', weekdayName(from))}
      does={words('hours_copy_do')}
      disabled={to.length === 0}
      onDo={async () => onCopy(copyDay(hours, from, to))}
      onClose={onClose}
    >
      <fieldset class="set">
        <legend>{words('hours_copy_to')}</legend>
        {WEEKDAYS.filter((day) => day !== from).map((day) => (
          <Tick
            key={day}
            label={weekdayName(day)}
            checked={to.includes(day)}
            onTick={(on) => setTo(on ? [...to, day] : to.filter((other) => other !== day))}
          />
        ))}
      </fieldset>
      <p class="soft">{words('hours_copy_hint')}</p>
    </Dialog>
  )
}
